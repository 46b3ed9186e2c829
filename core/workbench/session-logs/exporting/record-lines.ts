import type { FaultFiring } from '../../../contract/fault.ts';
import type { ListRow } from '../../../history/objects/lists.ts';
import type { OutgoingFile } from '../../../history/outgoing/outgoing-file.ts';
import type { ExchangeFiring } from '../../../http/exchange.ts';
import type { ExchangeLine, LinkLine, ObjectLine, RuleLine, RunLine } from '../../../session-log/format/records.ts';

type Firing = Pick<FaultFiring | ExchangeFiring, 'rule' | 'ruleId' | 'kind' | 'parameters' | 'applied'>;

/** What exchanges name, so that it can stand before them. */
export interface Used {
  readonly links: ReadonlySet<number>;
  readonly runs: ReadonlySet<number>;
  readonly rules: readonly Pick<Firing, 'rule' | 'ruleId' | 'kind' | 'parameters'>[];
  link(id: number): void;
  run(id: number): void;
  firings(firings: readonly Firing[]): void;
  exchange(line: ExchangeLine): void;
}

export function createUsed(): Used {
  const links = new Set<number>();
  const runs = new Set<number>();
  const rules = new Map<string, Firing>();
  const firings = (given: readonly Firing[]) => {
    for (const one of given) {
      if (one.applied)
        rules.set(`${one.ruleId} ${one.kind} ${one.rule}`, rules.get(`${one.ruleId} ${one.kind} ${one.rule}`) ?? one);
    }
  };
  return {
    links,
    runs,
    get rules() {
      return [...rules.values()];
    },
    link: id => void links.add(id),
    run: id => void runs.add(id),
    firings,
    exchange({ link, run, faults }) {
      if (link !== undefined) links.add(link);
      if (run !== undefined) runs.add(run);
      if (faults !== undefined) firings(faults.firings);
    },
  };
}

/** Links of exchanges and of runs, by id. */
export function* linkLines(file: OutgoingFile, used: Used): Generator<LinkLine> {
  const ids = new Set(used.links);
  for (const run of used.runs) {
    const linkId = file.rest.run(run)?.linkId;
    if (linkId !== undefined) ids.add(linkId);
  }
  for (const id of ascending(ids)) {
    const link = file.rest.link(id);
    if (link !== undefined) yield { type: 'link', id, link };
  }
}

/** As files of rules have them; of a rule that is gone, what stands in its firings. */
export function* ruleLines(file: OutgoingFile, used: Used): Generator<RuleLine> {
  for (const { rule: name, ruleId: id, kind, parameters } of used.rules) {
    yield {
      type: 'rule',
      id,
      name,
      kind,
      details: { name, kind, ...(file.rest.rule({ id, name, kind }) ?? { parameters }) },
    };
  }
}

export function* runLines(file: OutgoingFile, used: Used): Generator<RunLine> {
  for (const id of ascending(used.runs)) {
    const run = file.rest.run(id);
    if (run !== undefined) yield { type: 'run', run };
  }
}

/** Objects of links, with their earlier texts. */
export function* objectLines(
  file: OutgoingFile,
  linkIds: readonly number[],
  wanted: (key: string, list: ListRow) => boolean,
): Generator<ObjectLine> {
  for (const { linkId, module, list, version, text, seenAt, changedAt, vanishedAt, revisions } of file.objects.of(
    linkIds,
    wanted,
  )) {
    yield {
      type: 'object',
      link: linkId,
      module,
      list,
      version,
      text,
      seenAt,
      ...(changedAt === seenAt ? {} : { changedAt }),
      ...(vanishedAt === undefined ? {} : { vanishedAt }),
      revisions: [...revisions],
    };
  }
}

function ascending(ids: Iterable<number>): number[] {
  return [...ids].sort((left, right) => left - right);
}
