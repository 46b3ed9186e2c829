import { askedNumber } from '../detect/pages.ts';
import type { Reading } from '../reading.ts';
import { type Flow, type Say, sideKey } from './flow.ts';
import { createRecent } from './recent.ts';

const MOST_LISTS = 500;
const TOGETHER_MS = 10 * 60_000;
/** Whoever is not let in, or asks too often, gets no page at all. */
const OTHER_REASONS: ReadonlySet<number> = new Set([401, 403, 404, 405, 429, 502, 503, 504]);

interface ListState {
  /** Offsets that were answered, with when. */
  readonly answered: Map<number, number>;
  failed?: { readonly exchangeId: number; readonly offset: number; readonly at: number; readonly met: string };
}

/** Case 25: one page that fails again, or that fails while those around it are answered. */
export function createPageFailureFlow(): Flow {
  const lists = createRecent<ListState>(MOST_LISTS);
  return {
    see(reading, say) {
      const { observed, entry, ok, query } = reading;
      if (entry?.items === undefined || observed.response === undefined) return;
      const filters = `${query.get('date_from') ?? ''} ${query.get('date_to') ?? ''}`;
      const key = `${sideKey(observed)} ${entry.id} ${filters}`;
      const state: ListState = lists.get(key) ?? { answered: new Map() };
      lists.set(key, state);
      const offset = askedNumber(reading, 'offset') ?? 0;
      const at = observed.startedAt;
      if (ok) succeeded(state, { offset, at }, say);
      else if (!OTHER_REASONS.has(observed.response.status)) failed(state, { reading, offset, at }, say);
    },
  };
}

function succeeded(state: ListState, { offset, at }: { offset: number; at: number }, say: Say): void {
  const { failed: before } = state;
  if (state.answered.size > 1000) state.answered.clear();
  state.answered.set(offset, at);
  if (before === undefined) return;
  if (before.offset === offset || at - before.at > TOGETHER_MS) {
    delete state.failed;
  } else if (offset > before.offset) {
    sayFailed(before, say);
    delete state.failed;
  }
}

function failed(
  state: ListState,
  { reading, offset, at }: { reading: Reading; offset: number; at: number },
  say: Say,
): void {
  const { observed, answer } = reading;
  const code = answer?.envelope.view?.statusCode;
  const met = `HTTP ${observed.response?.status}${code === undefined ? '' : ` and OCPI ${code}`} at offset ${offset}`;
  const now = { exchangeId: observed.id, offset, at, met };
  const around = [...state.answered].some(([other, when]) => other !== offset && at - when < TOGETHER_MS);
  if (state.failed?.offset === offset && around) sayFailed(now, say);
  state.failed = now;
}

function sayFailed({ exchangeId, met }: { exchangeId: number; met: string }, say: Say): void {
  say(exchangeId, 'paging.page-failed', { pointer: 'status', met, expected: 'a page like those around it' });
}
