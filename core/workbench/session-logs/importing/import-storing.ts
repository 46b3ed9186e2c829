import { done, failed, type Outcome } from '../../../contract/failure.ts';
import type { Run } from '../../../contract/run.ts';
import type { ImportedLog } from '../../../contract/session-log.ts';
import type { History } from '../../../history/history.ts';
import { type Counted, createCounting } from '../../../session-log/format/counting.ts';
import type { RuleLine } from '../../../session-log/format/records.ts';
import { importedLinkRow } from '../../imported-link.ts';
import { freeName, LONGEST_LINK_NAME, linkNameOf } from '../../imported-names.ts';
import { createExchangeIds } from './import-ids.ts';
import type { IncomingExchange, IncomingObject, IncomingRecord } from './import-messages.ts';
import { keepObject } from './import-objects.ts';
import { linkRowOf, shownText } from './import-records.ts';
import { exchangesOf, withExchanges } from './import-runs.ts';

/** A log on its way into the history, a group at a time. */
export interface Storing {
  /** All of the group is committed when it resolves. */
  store(records: readonly IncomingRecord[]): Promise<Outcome<void>>;
  /** What could only be said when all was known: which exchanges runs were about. */
  finish(): Promise<Outcome<void>>;
  now(): Counted & { readonly rules: ImportedLog['rules'] };
}

export interface StoringOptions {
  readonly history: History;
  readonly logId: number;
  /** What the file is called. */
  readonly name: string;
  /** Behind the names of its links, where they stand beside live ones. */
  readonly beside?: string | undefined;
}

const MOST_LINKS = 1000;
const MOST_RULES = 1000;
/** Characters of a rule's details. */
const LONGEST_RULE = 64 * 1024;
const LONGEST_TEXT = 200;
/** Of a link's name, what it was called there and what the file is called. */
const LONGEST_WAS = 36;
const LONGEST_FILE = 20;
const RUNS_AT_ONCE = 16;

