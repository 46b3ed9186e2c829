/** What an EVSE said, from when on; milliseconds since the epoch. */
export interface StatusBegin {
  readonly began: number;
  readonly status: string;
}

/** What it said over a while; `status` null: nobody knows. */
export interface StatusSpan {
  readonly from: number;
  readonly to: number;
  readonly status: string | null;
}

/** Milliseconds in which it could be used, and in which it could not. */
export interface Usable {
  readonly usable: number;
  readonly unusable: number;
}

/**
 * Somebody could charge there, or does. What BLOCKED, INOPERATIVE and OUTOFORDER say is the opposite; what PLANNED, REMOVED and
 * UNKNOWN say tells neither, and counts for neither.
 */
const USABLE: ReadonlySet<string> = new Set(['AVAILABLE', 'CHARGING', 'RESERVED']);
const UNUSABLE: ReadonlySet<string> = new Set(['BLOCKED', 'INOPERATIVE', 'OUTOFORDER']);

/** Between two times. `begins`: in their order; the last one goes on. Before the first one nothing is known. */
export function spansBetween(begins: readonly StatusBegin[], from: number, to: number): StatusSpan[] {
  const spans: StatusSpan[] = [];
  const add = (start: number, end: number, status: string | null) => {
    const span = { from: Math.max(start, from), to: Math.min(end, to), status };
    if (span.from < span.to) spans.push(span);
  };
  add(from, begins[0]?.began ?? to, null);
  for (const [place, { began, status }] of begins.entries()) add(began, begins[place + 1]?.began ?? to, status);
  return spans;
}

export function usableIn(spans: readonly StatusSpan[]): Usable {
  let usable = 0;
  let unusable = 0;
  for (const { from, to, status } of spans) {
    if (status === null) continue;
    if (USABLE.has(status)) usable += to - from;
    else if (UNUSABLE.has(status)) unusable += to - from;
  }
  return { usable, unusable };
}

/** Share of the time of which something is known; null where nothing is. */
export function availabilityOf(all: readonly Usable[]): number | null {
  const usable = all.reduce((sum, one) => sum + one.usable, 0);
  const known = all.reduce((sum, one) => sum + one.usable + one.unusable, 0);
  return known === 0 ? null : usable / known;
}
