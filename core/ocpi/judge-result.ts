import { type Finding, finding } from './findings.ts';
import { isJsonObject } from './json-value.ts';
import { atLeast22, type Version } from './versions.ts';

/** What the request was answered with at once. */
export interface Answered {
  /** Absent where no answer came that can be read. */
  readonly result?: string;
  readonly accepted: boolean;
}

/** What is known of a request when a result of it comes. */
export interface ResultContext {
  readonly version: Version;
  /** `RESERVE_NOW`: its result may be followed by CANCELED_RESERVATION. */
  readonly what: string;
  /** `open` while the request waits for its answer; `unknown` where nobody can tell any more. */
  readonly answer: Answered | 'open' | 'unknown';
  /** Results before this one. */
  readonly earlier: readonly string[];
  /** Whether anybody still waited for it. */
  readonly inTime: boolean;
  /** The body as it came, and the result read from it. */
  readonly body: unknown;
  readonly result: string | undefined;
}

const WITHDRAWN = 'CANCELED_RESERVATION';

/** What is odd about when and how a result came (digest 6.6, T5, T5b); its fields are checked elsewhere. */
export function judgeResult({ version, what, answer, earlier, inTime, body, result }: ResultContext): Finding[] {
  const met = result ?? 'a result';
  const findings: Finding[] = [];
  // 2.1.1 has one type for both.
  if (atLeast22(version) && isJsonObject(body) && holdsResponse(body)) {
    findings.push(finding('result.is-response', { met: 'a response with timeout', expected: 'a result' }));
  }
  // The CPO may withdraw a reservation whenever it has to, once.
  const withdrawn = result === WITHDRAWN && what === 'RESERVE_NOW' && !earlier.includes(WITHDRAWN);
  if (earlier.length > 0) {
    if (!withdrawn)
      findings.push(finding('result.twice', { met: `${met} after ${earlier.at(-1)}`, expected: 'one result' }));
    return findings;
  }
  if (answer === 'unknown') return findings;
  if (answer === 'open') {
    findings.push(finding('result.before-answer', { met, expected: 'the answer to the request first' }));
  } else if (answer.result === undefined) {
    findings.push(finding('result.without-answer', { met, expected: 'an answer to the request' }));
  } else if (!answer.accepted) {
    findings.push(finding('result.after-rejection', { met, expected: `nothing after ${answer.result}` }));
  } else if (!inTime && !withdrawn) {
    findings.push(finding('result.late', { met, expected: 'a result within the timeout of the answer' }));
  }
  return findings;
}

function holdsResponse(body: Readonly<Record<string, unknown>>): boolean {
  return 'timeout' in body || isJsonObject(body['CommandResponse']) || isJsonObject(body['ChargingProfileResponse']);
}