/** Nothing here takes the answering thread for longer than a commit of the recorder. */
export function createStoring({ history, logId, name, beside }: StoringOptions): Storing {
  const { recorder, links, logs, runs, notes, resent, transaction } = history;
  const counting = createCounting();
  const ids = createExchangeIds();
  const linkIds = new Map<number, number>();
  const runIds = new Map<number, number>();
  /** What the runs named, by the ids of the file. */
  const named: { readonly id: number; readonly exchanges: readonly (readonly number[])[] }[] = [];
  const rules: ImportedLog['rules'][number][] = [];
  let stray: number | undefined;

  const addLink = (was: string, row: Parameters<typeof links.insert>[0]): number => {
    const { id } = links.insert(row);
    logs.addLink(logId, { linkId: id, was: shownText(was, LONGEST_TEXT) });
    counting.add('links');
    return id;
  };
  const nameFor = (was: string) => {
    const behind = beside === undefined ? '' : ` - ${linkNameOf(beside, { longest: LONGEST_FILE, instead: 'log' })}`;
    const longest = beside === undefined ? LONGEST_LINK_NAME : LONGEST_WAS;
    const whole = `${linkNameOf(was, { longest, instead: 'link' })}${behind}`;
    return freeName(whole, taken => links.byName(taken) !== undefined);
  };
  /**
   * Everything stands under a link of the log's: what stood under none there, or under one that no line of the file tells of, is
   * nobody's here either.
   */
  const linkOf = (was: number | undefined): number => {
    const known = was === undefined ? undefined : linkIds.get(was);
    if (known !== undefined) return known;
    stray ??= addLink('nobody known', importedLinkRow(nameFor('nobody known')));
    return stray;
  };

  const storeRun = (run: Run) => {
    if (runIds.has(run.id)) return;
    const { kind, initiator, startedAt, state, endedAt, steps, result } = withExchanges(run, []);
    const { id } = runs.insert({ kind, linkId: linkOf(run.linkId), initiator, startedAt });
    runs.update(id, {
      state,
      steps,
      ...(endedAt === undefined ? {} : { endedAt }),
      ...(result === undefined ? {} : { result }),
    });
    runIds.set(run.id, id);
    const exchanges = exchangesOf(run);
    if (exchanges.some(group => group.length > 0)) named.push({ id, exchanges });
    counting.add('runs');
  };

  const storeRule = ({ name: called, kind, details }: RuleLine) => {
    if (rules.length >= MOST_RULES) return;
    const isLong = JSON.stringify(details).length > LONGEST_RULE;
    rules.push({
      name: shownText(called, LONGEST_TEXT),
      kind: shownText(kind, LONGEST_TEXT),
      details: isLong ? {} : details,
    });
    counting.add('rules');
  };

  /** Links, rules and runs: few, and named by what comes after them. */
  const storeGround = (records: readonly IncomingRecord[]): Outcome<void> => {
    const ground = records.filter(({ kind }) => kind === 'link' || kind === 'rule' || kind === 'run');
    if (ground.length === 0) return done(undefined);
    if (linkIds.size + ground.length > MOST_LINKS && ground.some(({ kind }) => kind === 'link')) {
      return failed(
        'INVALID_INPUT',
        `${name} tells of more than ${MOST_LINKS} links`,
        'A log of a single workbench has a few: ask for one that is narrower.',
      );
    }
    return transaction(() => {
      for (const record of ground) {
        if (record.kind === 'run') storeRun(record.run);
        else if (record.kind === 'rule') storeRule(record.line);
        else if (record.kind === 'link' && !linkIds.has(record.line.id)) {
          const was = record.line.link.name;
          linkIds.set(record.line.id, addLink(was, linkRowOf(record.line, nameFor(was))));
        }
      }
    });
  };

  const storeExchanges = async (exchanges: readonly IncomingExchange[]): Promise<Outcome<void>> => {
    if (exchanges.length === 0) return done(undefined);
    // Before any of them is recorded: a link that is missing is made in a transaction of its own.
    const placed = transaction(() => exchanges.map(({ link }) => linkOf(link)));
    if (!placed.ok) return placed;
    const opened = exchanges.map(({ record, run }, at) => {
      const runId = run === undefined ? undefined : runIds.get(run);
      const linkId = placed.value[at] ?? 0;
      return recorder.open({ ...record, linkId, ...(runId === undefined ? {} : { runId }) });
    });
    const stored = await Promise.all(opened.map(one => one.stored));
    const lost = stored.find(outcome => !outcome.stored);
    if (lost?.stored === false) return failed('DATABASE_UNUSABLE', lost.reason, 'Nothing of it is kept.');
    exchanges.forEach(({ was, record }, at) => {
      ids.add(was, opened[at]?.id ?? 0);
      counting.exchangeAt(record.startedAt);
      counting.add('findings', record.findings.length);
    });
    counting.add('exchanges', exchanges.length);
    return storeBeside(
      exchanges,
      opened.map(({ id }) => id),
    );
  };

  /** What stands beside exchanges. */
  const storeBeside = (exchanges: readonly IncomingExchange[], now: readonly number[]): Outcome<void> => {
    if (exchanges.every(({ note, pinned, resentFrom }) => note === undefined && !pinned && resentFrom === undefined)) {
      return done(undefined);
    }
    return transaction(() => {
      exchanges.forEach(({ note, pinned, resentFrom }, at) => {
        const id = now[at] ?? 0;
        if (note !== undefined && note !== '') {
          notes.write(id, note);
          counting.add('notes');
        }
        if (pinned) history.keeping.pins.set([id], true);
        const origin = resentFrom === undefined ? undefined : ids.now(resentFrom);
        if (origin !== undefined) resent.mark(id, origin);
      });
    });
  };

  const storeObjects = async (objects: readonly IncomingObject[]): Promise<Outcome<void>> => {
    const kept = await Promise.all(objects.map(object => keepObject(history, { object, linkId: linkOf(object.link) })));
    for (const one of kept) {
      if (!one.ok) return failed('DATABASE_UNUSABLE', one.reason, 'Nothing of it is kept.');
      counting.add('objects', one.objects);
      counting.add('revisions', one.revisions);
    }
    return done(undefined);
  };

  return {
    async store(records) {
      const ground = storeGround(records);
      if (!ground.ok) return ground;
      const exchanges = await storeExchanges(records.filter(record => record.kind === 'exchange'));
      if (!exchanges.ok) return exchanges;
      const objects = records.flatMap(record => (record.kind === 'object' ? [record.object] : []));
      if (objects.length === 0) return done(undefined);
      const placed = transaction(() => void objects.forEach(({ link }) => void linkOf(link)));
      return placed.ok ? storeObjects(objects) : placed;
    },
    async finish() {
      for (let at = 0; at < named.length; at += RUNS_AT_ONCE) {
        const some = named.slice(at, at + RUNS_AT_ONCE);
        const written = transaction(() => {
          for (const { id, exchanges } of some) {
            const run = runs.get(id);
            if (run === undefined) continue;
            const { steps, result } = withExchanges(
              run,
              exchanges.map(group => group.flatMap(was => ids.now(was) ?? [])),
            );
            runs.update(id, { steps, ...(result === undefined ? {} : { result }) });
          }
        });
        if (!written.ok) return written;
        await new Promise(setImmediate);
      }
      return done(undefined);
    },
    now: () => ({ ...counting.now(), rules: [...rules] }),
  };
}
