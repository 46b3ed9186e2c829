import { describe, expect, it } from 'vitest';
import type { ToldExchange } from '../../core/traffic-import/file-read.ts';
import { operationAt, operationOf } from '../../core/traffic-import/operation.ts';
import { recognise } from '../../core/traffic-import/recognise.ts';

const AT = Date.parse('2026-01-01T00:00:00Z');
const bytes = (json: unknown) => new Uint8Array(Buffer.from(typeof json === 'string' ? json : JSON.stringify(json)));

describe('an operation', () => {
  it.each([
    ['GET', 'https://x.example/ocpi/versions', 'versions.list', undefined],
    ['GET', 'https://x.example/ocpi/emsp/versions/', 'versions.list', undefined],
    ['GET', 'https://ocpi.x.example/2.2.1', 'versions.details', '2.2.1'],
    ['POST', 'https://x.example/ocpi/2.1.1/credentials', 'credentials.post', '2.1.1'],
    ['GET', 'https://x.example/api/cpo/2.2.1/locations?offset=0&limit=10', 'locations.list', '2.2.1'],
    ['HEAD', 'https://x.example/cpo/v2.2/locations', 'locations.list', '2.2.1'],
    ['GET', 'https://x.example/2.3.0/locations/LOC1', 'locations.get', '2.3.0'],
    ['GET', 'https://x.example/2.2.1/sender/locations/LOC1/EVSE1/1', 'locations.get-connector', '2.2.1'],
    ['GET', 'https://x.example/2.2.1/locations/NL/TNM/LOC1', 'locations.get-pushed', '2.2.1'],
    ['PUT', 'https://x.example/emsp/2_2_1/locations/NL/TNM/LOC1/E1', 'locations.put-evse', '2.2.1'],
    ['PATCH', 'https://x.example/ocpi/2.1.1/emsp/sessions/NL/TNM/S1', 'sessions.patch', '2.1.1'],
    ['POST', 'https://x.example/ocpi/emsp/2.2.1/tokens/UID1/authorize?type=RFID', 'tokens.authorize', '2.2.1'],
    ['GET', 'https://x.example/ocpi/cpo/2.2.1/tokens/NL/TNM/UID1', 'tokens.get-pushed', '2.2.1'],
    ['POST', 'https://x.example/2.2.1/commands/START_SESSION', 'commands.start-session', '2.2.1'],
    ['POST', 'https://x.example/2.2.1/commands/START_SESSION/42', 'commands.result', '2.2.1'],
    ['GET', 'https://x.example/ocpi/2.2.1/cdrs/CDR1', 'cdrs.get-pushed', '2.2.1'],
    ['GET', 'https://x.example/ocpi/locations', 'locations.list', undefined],
    ['PUT', '/ocpi/2.2.1/receiver/tariffs/NL/TNM/T%2F1', 'tariffs.put', '2.2.1'],
  ])('%s %s is %s', (method, url, id, version) => {
    const found = operationOf({ method, url, surely: false });
    expect([found?.entry.id, found?.version]).toEqual([id, version]);
  });

  it('is not seen in what only looks a little like it', () => {
    for (const url of [
      'https://x.example/locations',
      'https://x.example/api/versions',
      'https://x.example/2.2.1',
      'https://x.example/2.2.1/static/app.js',
      'https://x.example/1.0/locations',
      'https://x.example/2.2.1/locations/a/b/c/d/e',
    ]) {
      expect(operationOf({ method: 'GET', url, surely: false })).toBeUndefined();
    }
    expect(operationOf({ method: 'GET', url: 'https://x.example/locations', surely: true })?.entry.id).toBe(
      'locations.list',
    );
  });

  it('is found by the endpoints of a partner wherever they lie', () => {
    const endpoints = [
      { identifier: 'locations', role: 'SENDER', url: 'https://x.example/a' },
      { identifier: 'tokens', role: 'RECEIVER', url: 'https://x.example/a/b/' },
      { identifier: 'made_up', url: 'https://x.example/c' },
    ];
    const at = (method: string, url: string) => operationAt(endpoints, { method, url, version: '2.2.1' })?.entry.id;
    expect(at('GET', 'https://x.example/a?limit=1')).toBe('locations.list');
    expect(at('PUT', 'https://x.example/a/b/NL/TNM/UID')).toBe('tokens.put');
    expect(at('GET', 'https://x.example/c')).toBeUndefined();
    expect(at('GET', 'https://x.example/other')).toBeUndefined();
  });
});

