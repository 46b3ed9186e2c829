import { readDateTime, writeDateTime } from './date-time.ts';
import { type Finding, finding, shorten } from './findings.ts';
import { describeJson, isJsonObject } from './json-value.ts';
import { receiveJson } from './received.ts';
import { isSuccess, statusCode } from './status-codes.ts';
import { atLeast22, type Version } from './versions.ts';

/** The response envelope (digest 1.4), with the status code as a number however it was written. */
export interface Envelope {
  readonly statusCode: number;
  readonly statusMessage?: string;
  /** As sent. */
  readonly timestamp?: string;
  /** Absent, null or anything; its shape is the endpoint's business. */
  readonly data?: unknown;
  readonly hasData: boolean;
}

export interface EnvelopeRead {
  /** Absent when there is no envelope; what came instead is told by the findings. */
  readonly view?: Envelope;
  /** The JSON value that came, envelope or not; undefined when it was not JSON. */
  readonly json?: unknown;
  /** True when there was no body at all. */
  readonly empty: boolean;
  readonly findings: readonly Finding[];
}

/** Reads an answer's body (content encoding removed) as the envelope, tolerating what T6a lists. Never throws. */
export function readEnvelope(body: string | Uint8Array, version: Version = '2.2.1'): EnvelopeRead {
  const received = receiveJson(body);
  const json = received.view;
  const findings = [...received.findings];
  if (json === undefined) return { empty: findings.some(({ code }) => code === 'body.empty'), findings };
  const miss = (details: Parameters<typeof finding>[1], code: 'envelope.missing' | 'envelope.status-code.missing') => ({
    json,
    empty: false,
    findings: [...findings, finding(code, details)],
  });
  if (!isJsonObject(json)) {
    return miss({ met: describeJson(json), expected: 'an object with status_code' }, 'envelope.missing');
  }
  const { status_code: code, status_message: message, timestamp, data }: Fields = json;
  if (code === undefined || code === null) {
    if (timestamp === undefined && data === undefined) {
      return miss({ met: shorten(JSON.stringify(json)), expected: 'an object with status_code' }, 'envelope.missing');
    }
    return miss({ pointer: '/status_code', met: 'no field', expected: 'a code' }, 'envelope.status-code.missing');
  }
  const statusCode = typeof code === 'string' && /^\s*\d+\s*$/.test(code) ? Number(code) : code;
  if (typeof statusCode !== 'number' || !Number.isInteger(statusCode)) {
    const details = { pointer: '/status_code', met: shorten(JSON.stringify(code)), expected: '1000 to 4999' };
    return { json, empty: false, findings: [...findings, finding('envelope.status-code.unusable', details)] };
  }
  if (typeof code === 'string') {
    const details = { pointer: '/status_code', met: JSON.stringify(code), expected: String(statusCode) };
    findings.push(finding('envelope.status-code.text', details));
  }
  if (statusCode < 1000 || statusCode > 4999) {
    const details = { pointer: '/status_code', met: String(statusCode), expected: '1000 to 4999' };
    findings.push(finding('envelope.status-code.unusable', details));
  }
  if (message !== undefined && message !== null && typeof message !== 'string') {
    const details = { pointer: '/status_message', met: describeJson(message), expected: 'a string' };
    findings.push(finding('envelope.status-message.type', details));
  }
  findings.push(...timestampFindings(timestamp, version));
  const view: Envelope = {
    statusCode,
    ...(typeof message === 'string' && { statusMessage: message }),
    ...(typeof timestamp === 'string' && { timestamp }),
    ...(data !== undefined && { data }),
    hasData: data !== undefined,
  };
  return { view, json, empty: false, findings };
}

/** The envelope's fields as they come; JSON may hold anything there. */
interface Fields {
  readonly status_code?: unknown;
  readonly status_message?: unknown;
  readonly timestamp?: unknown;
  readonly data?: unknown;
}

