const PAGE_ROWS = 100;
const PAGES_KEPT = 8;
/** A view that moves on sooner than this is being flung: what it passes is not asked for. */
const SETTLED_MS = 45;

export type LoadPage<Row> = (offset: number, limit: number, signal: AbortSignal) => Promise<readonly Row[]>;

interface Page<Row> {
  rows: readonly Row[];
  /** The key under which they were loaded: rows of an older one stay until newer ones come. */
  key: string;
}

interface Loading {
  readonly key: string;
  readonly ended: AbortController;
}

export interface RowPagesOptions<Row> {
  readonly load: LoadPage<Row>;
  readonly onChange: () => void;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Rows by position, a few pages of them around what is looked at. A page that is being loaded when the rows behind
 * change is let finish before it is loaded anew, so that rows which change faster than they load still show.
 */
export class RowPages<Row> {
  readonly #pages = new Map<number, Page<Row>>();
  readonly #loading = new Map<number, Loading>();
  #options: RowPagesOptions<Row>;
  #key = '';
  #count = 0;
  #first = 0;
  #last = 0;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #failed = false;

  constructor(options: RowPagesOptions<Row>) {
    this.#options = options;
  }

  setOptions(options: RowPagesOptions<Row>): void {
    this.#options = options;
  }

  row(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS];
  }

  /** Position of a row among those at hand. */
  find(fits: (row: Row) => boolean): number | undefined {
    for (const [number, page] of this.#pages) {
      const at = page.rows.findIndex(fits);
      if (at !== -1) return number * PAGE_ROWS + at;
    }
    return undefined;
  }

  get size(): number {
    return this.#pages.size;
  }

  /** Says which rows are looked at, of how many, and under which key. */
  look(view: { readonly first: number; readonly last: number; readonly count: number; readonly key: string }): void {
    const firstPage = Math.floor(view.first / PAGE_ROWS);
    const lastPage = Math.max(firstPage, Math.floor(Math.min(view.last, Math.max(0, view.count - 1)) / PAGE_ROWS));
    const flung = Math.abs(firstPage - this.#first) > 1;
    if (view.key !== this.#key) this.#failed = false;
    this.#first = firstPage;
    this.#last = lastPage;
    this.#key = view.key;
    this.#count = view.count;
    for (const [page, { ended }] of this.#loading) {
      if (page >= firstPage - 1 && page <= lastPage + 1) continue;
      ended.abort();
      this.#loading.delete(page);
    }
    this.#forget();
    if (flung || this.#settling !== undefined) this.#settle();
    else this.#fill();
  }

  retry(): void {
    this.#failed = false;
    this.#fill();
  }

  end(): void {
    clearTimeout(this.#settling);
    this.#settling = undefined;
    for (const { ended } of this.#loading.values()) ended.abort();
    this.#loading.clear();
  }

  #settle(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      this.#settling = undefined;
      this.#fill();
    }, SETTLED_MS);
  }

  /** What shows first, then its neighbours. */
  #fill(): void {
    if (this.#failed) return;
    for (let page = this.#first; page <= this.#last; page += 1) this.#begin(page);
    if (this.#loading.size > 0) return;
    this.#begin(this.#last + 1);
    this.#begin(this.#first - 1);
  }

  #begin(number: number): void {
    const offset = number * PAGE_ROWS;
    if (number < 0 || offset >= this.#count || this.#loading.has(number)) return;
    const page = this.#pages.get(number);
    const wanted = Math.min(PAGE_ROWS, this.#count - offset);
    if (page !== undefined && page.key === this.#key && page.rows.length >= wanted) return;
    const loading: Loading = { key: this.#key, ended: new AbortController() };
    this.#loading.set(number, loading);
    void this.#load(number, loading);
  }

  async #load(number: number, loading: Loading): Promise<void> {
    try {
      const rows = await this.#options.load(number * PAGE_ROWS, PAGE_ROWS, loading.ended.signal);
      if (loading.ended.signal.aborted) return;
      this.#pages.set(number, { rows, key: loading.key });
    } catch (error) {
      if (loading.ended.signal.aborted) return;
      this.#loading.delete(number);
      this.#failed = true;
      this.#options.onFailure(error);
      return;
    }
    this.#loading.delete(number);
    this.#forget();
    this.#options.onChange();
    if (this.#settling === undefined) this.#fill();
  }

  /** Keeps the pages nearest to the view. */
  #forget(): void {
    if (this.#pages.size <= PAGES_KEPT) return;
    const middle = (this.#first + this.#last) / 2;
    const far = [...this.#pages.keys()].sort((left, right) => Math.abs(right - middle) - Math.abs(left - middle));
    for (const page of far.slice(0, this.#pages.size - PAGES_KEPT)) this.#pages.delete(page);
  }
}
