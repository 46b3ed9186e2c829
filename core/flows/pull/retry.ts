import type { FlowAnswer } from '../registration/ports.ts';

/** Whether a failed request is worth another try, and after how many milliseconds. */
export type Retry =
  | { readonly again: true; readonly waitMs: number }
  | { readonly again: false; readonly because?: string };

export interface RetryContext {
  /** Tries that failed, this one included. */
  readonly tries: number;
  readonly now: number;
  /** From 0 to just under 1. */
  readonly chance: number;
  /** As sent. */
  readonly retryAfter?: string | undefined;
}

/** What is known of a failure; `stored`: our own database refused the page. */
export type Failure = Pick<FlowAnswer, 'httpStatus' | 'ocpiStatus'> & {
  readonly ended: { readonly how: string };
  readonly stored?: false;
};

export const MOST_TRIES = 6;
const FIRST_WAIT_MS = 500;
const LONGEST_BACKOFF_MS = 30_000;
/** A partner that asks for more is asked again another time. */
const LONGEST_WAIT_MS = 15 * 60_000;
/** Ends of a call after which the next one may well succeed. */
const PASSING = new Set(['timeout', 'reset', 'cut', 'refused', 'unreachable', 'dns', 'malformed']);
const PASSING_OCPI = new Set([3000, 4000, 4002]);

/**
 * Bounded retries with exponential backoff and jitter for failures that pass: no answer, HTTP 408, 429 and 5xx, OCPI
 * 3000 and a hub's 4000 and 4002. `Retry-After` is obeyed up to a quarter of an hour.
 */
export function retryOf(failure: Failure, { tries, now, chance, retryAfter }: RetryContext): Retry {
  if (!isPassing(failure)) return { again: false };
  if (tries >= MOST_TRIES) return { again: false, because: `it was tried ${tries} times` };
  const backoff = Math.min(LONGEST_BACKOFF_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
  const asked = retryAfter === undefined ? undefined : readRetryAfter(retryAfter, now);
  if (asked === undefined) return { again: true, waitMs: backoff * (0.5 + chance / 2) };
  if (asked > LONGEST_WAIT_MS) {
    return { again: false, because: `the partner asks to wait ${Math.ceil(asked / 60_000)} minutes (Retry-After)` };
  }
  return { again: true, waitMs: asked + chance * FIRST_WAIT_MS };
}

function isPassing({ ended, httpStatus, ocpiStatus, stored }: Failure): boolean {
  if (stored === false || PASSING.has(ended.how)) return true;
  if (httpStatus === undefined) return false;
  if (httpStatus >= 200 && httpStatus < 300) return ocpiStatus !== undefined && PASSING_OCPI.has(ocpiStatus);
  return httpStatus === 408 || httpStatus === 429 || httpStatus >= 500;
}

/** Milliseconds to wait by a Retry-After of seconds or of a date (RFC 9110, 10.2.3); undefined for anything else. */
export function readRetryAfter(text: string, now: number): number | undefined {
  const value = text.trim();
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  // Only HTTP's own spellings begin with a weekday; Date.parse takes a lot more for a date.
  const at = /^(?:mon|tue|wed|thu|fri|sat|sun)/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
