import { judge } from '../../ocpi/envelope.ts';
import { type Finding, finding } from '../../ocpi/findings.ts';
import { isJsonType } from '../../ocpi/json-type.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { echoFindings, readMessageIds } from '../../ocpi/message-ids.ts';
import { headerValue } from '../../ocpi/raw-headers.ts';
import { isSuccess } from '../../ocpi/status-codes.ts';
import { type Answer, isWhole, type Reading } from '../reading.ts';

/** Envelope, statuses judged together (T9), ids that come back, and how the body is announced. */
export function answerFindings(reading: Reading): Finding[] {
  const { observed, answer } = reading;
  const { response, version, method, request } = observed;
  if (response === undefined) return [];
  const { findings: _, ...ids } = readMessageIds(request.headers, undefined);
  const findings = isWhole(observed) ? echoFindings(ids, response.headers, version) : [];
  if (answer === undefined) return [...findings, ...notText(reading)];
  const { envelope, status } = answer;
  const verdict = judge(status, envelope, { method, ...(version === undefined ? {} : { version }) });
  const type = headerValue(response.headers, 'content-type');
  if (answer.text !== '' && type !== undefined && !isJsonType(type)) {
    const details = { pointer: 'header:Content-Type', met: type, expected: 'application/json' };
    findings.push(finding('response.content-type', details));
  }
  findings.push(...envelope.findings, ...verdict.findings, ...judgedByCode(reading, answer));
  if (isTokenRefused(reading, answer)) {
    findings.push(finding('status.not-401', { pointer: 'status', met: `HTTP ${status}`, expected: 'HTTP 401' }));
  }
  return findings;
}

function notText({ observed }: Reading): Finding[] {
  const { response } = observed;
  if (response === undefined || response.length === 0 || response.shortened || !isWhole(observed)) return [];
  if (response.text !== undefined) return [];
  const coding = headerValue(response.headers, 'content-encoding');
  if (coding !== undefined && coding.toLowerCase() !== 'identity') {
    const details = { pointer: 'header:Content-Encoding', met: coding, expected: 'a body coded as its header says' };
    return [finding('wire.body-coding', details)];
  }
  return [finding('body.json', { met: `${response.length} bytes that are no text`, expected: 'JSON' })];
}

function judgedByCode({ observed }: Reading, { status, envelope }: Answer): Finding[] {
  const code = envelope.view?.statusCode;
  if (code === undefined) return [];
  const findings: Finding[] = [];
  if (status < 300 && !isSuccess(code)) {
    const met = `HTTP ${status} with OCPI ${code}`;
    findings.push(
      finding('status.error-in-success', { pointer: 'status', met, expected: 'judged by the OCPI status' }),
    );
  }
  if (code >= 4001 && code <= 4003 && observed.version !== '2.1.1') {
    const met = `OCPI ${code}`;
    findings.push(
      finding('status.hub', { pointer: '/status_code', met, expected: 'an answer of the party behind it' }),
    );
  }
  return findings;
}

const INSTEAD: ReadonlySet<number> = new Set([400, 403, 422, 500]);
/** Where "token" means the card of a customer. */
const CHARGING_TOKENS: ReadonlySet<string> = new Set(['tokens', 'commands']);
const ABOUT_ACCESS = /\b(?:un)?(?:authori[sz]|authentic)|\bcredentials?\b|\btoken\b|\bapi[ _-]?key\b/i;
const REFUSED =
  /invalid|missing|unknown|not (?:provided|found|valid|recogni[sz]ed)|required|expired|denied|unauthori[sz]ed|no(?:t)? (?:auth|token)/i;

/** A request without a token, or an answer that speaks of one, and another status than 401. */
function isTokenRefused({ observed, entry }: Reading, { status, envelope }: Answer): boolean {
  if (!INSTEAD.has(status)) return false;
  if (headerValue(observed.request.headers, 'authorization') === undefined) return true;
  if (entry !== undefined && (CHARGING_TOKENS.has(entry.module) || entry.module === 'credentials')) return false;
  const said = saidIn(envelope.json);
  return ABOUT_ACCESS.test(said) && REFUSED.test(said);
}

/** What an answer says in words, envelope or not. */
export function saidIn(json: unknown): string {
  if (typeof json === 'string') return json;
  if (Array.isArray(json)) return json.map(saidIn).join(' ');
  if (!isJsonObject(json)) return '';
  const words = [
    'status_message',
    'message',
    'detail',
    'details',
    'error',
    'error_description',
    'errors',
    'title',
    'msg',
  ];
  return words.map(name => saidIn(json[name])).join(' ');
}