describe('traffic that was recorded elsewhere', () => {
  const told: ToldExchange = {
    where: 'line 1',
    direction: 'out',
    startedAt: AT - 1000,
    request: {
      method: 'GET',
      url: 'https://x.example/ocpi/2.2.1/locations',
      headers: [
        ['Authorization', 'Token abc'],
        ['X-Request-ID', 'r1'],
        ['X-Correlation-ID', 'c1'],
        ['OCPI-from-country-code', 'NL'],
        ['OCPI-from-party-id', 'WBX'],
        ['OCPI-to-country-code', 'DE'],
        ['OCPI-to-party-id', 'ABC'],
      ],
    },
    response: {
      status: 200,
      statusText: 'OK',
      headers: [
        ['X-Request-ID', 'r2'],
        ['X-Correlation-ID', 'c1'],
      ],
      body: bytes({ status_code: 1000, timestamp: '2026-01-01T00:00:00Z', data: [{ id: 'LOC1', country_code: 7 }] }),
    },
  };

  it('gets version, operation, ids, parties, OCPI status and the findings that live traffic gets', () => {
    const { record, isOcpi } = recognise(told, { at: AT });
    expect(isOcpi).toBe(true);
    expect(record).toMatchObject({
      operation: 'locations.list',
      version: '2.2.1',
      startedAt: AT - 1000,
      ended: { how: 'complete' },
      ocpiStatus: 1000,
      requestId: 'r1',
      correlationId: 'c1',
      fromParty: 'NL-WBX',
      toParty: 'DE-ABC',
    });
    const codes = record.findings.map(({ code, pointer }) => `${code} ${pointer}`);
    expect(codes).toContain('message-id.changed header:X-Request-ID');
    expect(codes.some(code => code.endsWith(' /data/0/country_code'))).toBe(true);
  });

  it('has what is wrong with the other message marked as such', () => {
    const put = {
      method: 'PUT',
      url: 'https://x.example/ocpi/2.2.1/receiver/locations/NL/TNM/LOC2',
      body: bytes({ id: 'LOC1' }),
    };
    const out = recognise({ where: '', direction: 'out', request: { ...put, headers: [] } }, { at: AT }).record;
    expect(out.findings.every(({ pointer }) => pointer.startsWith('request: '))).toBe(true);
    expect(out.findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['id.mismatch', 'message-id.missing', 'routing.missing']),
    );
    const incoming = recognise({ where: '', direction: 'in', request: put }, { at: AT }).record;
    expect(incoming.ended).toEqual({ how: 'unknown' });
    // Where the file has no headers none are missed.
    expect(incoming.findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['id.mismatch']));
    expect(incoming.findings.map(({ code }) => code)).not.toContain('message-id.missing');
  });

  it('is OCPI by its envelope alone, whatever the URL; anything else is kept as unknown', () => {
    const envelope = bytes({ status_code: 2001, status_message: 'no', timestamp: '2026-01-01T00:00:00Z' });
    const answer = (body: Uint8Array): ToldExchange => ({
      where: '',
      direction: 'out',
      request: { method: 'GET', url: 'https://x.example/elsewhere' },
      response: { status: 200, statusText: '', body },
    });
    expect(recognise(answer(envelope), { at: AT })).toMatchObject({
      isOcpi: true,
      record: { operation: 'unknown', ocpiStatus: 2001 },
    });
    const other = recognise(answer(bytes({ status_code: 200 })), { at: AT });
    expect(other).toMatchObject({ isOcpi: false, record: { operation: 'unknown', findings: [] } });
    expect(other.record.ocpiStatus).toBeUndefined();
  });

  it('has an answer read that stands decoded beside its Content-Encoding', () => {
    const { response } = told;
    const coded = {
      ...told,
      response: { ...response, status: 200, statusText: '', headers: [['Content-Encoding', 'br']] as const },
    };
    expect(recognise(coded, { at: AT }).record.ocpiStatus).toBe(1000);
  });

  it('has its moment taken for that of the import where it has none, or one still to come', () => {
    const { startedAt: _, ...undated } = told;
    expect(recognise(undated, { at: AT }).record.startedAt).toBe(AT);
    expect(recognise({ ...told, startedAt: AT + 5 }, { at: AT }).record.startedAt).toBe(AT);
  });
});
