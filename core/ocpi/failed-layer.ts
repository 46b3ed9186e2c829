import { isSuccess } from './status-codes.ts';

export interface FailedAnswer {
  /** Of `Ended`: `complete`, `timeout`, ... */
  readonly ended: string;
  readonly http: number | null;
  readonly ocpi: number | null;
}

/** Which layer says why an exchange failed: no whole answer, HTTP, or OCPI; and what it says. */
export interface FailedLayer {
  readonly layer: 'network' | 'http' | 'ocpi';
  /** `timeout`, `401`, `2001`. */
  readonly code: string;
}

/** How an exchange ended whose answer says the rest. */
export const WHOLE: readonly string[] = ['complete', 'answered', 'open', 'unknown', 'withheld'];
/** OCPI statuses that say less than HTTP's beside them. */
export const GENERIC: readonly number[] = [2000, 3000];
/** Token, permission, method, rate: whatever 2xxx stands in the envelope beside them, they say it more exactly. */
export const TELLING: readonly number[] = [401, 403, 405, 429];

/** No whole answer, an HTTP status of 400 and above, or an OCPI status other than 1xxx (digest 1.4). */
export function isFailure({ ended, http, ocpi }: FailedAnswer): boolean {
  if (!WHOLE.includes(ended)) return true;
  return (http ?? 0) >= 400 || (ocpi !== null && !isSuccess(ocpi));
}

/**
 * Of an exchange that failed. Without a whole answer nothing else counts. An OCPI status says more than HTTP's, except for
 * the generic ones, which servers put into an envelope because it has to have one (digest 1.5, T9: 401 has a free body).
 */
export function failedLayer({ ended, http, ocpi }: FailedAnswer): FailedLayer {
  if (!WHOLE.includes(ended)) return { layer: 'network', code: ended };
  if (ocpi === null || isSuccess(ocpi)) return { layer: 'http', code: String(http) };
  const refused = http !== null && http >= 400;
  const byHttp = refused && (GENERIC.includes(ocpi) || (TELLING.includes(http) && Math.floor(ocpi / 1000) === 2));
  return byHttp ? { layer: 'http', code: String(http) } : { layer: 'ocpi', code: String(ocpi) };
}
