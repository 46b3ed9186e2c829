import type { ExchangeConditions, RelatedExchanges } from '../../contract/exchange.ts';
import { createAskingThread } from '../objects/asking-thread.ts';
import type { Background } from '../worker/background.ts';
import type {
  CountFound,
  IdsFound,
  PageFound,
  TrafficAnswer,
  TrafficAsked,
  TrafficConditions,
  TrafficQuestion,
  TrafficStart,
  TroubleAsked,
  TroubleFound,
} from './messages.ts';

export type TrafficFound<T> =
  | { readonly ok: true; readonly found: T }
  | { readonly ok: false; readonly reason: string };

/** Conditions by the names of links; the table ends with `newest`, or with the newest exchange there is. */
export interface TrafficQuery extends ExchangeConditions {
  readonly newest?: number | undefined;
}

/** What failed, and the findings of what did not, in groups; times in milliseconds since the epoch. */
export interface TroubleQuery extends ExchangeConditions, Omit<TroubleAsked, keyof TrafficAsked> {}

/**
 * Tables, counts and groups of exchanges by any conditions, newest first, read by threads of their own. What was recorded
 * or changed before a question is asked is in its answer; only words may be behind, and say so.
 */
export interface Traffic {
  page(
    query: TrafficQuery & { readonly offset: number; readonly limit: number },
    signal?: AbortSignal,
  ): Promise<TrafficFound<PageFound>>;
  count(query: TrafficQuery, signal?: AbortSignal): Promise<TrafficFound<CountFound>>;
  /** All that fit, ascending. */
  ids(query: TrafficQuery, signal?: AbortSignal): Promise<TrafficFound<IdsFound>>;
  troubles(query: TroubleQuery, signal?: AbortSignal): Promise<TrafficFound<TroubleFound>>;
  /** Null: there is no such exchange. */
  related(id: number): Promise<TrafficFound<RelatedExchanges | null>>;
  /** Somebody is about to ask for a page: the thread that reads them starts now. */
  awake(): void;
}

export interface TrafficOptions {
  readonly file: string;
  readonly idsNamed: (name: string) => readonly number[];
  /** Links of which nobody is shown anything. */
  readonly hiddenLinks: () => readonly number[];
  /** Absent where the database is opened for reading only: what is read here is derived by its owner. */
  readonly background?: Background | undefined;
}

export function createTraffic({
  file,
  idsNamed,
  hiddenLinks,
  background,
}: TrafficOptions): Traffic & { close(): Promise<void> } {
  const reader = () =>
    createAskingThread<TrafficQuestion, TrafficAnswer>({
      script: new URL('./traffic-worker.ts', import.meta.url),
      workerData: { file } satisfies TrafficStart,
      gone: reason => ({ kind: 'gone', reason: `reading exchanges stopped: ${reason}` }),
    });
  // Pages are waited for by somebody who looks; counts follow, and may take their time.
  const pages = reader();
  const rest = reader();
  let derived = false;

  /** Before the first question something must be derived at all; words are caught up with as far as time allows. */
  const ready = async (words: string | undefined): Promise<string | undefined> => {
    if (background === undefined) return 'this needs the workbench that owns the database';
    if (derived && (words === undefined || words.trim() === '')) return undefined;
    const caughtUp = await background.catchUp();
    if (caughtUp.ok) derived = true;
    return derived || caughtUp.ok ? undefined : caughtUp.reason;
  };
  const ask = async <Found>(
    question: () => TrafficQuestion,
    foundIn: (answer: TrafficAnswer) => { readonly found: Found } | undefined,
    { words, signal }: { readonly words?: string | undefined; readonly signal?: AbortSignal | undefined } = {},
  ): Promise<TrafficFound<Found>> => {
    const trouble = await ready(words);
    if (trouble !== undefined) return { ok: false, reason: trouble };
    const asked = question();
    const answer = await (asked.kind === 'page' ? pages : rest).ask(asked, signal ? { signal } : {});
    const found = foundIn(answer);
    if (found !== undefined) return { ok: true, found: found.found };
    if (answer.kind === 'gone' && answer.damaged) background?.doubt();
    return { ok: false, reason: answer.kind === 'gone' ? answer.reason : `an answer about ${answer.kind}` };
  };
  const hiding = (): Pick<TrafficConditions, 'hiddenLinkIds'> => {
    const hiddenLinkIds = hiddenLinks();
    return hiddenLinkIds.length === 0 ? {} : { hiddenLinkIds };
  };
  const asked = ({ newest, link, ...conditions }: TrafficQuery): TrafficAsked => ({
    conditions: { ...conditions, ...(link === undefined ? {} : { linkIds: idsNamed(link) }), ...hiding() },
    ...(newest === undefined ? {} : { newest }),
    changed: background?.changes() ?? [],
  });

  return {
    awake: () => pages.awake(),
    page: ({ offset, limit, ...query }, signal) =>
      ask(
        () => ({ kind: 'page', ...asked(query), offset, limit }),
        answer => (answer.kind === 'page' ? answer : undefined),
        { words: query.search, signal },
      ),
    count: (query, signal) =>
      ask(
        () => ({ kind: 'count', ...asked(query) }),
        answer => (answer.kind === 'count' ? answer : undefined),
        { words: query.search, signal },
      ),
    ids: (query, signal) =>
      ask(
        () => ({ kind: 'ids', ...asked(query) }),
        answer => (answer.kind === 'ids' ? answer : undefined),
        { words: query.search, signal },
      ),
    troubles: ({ leastRank, stretches, now, freshFrom, ...query }, signal) =>
      ask(
        () => ({ kind: 'troubles', ...asked(query), leastRank, stretches, now, freshFrom }),
        answer => (answer.kind === 'troubles' ? answer : undefined),
        { words: query.search, signal },
      ),
    related: id =>
      ask(
        () => ({ kind: 'related', id, changed: background?.changes() ?? [], ...hiding() }),
        answer => (answer.kind === 'related' ? answer : undefined),
      ),
    async close() {
      await Promise.all([pages.close(), rest.close()]);
    },
  };
}
