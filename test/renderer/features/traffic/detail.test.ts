import { describe, expect, it } from 'vitest';
import type { ExchangeView } from '../../../../core/contract/exchange.ts';
import { withHeader, withNewHeader } from '../../../../renderer/exchange/header-lines.ts';
import { bytesOf, hexDump } from '../../../../renderer/exchange/hex-dump.ts';
import { findingsOf, headerFindings, marksOf } from '../../../../renderer/exchange/message-findings.ts';
import { piecesOf } from '../../../../renderer/exchange/placeholders.ts';
import { bodyAsSent, isJson, requestLine } from '../../../../renderer/exchange/wire-text.ts';
import { editedFrom, previewOf, sentFrom } from '../../../../renderer/features/traffic/actions/edited-request.ts';
import { comparedText } from '../../../../renderer/features/traffic/compare/compared-text.ts';
import { phasesOf } from '../../../../renderer/features/traffic/detail/phases.ts';
import { originalOf } from '../../../../renderer/features/traffic/detail/use-related.ts';
import { isCurl } from '../../../../renderer/features/traffic/import/pasted.ts';

const body = (text: string | null, bytes = text ?? '') => ({
  text,
  base64: bytes === '' ? null : Buffer.from(bytes).toString('base64'),
  length: bytes.length,
  shortened: false,
});

function view(more: Partial<ExchangeView> = {}): ExchangeView {
  return {
    id: 9,
    at: '2026-11-22T10:42:00.000Z',
    direction: 'out',
    link: 'acme',
    operation: 'credentials.post',
    method: 'POST',
    url: 'https://acme.example/ocpi/2.2.1/credentials?x=1',
    httpStatus: 200,
    ocpiStatus: 1000,
    ended: 'complete',
    endedDetails: {},
    durationMs: 12,
    requestId: null,
    correlationId: null,
    module: 'credentials',
    version: '2.2.1',
    runId: null,
    fromParty: null,
    toParty: null,
    note: null,
    pinned: false,
    findings: [],
    faults: [],
    fault: null,
    timings: null,
    request: { headers: [['Content-Type', 'application/json']], body: body('{"a":1,"b":[2]}') },
    response: { status: 200, statusText: 'OK', headers: [], body: body('{"status_code":1000}') },
    ...more,
  };
}

const finding = (pointer: string) => ({
  severity: 'error' as const,
  code: 'field.missing',
  pointer,
  met: 'no field',
  expected: 'required',
  section: '0.2',
});

describe('what the details of an exchange are made of', () => {
  it('phases stand one after the other, what did not happen left out, the rest is the body', () => {
    const phases = phasesOf({ queue: 1, dns: null, connect: 4, tls: null, firstByte: 10, total: 20 });
    expect(phases).toEqual([
      { name: 'queue', ms: 1, from: 0 },
      { name: 'connect', ms: 4, from: 1 },
      { name: 'firstByte', ms: 10, from: 5 },
      { name: 'body', ms: 5, from: 15 },
    ]);
    expect(phasesOf({ queue: null, dns: null, connect: null, tls: null, firstByte: null, total: 3 })).toEqual([]);
  });

  it('what stands in place of a token is told apart from the text around it', () => {
    expect(piecesOf('Token {token:0a1b:base64:48}, and {token:ff:raw.json:9}')).toEqual([
      { kind: 'text', text: 'Token ' },
      { kind: 'token', text: '{token:0a1b:base64:48}', id: '0a1b', form: 'base64', length: 48 },
      { kind: 'text', text: ', and ' },
      { kind: 'token', text: '{token:ff:raw.json:9}', id: 'ff', form: 'raw.json', length: 9 },
    ]);
    expect(piecesOf('{token: not one}')).toEqual([{ kind: 'text', text: '{token: not one}' }]);
  });

  it('findings belong to the message of the partner, with places in its body and its headers', () => {
    const found = [finding('/roles/0'), finding('header:OCPI-to-party-id'), finding('request:/a')];
    const exchange = view({ findings: found });
    expect(findingsOf(exchange, 'response').map(({ pointer }) => pointer)).toEqual([
      '/roles/0',
      'header:OCPI-to-party-id',
    ]);
    expect(findingsOf(exchange, 'request').map(({ pointer }) => pointer)).toEqual(['/a']);
    expect(findingsOf(view({ direction: 'in', findings: found }), 'response')).toEqual([]);
    expect(marksOf(found, ({ met }) => met)).toEqual([{ pointer: '/roles/0', severity: 'error', message: 'no field' }]);
    expect([...headerFindings(found).keys()]).toEqual(['ocpi-to-party-id']);
  });

  it('bytes that are no text show as a dump', () => {
    expect(hexDump(bytesOf(Buffer.from('A\u0000{"x"}0123456789').toString('base64')))).toBe(
      [
        '00000000  41 00 7b 22 78 22 7d 30 31 32 33 34 35 36 37 38  A.{"x"}012345678',
        `00000010  39${' '.repeat(47)}9`,
      ].join('\n'),
    );
    expect(bytesOf('no base64!')).toHaveLength(0);
  });

  it('the first line of a request names what follows the host, and bodies are shown as their bytes came', () => {
    expect(requestLine(view())).toBe('POST /ocpi/2.2.1/credentials?x=1 HTTP/1.1');
    expect(requestLine({ method: 'GET', url: 'https://acme.example' })).toBe('GET / HTTP/1.1');
    expect(bodyAsSent(body('käse'))).toBe('käse');
    expect(bodyAsSent({ ...body('x'), base64: Buffer.from([0x1f, 0x8b, 0xff]).toString('base64') })).toBeUndefined();
    expect(isJson('<html>', [['content-type', 'text/html']])).toBe(false);
    expect(isJson(' [1]', [])).toBe(true);
  });

  it('two exchanges compare line by line, JSON with a member a line', () => {
    expect(comparedText(view(), 'request')).toEqual({
      head: 'POST https://acme.example/ocpi/2.2.1/credentials?x=1\nContent-Type: application/json',
      body: '{\n  "a": 1,\n  "b": [\n    2\n  ]\n}',
    });
    expect(comparedText(view({ response: null }), 'response')).toEqual({ head: '', body: '' });
  });

  it('the original of a request is the first one it was sent again from', () => {
    expect(originalOf(9, [{ id: 5 }, { id: 12 }])).toBe(5);
    expect(originalOf(9, [{ id: 12 }])).toBeUndefined();
    expect(originalOf(9, undefined)).toBeUndefined();
  });
});

describe('a request that is edited', () => {
  it('is sent as it stands, without lines that have no name', () => {
    const begun = editedFrom(view());
    const edited = { ...begun, headers: withNewHeader(withHeader(begun.headers, 0, { value: 'text/plain' })) };
    expect(sentFrom({ ...edited, body: '' })).toEqual({
      method: 'POST',
      url: 'https://acme.example/ocpi/2.2.1/credentials?x=1',
      headers: [['Content-Type', 'text/plain']],
      body: null,
    });
    expect(previewOf(edited)).toBe(
      'POST /ocpi/2.2.1/credentials?x=1 HTTP/1.1\nContent-Type: text/plain\n\n{"a":1,"b":[2]}',
    );
  });
});

describe('a pasted text', () => {
  it('is a curl command where it begins with one', () => {
    expect(isCurl(" curl -H 'A: b' https://x")).toBe(true);
    expect(isCurl('$ curl.exe https://x')).toBe(true);
    expect(isCurl('curling is a sport')).toBe(false);
  });
});
