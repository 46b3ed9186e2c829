import type {
  ExchangeConditions,
  ExchangeCount,
  ExchangeFilter,
  ExchangePage,
  ExchangeSummary,
  ExchangeView,
  RelatedExchanges,
} from '../contract/exchange.ts';
import { done, failed, type Outcome } from '../contract/failure.ts';
import type { History } from '../history/history.ts';

interface Counted extends ExchangeConditions {
  readonly newest?: number | undefined;
}

/** Recorded traffic as the operator looks at it. */
export interface ExchangeDesk {
  list(filter: ExchangeFilter): Promise<Outcome<ExchangeSummary[]>>;
  page(
    input: Counted & { readonly offset: number; readonly limit: number },
    signal?: AbortSignal,
  ): Promise<Outcome<ExchangePage>>;
  count(input: Counted, signal?: AbortSignal): Promise<Outcome<ExchangeCount>>;
  get(id: number): Outcome<ExchangeView>;
  related(id: number): Promise<Outcome<RelatedExchanges>>;
  note(input: { readonly id: number; readonly text: string | null }): Outcome<ExchangeSummary>;
}

export interface ExchangeDeskOptions {
  readonly history: Pick<History, 'exchanges' | 'find' | 'links' | 'notes' | 'traffic' | 'transaction'>;
  /** Tokens do not stand in notes either. */
  readonly seal: (text: string) => string;
  /** An exchange's note was written or taken away. */
  readonly onNote: (id: number) => void;
}

export function createExchangeDesk({ history, seal, onNote }: ExchangeDeskOptions): ExchangeDesk {
  const { exchanges, links, traffic } = history;
  const unknownLink = ({ link }: ExchangeConditions): Outcome<never> | undefined =>
    link === undefined || links.idsNamed(link).length > 0
      ? undefined
      : failed('NOT_FOUND', `there is no link "${link}"`, 'wb link list names the links.');
  const read = async <Found>(
    conditions: ExchangeConditions,
    reading: () => Promise<
      { readonly ok: true; readonly found: Found } | { readonly ok: false; readonly reason: string }
    >,
  ): Promise<Outcome<Found>> => {
    const unknown = unknownLink(conditions);
    if (unknown !== undefined) return unknown;
    const answer = await reading();
    return answer.ok ? done(answer.found) : unread(answer.reason);
  };
  const missing = (id: number) => failed('NOT_FOUND', `there is no exchange ${id}`, 'wb exchanges lists the newest.');

  return {
    list: filter =>
      read(filter, async () => {
        const found = await history.find(filter);
        return found.ok ? { ok: true, found: [...found.exchanges] } : found;
      }),
    page: (input, signal) => read(input, () => traffic.page(input, signal)),
    count: (input, signal) => read(input, () => traffic.count(input, signal)),
    get: id => {
      const view = exchanges.get(id);
      return view === undefined ? missing(id) : done(view);
    },
    related: async id => {
      if (exchanges.isHidden(id)) return missing(id);
      const related = await read({}, () => traffic.related(id));
      if (!related.ok) return related;
      return related.value === null ? missing(id) : done(related.value);
    },
    note: ({ id, text }) => {
      if (exchanges.listIds([id]).length === 0) return missing(id);
      const blank = text === null || text.trim() === '';
      const written = history.transaction(() => history.notes.write(id, blank ? null : seal(text)));
      if (!written.ok) return written;
      onNote(id);
      const [noted] = exchanges.listIds([id]);
      return noted === undefined ? missing(id) : done(noted);
    },
  };
}

function unread(reason: string): Outcome<never> {
  return failed(
    'OPERATION_FAILED',
    `the exchanges could not be read: ${reason}`,
    'Try again; what they are found by is being derived anew if it was damaged.',
  );
}
