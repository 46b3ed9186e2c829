import { type Finding, finding } from './findings.ts';
import { headerValues, type RawHeaders } from './raw-headers.ts';
import { atLeast22, type Version } from './versions.ts';

export const REQUEST_ID = 'X-Request-ID';
export const CORRELATION_ID = 'X-Correlation-ID';

/** The two ids every message carries since 2.2 (digest 1.3); any text, a UUID as a rule. */
export interface MessageIds {
  readonly requestId?: string;
  readonly correlationId?: string;
}

export interface MessageIdsRead extends MessageIds {
  readonly findings: readonly Finding[];
}

/**
 * Reads the ids of a request or an answer. Absent ones are findings on 2.2 and later only; `version` is undefined
 * where none is agreed yet (the list of versions), and nothing is missed then (T41).
 */
export function readMessageIds(headers: RawHeaders, version: Version | undefined): MessageIdsRead {
  const findings: Finding[] = [];
  const requestId = readOne(headers, REQUEST_ID, version, findings);
  const correlationId = readOne(headers, CORRELATION_ID, version, findings);
  return {
    ...(requestId !== undefined && { requestId }),
    ...(correlationId !== undefined && { correlationId }),
    findings,
  };
}

/** Header lines for the ids that are known. */
export function writeMessageIds(ids: MessageIds): [string, string][] {
  const lines: [string, string][] = [];
  if (ids.requestId !== undefined) lines.push([REQUEST_ID, ids.requestId]);
  if (ids.correlationId !== undefined) lines.push([CORRELATION_ID, ids.correlationId]);
  return lines;
}

/** Compares an answer's ids with those of its request; 2.1.1 has none. */
export function echoFindings(sent: MessageIds, answer: RawHeaders, version: Version | undefined): Finding[] {
  if (version === undefined || !atLeast22(version)) return [];
  const { requestId, correlationId, findings } = readMessageIds(answer, version);
  return [
    ...findings,
    ...compare(REQUEST_ID, sent.requestId, requestId),
    ...compare(CORRELATION_ID, sent.correlationId, correlationId),
  ];
}

function compare(name: string, sent: string | undefined, echoed: string | undefined): Finding[] {
  if (sent === undefined || echoed === undefined || sent === echoed) return [];
  return [finding('message-id.changed', { pointer: `header:${name}`, met: echoed, expected: sent })];
}

function readOne(
  headers: RawHeaders,
  name: string,
  version: Version | undefined,
  findings: Finding[],
): string | undefined {
  const values = headerValues(headers, name)
    .map(value => value.trim())
    .filter(value => value !== '');
  const [value] = values;
  const pointer = `header:${name}`;
  if (value === undefined) {
    if (version !== undefined && atLeast22(version)) {
      findings.push(finding('message-id.missing', { pointer, met: 'no header', expected: 'a unique id' }));
    }
    return undefined;
  }
  if (values.some(other => other !== value)) {
    findings.push(finding('message-id.repeated', { pointer, met: values.join(', '), expected: 'one header' }));
  }
  return value;
}
