import type { Clock } from '../../clock.ts';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { History } from '../../history/history.ts';
import type { RecordedExchange } from '../../replay/from-exchanges.ts';
import { spokenOf } from './spoken.ts';

export interface RecordedParts {
  readonly history: Pick<History, 'exchanges' | 'runs' | 'links'>;
  readonly clock: Clock;
}

/** Exchanges read in one go: a few milliseconds. */
const AT_ONCE = 20;
/** Lines of the list read in one go. */
const LINES = 500;
export const MOST_EXCHANGES = 100_000;

export interface Recorded {
  readonly exchanges: readonly RecordedExchange[];
  /** Those they belong to; undefined among them where the link of one is not known. */
  readonly linkIds: ReadonlySet<number | undefined>;
}

/** As they stand in the history, in this order. Whoever is answered meanwhile does not wait. */
export async function recordedExchanges(
  { history, clock }: RecordedParts,
  ids: readonly number[],
): Promise<Outcome<Recorded>> {
  const found: RecordedExchange[] = [];
  const linkIds = new Set<number | undefined>();
  const kinds = new Map<number, string | undefined>();
  for (const [at, id] of ids.entries()) {
    if (at > 0 && at % AT_ONCE === 0) await clock.sleep(0);
    const record = history.exchanges.record(id);
    if (record === undefined) {
      return failed('NOT_FOUND', `there is no exchange ${id}`, 'Name exchanges that are listed.');
    }
    linkIds.add(record.linkId);
    const { runId } = record;
    if (runId !== undefined && !kinds.has(runId)) kinds.set(runId, history.runs.get(runId)?.kind);
    const kind = runId === undefined ? undefined : kinds.get(runId);
    const faults = record.faults?.firings.filter(({ applied }) => applied).map(firing => firing.kind) ?? [];
    found.push({
      ...spokenOf(record),
      exchangeId: id,
      direction: record.direction,
      version: record.version,
      ...(runId === undefined || kind === undefined ? {} : { run: { kind, id: runId } }),
      ...(faults.length === 0 ? {} : { faults }),
    });
  }
  return done({ exchanges: found, linkIds });
}

export interface LinkPart {
  readonly name: string;
  /** Milliseconds since the epoch, inclusive and exclusive. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** Of a link, removed ones as well, oldest first. */
export async function exchangesOfLink(
  { history, clock }: RecordedParts,
  { name, since, until }: LinkPart,
): Promise<Outcome<readonly number[]>> {
  if (history.links.idsNamed(name).length === 0) {
    return failed('NOT_FOUND', `there is no link "${name}"`, 'Name one that is listed under Partners.');
  }
  const ids: number[] = [];
  let before: number | undefined;
  for (;;) {
    const lines = history.exchanges.list({
      link: name,
      limit: LINES,
      ...(since === undefined ? {} : { since }),
      ...(before === undefined ? {} : { before }),
    });
    for (const { id, at } of lines) if (until === undefined || Date.parse(at) < until) ids.push(id);
    if (ids.length > MOST_EXCHANGES) {
      return failed(
        'INVALID_INPUT',
        `${name} has more than ${MOST_EXCHANGES} exchanges`,
        'Say since when, or until when.',
      );
    }
    before = lines.at(-1)?.id;
    if (before === undefined || lines.length < LINES) break;
    await clock.sleep(0);
  }
  if (ids.length > 0) return done(ids.reverse());
  const when = since === undefined && until === undefined ? '' : ' of that time';
  return failed('NOT_FOUND', `${name} has no exchanges${when}`, 'Choose another link, or another time.');
}
