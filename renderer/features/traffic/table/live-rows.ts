import type {
  ExchangeConditions,
  ExchangeCount,
  ExchangePage,
  ExchangeSummary,
} from '../../../../core/contract/exchange.ts';
import { Refresher } from '../../../bridge/refresher.ts';

const FIRST_ROWS = 100;
/** New rows appear at most so often, however many come. */
const ROWS_PAUSE_MS = 300;
const COUNT_PAUSE_MS = 700;

/** A table as it shows: everything up to `newest` that fits, and what is known of it so far. */
export interface LiveState {
  /** Of the conditions the rows fit; empty before the first ones. */
  readonly filter: string;
  readonly conditions: ExchangeConditions;
  /** Asked for and not there yet. */
  readonly loading: boolean;
  readonly newest: number;
  /** The first of them. */
  readonly rows: readonly ExchangeSummary[];
  /** Grows with each change of what shows. */
  readonly version: number;
  /** Rows of the table; a lower bound while they are being counted, undefined before the first rows. */
  readonly count: number | undefined;
  /** How many fit and how many of them failed, once counted for this filter. */
  readonly counted: Pick<ExchangeCount, 'count' | 'errors'> | undefined;
  /** Fitting exchanges that came since the table stands still. */
  readonly fresh: number;
  /** Words are looked for in all but so many exchanges, which are not in the full text yet. */
  readonly behind: number;
  readonly failure: unknown;
}

export interface LivePorts {
  readonly page: (
    input: ExchangeConditions & { readonly offset: number; readonly limit: number },
    signal: AbortSignal,
  ) => Promise<ExchangePage>;
  readonly count: (
    input: ExchangeConditions & { readonly newest?: number },
    signal: AbortSignal,
  ) => Promise<ExchangeCount>;
}

const NOTHING: LiveState = {
  filter: '',
  conditions: {},
  loading: true,
  newest: 0,
  rows: [],
  version: 0,
  count: undefined,
  counted: undefined,
  fresh: 0,
  behind: 0,
  failure: undefined,
};

/**
 * The newest exchanges that fit, followed as they come. While it follows, each round takes the table anew; while it
 * stands still (scrolled away, paused) its end stays fixed, and only how many came since is told. Rows come first,
 * counts when they are there.
 */
export class LiveRows {
  readonly #ports: LivePorts;
  readonly #listeners = new Set<() => void>();
  readonly #rows = new Refresher(() => this.#round(), ROWS_PAUSE_MS);
  readonly #counts = new Refresher(() => this.#count(), COUNT_PAUSE_MS);
  #state = NOTHING;
  #wanted: { readonly filter: string; readonly conditions: ExchangeConditions } | undefined;
  #loading = new AbortController();
  #following = true;
  /** Up to which exchange `counted` counts. */
  #countedTo = -1;
  /** Something happened while other conditions were being asked for. */
  #missed = false;

  constructor(ports: LivePorts) {
    this.#ports = ports;
  }

  readonly state = (): LiveState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Other conditions are asked for at once; what is under way is let go. */
  show(filter: string, conditions: ExchangeConditions): void {
    if (this.#wanted?.filter === filter) return;
    this.#wanted = { filter, conditions };
    void this.#load();
  }

  follow(following: boolean): void {
    if (following === this.#following) return;
    this.#following = following;
    if (following) this.#rows.tell();
    else this.#counts.tell();
  }

  /** Something was recorded or changed. */
  happened(): void {
    if (this.#wanted === undefined) return;
    this.#rows.tell();
    this.#counts.tell();
  }

  /** Rows of the table could not be had. */
  fail(failure: unknown): void {
    this.#set({ failure });
  }

  retry(): void {
    void this.#load();
  }

  end(): void {
    this.#loading.abort();
    this.#wanted = undefined;
  }

  async #round(): Promise<void> {
    if (this.#state.loading && this.#state.filter !== this.#wanted?.filter) {
      this.#missed = true;
      return;
    }
    if (this.#following || this.#state.failure !== undefined) await this.#load();
    else this.#set({ version: this.#state.version + 1 });
  }

  async #load(): Promise<void> {
    const wanted = this.#wanted;
    if (wanted === undefined) return;
    this.#loading.abort();
    const loading = new AbortController();
    this.#loading = loading;
    const isOther = wanted.filter !== this.#state.filter;
    if (isOther && !this.#state.loading) this.#set({ loading: true });
    try {
      const { newest, rows, behind } = await this.#ports.page(
        { ...wanted.conditions, offset: 0, limit: FIRST_ROWS },
        loading.signal,
      );
      if (loading.signal.aborted) return;
      const before = isOther ? 0 : (this.#state.count ?? 0);
      this.#set({
        ...wanted,
        newest,
        rows,
        behind,
        version: this.#state.version + 1,
        count: rows.length < FIRST_ROWS ? rows.length : Math.max(before, rows.length),
        loading: false,
        fresh: 0,
        failure: undefined,
        ...(isOther && { counted: undefined }),
      });
      if (isOther) this.#countedTo = -1;
      if (isOther) void this.#count();
      else this.#counts.tell();
      if (behind > 0 || this.#missed) this.#rows.tell();
      this.#missed = false;
    } catch (failure) {
      if (loading.signal.aborted) return;
      // Rows of another filter are no answer to this one.
      this.#set({ ...(isOther && NOTHING), version: this.#state.version + 1, loading: false, failure });
    }
  }

  async #count(): Promise<void> {
    const { filter, conditions, newest, failure } = this.#state;
    if (filter === '' || failure !== undefined) return;
    const { signal } = this.#loading;
    try {
      if (this.#countedTo !== newest || this.#following) {
        const { count, errors } = await this.#ports.count({ ...conditions, newest }, signal);
        if (this.#state.filter !== filter) return;
        this.#countedTo = newest;
        this.#set({ counted: { count, errors }, count: Math.max(count, this.#state.rows.length) });
      }
      if (this.#following || this.#state.newest !== newest) return;
      const { count } = await this.#ports.count(conditions, signal);
      if (this.#following || this.#state.newest !== newest || this.#state.filter !== filter) return;
      this.#set({ fresh: Math.max(0, count - (this.#state.counted?.count ?? 0)) });
    } catch {
      // Let go, or the connection is lost: the next batch of events counts anew.
    }
  }

  #set(change: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of [...this.#listeners]) listener();
  }
}
