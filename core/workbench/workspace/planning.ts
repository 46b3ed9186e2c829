import { failed, type Outcome } from '../../contract/failure.ts';
import type { WorkspaceItem } from '../../contract/workspace.ts';
import type { NewOwnObject } from '../../history/own-data.ts';
import { type KeptThresholds, withoutUnset } from '../health/kept-thresholds.ts';
import { prettyJson, sortedMembers } from './exact-json.ts';
import type { LinkFile } from './format.ts';
import type { WorkspaceParts } from './parts.ts';
import { planLinks } from './planning-links.ts';
import { planOwn } from './planning-own.ts';
import { planRules } from './planning-rules.ts';
import { type Problems, type Read, type ReadWorkspace, refused } from './reading.ts';

/** What becomes of one thing; `apply` inside of a transaction. */
export interface Step {
  readonly item: WorkspaceItem;
  readonly apply?: () => void;
  /** Objects of ours, which are too many for one transaction. */
  readonly own?: readonly NewOwnObject[];
}

/** What there is to do, before any of it is done. */
export interface Planning extends Pick<WorkspaceParts, 'history' | 'platform' | 'schedules'> {
  readonly thresholds: KeptThresholds;
  readonly problems: Problems;
  readonly confirmed: boolean;
  /** What is done to production links, in words; asked about once. */
  readonly asks: string[];
  readonly yielding: () => Promise<void>;
}

/** Every step, in the order in which they are to be done; or all that hinders it. */
export async function plan(
  folder: string,
  read: ReadWorkspace,
  parts: Omit<Planning, 'problems' | 'asks'>,
): Promise<Outcome<Step[]>> {
  const planning: Planning = { ...parts, problems: [], asks: [] };
  const { problems, asks } = planning;
  const links = planLinks(read.links, planning);
  const rules = planRules(read.rules, named(read.links), planning);
  const scenarios = read.scenarios.flatMap(one => planScenario(one, planning));
  const own = await planOwn(read, planning);
  const platform = planPlatform(read.platform, planning);
  const health = planHealth(read.health, planning);
  twice(
    read.scenarios.map(({ path, value: { name } }) => ({ path, name })),
    problems,
  );
  if (problems.length > 0) return refused(folder, problems);
  if (asks.length > 0 && !parts.confirmed) {
    return failed('CONFIRMATION_NEEDED', `${asks.join('; ')}.`, 'Confirm it, or leave those out.');
  }
  // The platform last: what is kept of it in memory is not undone with the transaction.
  return { ok: true, value: [...links, ...health, ...rules, ...scenarios, ...own, ...platform] };
}

function named(links: readonly Read<LinkFile>[]): readonly string[] {
  return links.map(({ value: { name } }) => name);
}

/** Two files that are about the same thing. */
export function twice(names: readonly { readonly path: string; readonly name: string }[], problems: Problems): void {
  const seen = new Map<string, string>();
  for (const { path, name } of names) {
    const key = name.toLowerCase();
    const before = seen.get(key);
    if (before !== undefined) problems.push(`${path}: "${name}" stands in ${before} already`);
    else seen.set(key, path);
  }
}

function planScenario(
  { path, value: { name, text } }: ReadWorkspace['scenarios'][number],
  { history: { scenarios } }: Planning,
): Step[] {
  const before = scenarios.get(name);
  const item = { kind: 'scenario', name, file: path, note: '' };
  if (before === text || (before !== undefined && `${before}\n` === text)) {
    return [{ item: { ...item, did: 'unchanged' } }];
  }
  const did = before === undefined ? 'added' : 'changed';
  return [{ item: { ...item, did }, apply: () => scenarios.put(name, text) }];
}

function planHealth(read: ReadWorkspace['health'], { thresholds }: Planning): Step[] {
  if (read === undefined) return [];
  const item = { kind: 'thresholds', name: 'all links', file: read.path, note: '' };
  const next = withoutUnset(read.value.thresholds);
  if (prettyJson(sortedMembers(next)) === prettyJson(sortedMembers(thresholds.own()))) {
    return [{ item: { ...item, did: 'unchanged' } }];
  }
  return [{ item: { ...item, did: 'changed' }, apply: () => thresholds.set(next) }];
}

function planPlatform(read: ReadWorkspace['platform'], { platform }: Planning): Step[] {
  if (read === undefined) return [];
  const { path, value } = read;
  const { parties, versions, host, port, publicUrl } = platform.config();
  const item = { kind: 'platform', name: 'platform', file: path, note: '' };
  if (prettyJson({ parties, versions, host, port, publicUrl }) === prettyJson(inOrder(value))) {
    return [{ item: { ...item, did: 'unchanged' } }];
  }
  const note = 'its address holds from the next start of serving';
  return [
    {
      item: { ...item, did: 'changed', note },
      apply: () => {
        const configured = platform.configure({ ...value, publicUrl: value.publicUrl });
        if (!configured.ok) throw new Error(configured.failure.message);
      },
    },
  ];
}

function inOrder({ parties, versions, host, port, publicUrl }: NonNullable<ReadWorkspace['platform']>['value']) {
  return { parties, versions, host, port, publicUrl };
}
