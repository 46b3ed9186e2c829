import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge, readEnvelope, writeEnvelope } from '../../core/ocpi/envelope.ts';

const now = Date.parse('2026-01-31T12:00:00Z');
const codes = (body: string) => readEnvelope(body).findings.map(({ code }) => code);
const envelope = (statusCode: number, data?: unknown) => readEnvelope(writeEnvelope({ statusCode, data, now }));

describe('reading and writing the envelope', () => {
  it('what is written is read back without a finding', () => {
    const text = writeEnvelope({ statusCode: 2001, statusMessage: 'no id', data: { a: 1 }, now });
    expect(text).toBe(
      '{"data":{"a":1},"status_code":2001,"status_message":"no id","timestamp":"2026-01-31T12:00:00Z"}',
    );
    expect(readEnvelope(text)).toMatchObject({
      view: {
        statusCode: 2001,
        statusMessage: 'no id',
        timestamp: '2026-01-31T12:00:00Z',
        data: { a: 1 },
        hasData: true,
      },
      findings: [],
    });
  });

  it('data is left out where there is none, and null is data', () => {
    expect(writeEnvelope({ statusCode: 1000, now })).not.toContain('data');
    expect(envelope(1000).view).toMatchObject({ hasData: false });
    expect(envelope(1000, null).view).toMatchObject({ hasData: true, data: null });
  });

  it('any JSON data survives', () => {
    fc.assert(
      fc.property(fc.jsonValue(), data => {
        expect(envelope(1000, data).view?.data).toEqual(JSON.parse(JSON.stringify(data)));
      }),
    );
  });

  it('status_code as text is read with a warning', () => {
    const read = readEnvelope('{"status_code":"1000","timestamp":"2026-01-31T12:00:00Z"}');
    expect(read.view?.statusCode).toBe(1000);
    expect(read.findings).toMatchObject([{ code: 'envelope.status-code.text', severity: 'warning' }]);
  });

  it.each([
    ['{"status_code":1000}', ['envelope.timestamp.missing']],
    ['{"status_code":1000,"timestamp":"2026-01-31T12:00:00+02:00"}', ['date-time.offset']],
    ['{"status_code":1000,"timestamp":"now"}', ['envelope.timestamp.unusable']],
    ['{"status_code":1000,"timestamp":1769860800}', ['envelope.timestamp.unusable']],
    ['{"status_code":1000,"timestamp":"2026-01-31T12:00:00Z","status_message":{}}', ['envelope.status-message.type']],
    ['{"status_code":200,"timestamp":"2026-01-31T12:00:00Z"}', ['envelope.status-code.unusable']],
  ])('%s is read with a finding', (body, expected) => {
    expect(readEnvelope(body).view).toBeDefined();
    expect(codes(body)).toEqual(expected);
  });

  it.each([
    ['{"detail":"Not found."}', 'envelope.missing'],
    ['[]', 'envelope.missing'],
    ['"ok"', 'envelope.missing'],
    ['null', 'envelope.missing'],
    ['{"data":[],"timestamp":"2026-01-31T12:00:00Z"}', 'envelope.status-code.missing'],
    ['{"status_code":"OK","data":[]}', 'envelope.status-code.unusable'],
    ['{"status_code":10.5}', 'envelope.status-code.unusable'],
    ['<html><body>Bad gateway</body></html>', 'body.json'],
    ['', 'body.empty'],
  ])('%s is no envelope', (body, code) => {
    expect(readEnvelope(body).view).toBeUndefined();
    expect(codes(body)).toEqual([code]);
  });

  it('the JSON that came instead is handed on', () => {
    expect(readEnvelope('{"detail":"x"}').json).toEqual({ detail: 'x' });
    expect(readEnvelope('').empty).toBe(true);
    expect(readEnvelope('{').empty).toBe(false);
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc
            .object({ key: fc.constantFrom('status_code', 'timestamp', 'data', 'x') })
            .map(value => JSON.stringify(value)),
        ),
        body => {
          judge(200, readEnvelope(body));
        },
      ),
    );
  });
});

describe('judging an answer', () => {
  it('only HTTP 2xx with OCPI 1xxx is success', () => {
    expect(judge(200, envelope(1000))).toEqual({ ok: true, reason: 'HTTP 200 and OCPI 1000 (success)', findings: [] });
    expect(judge(201, envelope(1000)).ok).toBe(true);
    expect(judge(200, envelope(1900)).ok).toBe(true);
    expect(judge(200, envelope(2001)).ok).toBe(false);
    expect(judge(404, envelope(1000)).ok).toBe(false);
    expect(judge(302, envelope(1000)).ok).toBe(false);
  });

  it('the reason quotes what the partner says', () => {
    const read = readEnvelope(writeEnvelope({ statusCode: 3001, statusMessage: 'cannot reach you', now }));
    expect(judge(200, read).reason).toBe(`HTTP 200 and OCPI 3001 (cannot use the client's API): "cannot reach you"`);
  });

  it.each([
    [200, 2001, []],
    [200, 3000, []],
    [401, 2000, []],
    [404, 2004, []],
    [404, 2001, []],
    [500, 3000, []],
    [404, 2003, ['status.http-error-for-content']],
    [400, 2001, ['status.http-error-for-content']],
    [422, 2001, ['status.http-error-for-content']],
    [500, 2001, ['status.disagree']],
    [404, 1000, ['status.disagree']],
    [503, 1000, ['status.disagree']],
    [400, 3000, ['status.disagree']],
    [403, 2000, ['status.http-error-for-content', 'status.forbidden']],
    [200, 2999, []],
    [200, 2777, ['status.unknown']],
  ])('HTTP %i with OCPI %i is worth %j', (http, ocpi, expected) => {
    expect(judge(http, envelope(ocpi)).findings.map(({ code }) => code)).toEqual(expected);
  });

  it('2.1.1 may answer wrong content with an HTTP error, and does not know 2004', () => {
    expect(judge(400, envelope(2001), { version: '2.1.1' }).findings).toEqual([]);
    expect(judge(200, envelope(2004), { version: '2.1.1' }).findings).toMatchObject([{ code: 'status.unknown' }]);
  });

  it('an error that holds an empty list is no empty list', () => {
    const verdict = judge(200, envelope(3000, []));
    expect(verdict.ok).toBe(false);
    expect(verdict.findings).toMatchObject([{ code: 'status.error-with-empty-list', severity: 'warning' }]);
  });

  it('an empty answer is success for a write, not where data is due', () => {
    expect(judge(204, readEnvelope(''), { method: 'PUT' })).toMatchObject({
      ok: true,
      findings: [{ code: 'status.no-content', severity: 'warning' }],
    });
    expect(judge(204, readEnvelope(''), { method: 'GET' }).ok).toBe(false);
    expect(judge(500, readEnvelope(''), { method: 'PUT' })).toMatchObject({
      ok: false,
      reason: 'HTTP 500 without a body',
    });
  });

  it('the reason says what came instead of an envelope', () => {
    expect(judge(502, readEnvelope('<html></html>')).reason).toBe('HTTP 502 with a body that is HTML, not JSON');
    expect(judge(200, readEnvelope('[]')).reason).toBe('HTTP 200 with a body that is no envelope');
    expect(judge(400, readEnvelope('oops')).reason).toBe('HTTP 400 with a body that is no JSON');
    expect(judge(200, readEnvelope('{"status_code":"x"}')).reason).toBe(
      'HTTP 200 with a body that is no usable envelope',
    );
  });
});