export interface EnvelopeToWrite {
  readonly statusCode: number;
  readonly statusMessage?: string;
  /** Left out when undefined: 2.2+ wants no `data` where none is specified. */
  readonly data?: unknown;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The envelope as JSON text. */
export function writeEnvelope({ statusCode, statusMessage, data, now }: EnvelopeToWrite): string {
  return JSON.stringify({
    ...(data !== undefined && { data }),
    status_code: statusCode,
    ...(statusMessage !== undefined && { status_message: statusMessage }),
    timestamp: writeDateTime(now),
  });
}

/** An answer judged by HTTP and OCPI status together (T9). */
export interface Verdict {
  readonly ok: boolean;
  /** A sentence without a full stop, for people: `HTTP 200 and OCPI 2001 (invalid or missing parameters): "..."`. */
  readonly reason: string;
  readonly findings: readonly Finding[];
}

export interface JudgeContext {
  /** Of the request; decides whether an answer without data may count as success. GET unless given. */
  readonly method?: string;
  readonly version?: Version;
}

/** Success is HTTP 2xx and OCPI 1xxx (T9); an empty answer to a write counts as success with a warning (T6a). */
export function judge(httpStatus: number, envelope: EnvelopeRead, context: JudgeContext = {}): Verdict {
  const { method = 'GET', version = '2.2.1' } = context;
  const fine = httpStatus >= 200 && httpStatus < 300;
  const { view } = envelope;
  if (!view) {
    const write = method !== 'GET' && method !== 'HEAD';
    if (fine && envelope.empty) {
      const details = { pointer: 'status', met: `HTTP ${httpStatus} without a body`, expected: 'an envelope' };
      const reason = `HTTP ${httpStatus} without a body${write ? ', taken as success' : ' where data is due'}`;
      return { ok: write, reason, findings: [finding('status.no-content', details)] };
    }
    const what = envelope.empty ? 'without a body' : `with a body that is ${noEnvelope(envelope)}`;
    return { ok: false, reason: `HTTP ${httpStatus} ${what}`, findings: forbidden(httpStatus) };
  }
  const { code, meaning, known } = statusCode(view.statusCode, version);
  const said = view.statusMessage ? `: "${shorten(view.statusMessage, 200)}"` : '';
  const reason = `HTTP ${httpStatus} and OCPI ${code} (${meaning})${said}`;
  const findings = [...disagreement(httpStatus, view, version), ...forbidden(httpStatus)];
  if (!known && code >= 1000 && code <= 4999) {
    findings.push(
      finding('status.unknown', { pointer: '/status_code', met: String(code), expected: `a code of ${version}` }),
    );
  }
  return { ok: fine && isSuccess(code), reason, findings };
}

function disagreement(httpStatus: number, { statusCode: code, data }: Envelope, version: Version): Finding[] {
  const details = { pointer: 'status', met: `HTTP ${httpStatus} with OCPI ${code}` };
  if (httpStatus < 300) {
    if (!isSuccess(code) && Array.isArray(data) && data.length === 0) {
      const met = `${details.met} and an empty list`;
      return [finding('status.error-with-empty-list', { ...details, met, expected: 'no data' })];
    }
    return [];
  }
  if (isSuccess(code)) return [finding('status.disagree', { ...details, expected: 'HTTP 2xx with a success code' })];
  const client = code >= 2000 && code < 3000;
  if (httpStatus >= 500) {
    return client ? [finding('status.disagree', { ...details, expected: 'HTTP 200 with a 2xxx code' })] : [];
  }
  if (httpStatus >= 400 && code >= 3000) {
    return [finding('status.disagree', { ...details, expected: 'HTTP 200 with a 3xxx or 4xxx code' })];
  }
  // 404 belongs to 2004 (T7) and, for charging preferences, to 2001 (T7a); the other statuses are HTTP's own business.
  const contentStatus = httpStatus === 404 ? code === 2003 : [400, 403, 409, 422].includes(httpStatus);
  if (client && contentStatus && atLeast22(version)) {
    return [finding('status.http-error-for-content', { ...details, expected: 'HTTP 200 with a 2xxx code' })];
  }
  return [];
}

function forbidden(httpStatus: number): Finding[] {
  if (httpStatus !== 403) return [];
  return [finding('status.forbidden', { pointer: 'status', met: 'HTTP 403', expected: 'HTTP 401 for a token' })];
}

function noEnvelope({ json, findings }: EnvelopeRead): string {
  if (json !== undefined)
    return findings.some(({ code }) => code === 'envelope.missing') ? 'no envelope' : 'no usable envelope';
  const notJson = findings.find(({ code }) => code === 'body.json');
  return notJson?.met.startsWith('HTML') ? 'HTML, not JSON' : 'no JSON';
}

function timestampFindings(timestamp: unknown, version: Version): readonly Finding[] {
  const pointer = '/timestamp';
  if (timestamp === undefined || timestamp === null) {
    return [finding('envelope.timestamp.missing', { pointer, met: 'no field', expected: 'a moment in UTC' })];
  }
  if (typeof timestamp !== 'string') {
    const met = describeJson(timestamp);
    return [finding('envelope.timestamp.unusable', { pointer, met, expected: 'a moment in UTC' })];
  }
  const { epochMs, findings } = readDateTime(timestamp, version, pointer);
  if (epochMs !== undefined) return findings;
  return [finding('envelope.timestamp.unusable', { pointer, met: timestamp, expected: 'a moment in UTC' })];
}
