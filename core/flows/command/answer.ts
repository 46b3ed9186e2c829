import { entryById } from '../../ocpi/catalogue.ts';
import { type Finding, finding } from '../../ocpi/findings.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import type { Heard } from '../registration/conversation.ts';
import type { AskOrder } from './ports.ts';

/** What the synchronous answer says, as far as it can be read. */
export interface AnswerRead {
  /** `ACCEPTED`, `BLOCKED`. */
  readonly result?: string;
  /** Seconds; absent where the answer does not say. */
  readonly timeout?: number;
  /** Of the data alone. */
  readonly findings: readonly Finding[];
}

/**
 * Reads CommandResponse, ChargingProfileResponse, AuthorizationInfo or ChargingPreferencesResponse (digest 6.2, 6.5 to 6.7;
 * T4, T5). Partners put one into answers with an error code too, so that is read as well.
 */
export function readAnswer({ data, httpStatus = 0 }: Heard, { operation, version }: AskOrder): AnswerRead {
  if (data === undefined || data === null) return { findings: [] };
  const check = entryById(operation)?.response?.[version];
  if (check === undefined) throw new Error(`${operation} has no answer to read`);
  const { view, findings: found } = check(data, { version, pointer: '/data' });
  const result = decisionIn(view);
  const blocked = operation === 'tokens.authorize' && result !== undefined && httpStatus >= 400;
  const details = { pointer: 'status', met: `HTTP ${httpStatus} with ${result}`, expected: 'HTTP 200' };
  const findings = blocked ? [...found, finding('authorize.http-error', details)] : found;
  const unsaid = found.some(({ code }) => code === 'command.timeout-missing');
  const timeout = isJsonObject(view) && atLeast22(version) && !unsaid ? view['timeout'] : undefined;
  return {
    findings,
    ...(result === undefined ? {} : { result }),
    ...(typeof timeout === 'number' ? { timeout } : {}),
  };
}

/** The one word an answer or a result comes down to. */
export function decisionIn(view: unknown): string | undefined {
  const said = isJsonObject(view) ? (view['result'] ?? view['allowed']) : view;
  return typeof said === 'string' ? said : undefined;
}
