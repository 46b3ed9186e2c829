import type { ExchangeSummary, RelatedExchanges } from '../../contract/exchange.ts';
import { SUMMARY_COLUMNS, type SummaryRow, toSummary } from '../exchange-view.ts';
import type { CountedParts } from './counted-parts.ts';
import { findMatches } from './matches.ts';
import type {
  CountFound,
  IdsFound,
  PageFound,
  TrafficAsked,
  TrafficQuestion,
  TroubleAsked,
  TroubleFound,
} from './messages.ts';
import { textQuery } from './sources.ts';
import { findTextMatches } from './text-matches.ts';
import type { TrafficFile } from './traffic-file.ts';
import { readTroubles } from './troubles.ts';

/** Lets others have the thread now and then; rejects with `Cancelled` once nobody wants the answer any more. */
export type Turn = () => Promise<void>;

/** What a question is answered with, besides itself. */
export interface Answering {
  readonly file: TrafficFile;
  readonly counted: CountedParts;
  readonly turn: Turn;
}

interface PageAsked extends TrafficAsked {
  readonly offset: number;
  readonly limit: number;
}

export async function answerPage({ file, counted, turn }: Answering, asked: PageAsked): Promise<PageFound> {
  const query = textQuery(file, asked.conditions);
  if (query !== undefined) {
    const found = findTextMatches(file, query, asked);
    const ids = found.page(asked.offset, asked.limit);
    return { newest: found.newest, rows: summaries(file, ids), behind: found.behind };
  }
  const matches = findMatches(file, asked);
  const tallies = counted.refreshed(file)(matches);
  const ids: number[] = [];
  let skip = asked.offset;
  for (const part of matches.parts) {
    if (ids.length >= asked.limit) break;
    await turn();
    if (tallies.isKnownEmpty(part)) continue;
    if (skip > 0) {
      const { count } = tallies.tally(part);
      if (skip >= count) {
        skip -= count;
        continue;
      }
    }
    const found = matches.ids(part, skip, asked.limit - ids.length);
    if (found.length === 0) tallies.noteEmpty(part);
    for (const id of found) ids.push(id);
    skip = 0;
  }
  return { newest: matches.newest, rows: summaries(file, ids), behind: matches.behind };
}

export async function answerCount({ file, counted, turn }: Answering, asked: TrafficAsked): Promise<CountFound> {
  const query = textQuery(file, asked.conditions);
  if (query !== undefined) {
    const found = findTextMatches(file, query, asked);
    return { newest: found.newest, ...found.tally() };
  }
  const matches = findMatches(file, asked);
  const tallies = counted.refreshed(file)(matches);
  let count = 0;
  let errors = 0;
  for (const part of matches.parts) {
    await turn();
    const tally = tallies.tally(part);
    count += tally.count;
    errors += tally.errors;
  }
  return { newest: matches.newest, count, errors };
}

/** Ids read at once where there are words. */
const IDS_AT_ONCE = 50_000;

export async function answerIds({ file, turn }: Answering, asked: TrafficAsked): Promise<IdsFound> {
  const query = textQuery(file, asked.conditions);
  const parts: Float64Array[] = [];
  let found: { readonly newest: number; readonly behind: number };
  if (query === undefined) {
    const matches = findMatches(file, asked);
    found = matches;
    for (const part of matches.parts) {
      await turn();
      parts.push(Float64Array.from(matches.ids(part, 0, Number.MAX_SAFE_INTEGER)));
    }
  } else {
    const matches = findTextMatches(file, query, asked);
    found = matches;
    for (let offset = 0; ; offset += IDS_AT_ONCE) {
      await turn();
      const ids = matches.page(offset, IDS_AT_ONCE);
      parts.push(Float64Array.from(ids));
      if (ids.length < IDS_AT_ONCE) break;
    }
  }
  const ids = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let length = 0;
  for (const part of parts) {
    ids.set(part, length);
    length += part.length;
  }
  return { newest: found.newest, behind: found.behind, ids: ids.reverse() };
}

export function answerTroubles({ file, turn }: Answering, asked: TroubleAsked): Promise<TroubleFound> {
  return readTroubles({ file, turn, linkNamed: linkNaming(file) }, asked);
}

/** Of each kind at most so many, those nearest. */
const MOST_RELATED = 100;

/** Null: there is no such exchange. */
export async function answerRelated(
  answering: Answering,
  { id, changed, hiddenLinkIds }: Omit<Extract<TrafficQuestion, { kind: 'related' }>, 'kind'>,
): Promise<RelatedExchanges | null> {
  const { file } = answering;
  const [one] = summaries(file, [id]);
  if (one === undefined) return null;
  const { correlationId, runId } = one;
  const conditions = (correlation: string) => ({
    correlationId: correlation,
    ...(hiddenLinkIds === undefined ? {} : { hiddenLinkIds }),
  });
  const correlated =
    correlationId === null ? [] : await allIds(answering, { conditions: conditions(correlationId), changed });
  const ofRun =
    runId === null
      ? []
      : file.prepare<{ id: number }>('SELECT id FROM main.exchange WHERE run_id = ? ORDER BY id').all(runId);
  return {
    correlated: summaries(file, nearest(correlated.reverse(), id)).filter(
      other => other.correlationId === correlationId,
    ),
    run: summaries(
      file,
      nearest(
        ofRun.map(row => row.id),
        id,
      ),
    ),
    resent: summaries(file, nearest(resentWith(file, id), id)),
  };
}

async function allIds({ file, turn }: Answering, asked: TrafficAsked): Promise<number[]> {
  const matches = findMatches(file, asked);
  const ids: number[] = [];
  for (const part of matches.parts) {
    await turn();
    for (const id of matches.ids(part, 0, Number.MAX_SAFE_INTEGER)) ids.push(id);
  }
  return ids;
}

/** Those around one, without it, in order. */
function nearest(ids: readonly number[], one: number): number[] {
  const before = ids.filter(id => id < one);
  const after = ids.filter(id => id > one);
  const half = MOST_RELATED / 2;
  const more = Math.max(half, MOST_RELATED - after.length);
  const chosen = before.slice(-more);
  return [...chosen, ...after.slice(0, MOST_RELATED - chosen.length)];
}

/** What it was sent again from, up to the first one, and everything that was sent again from any of those. */
function resentWith({ prepare }: TrafficFile, id: number): number[] {
  const family = prepare<{ id: number }>(`
    WITH RECURSIVE
      up (id) AS (SELECT ? UNION SELECT origin FROM main.exchange_resent JOIN up ON exchange_id = up.id),
      family (id) AS (SELECT id FROM up UNION SELECT exchange_id FROM main.exchange_resent JOIN family ON origin = family.id)
    SELECT id FROM family ORDER BY id`);
  return family.all(id).map(row => row.id);
}

function summaries(file: TrafficFile, ids: readonly number[]): ExchangeSummary[] {
  const one = file.prepare<SummaryRow>(`SELECT ${SUMMARY_COLUMNS} FROM main.exchange AS exchange WHERE id = ?`);
  const nameOf = linkNaming(file);
  return ids.flatMap(id => {
    const row = one.get(id);
    return row ? [toSummary(row, nameOf)] : [];
  });
}

/** Names of links, of removed ones as well. */
function linkNaming({ prepare }: TrafficFile): (linkId: number) => string | undefined {
  const names = prepare<{ id: number; name: string }>('SELECT id, name FROM main.link').all();
  const byId = new Map(names.map(({ id, name }) => [id, name]));
  return linkId => byId.get(linkId);
}
