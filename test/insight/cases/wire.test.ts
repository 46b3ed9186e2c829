import { describe, expect, it } from 'vitest';
import type { LiteralExchange } from '../../support/observed.ts';
import { found, shown } from '../found.ts';
import {
  answer,
  FINE,
  HOST,
  IDS,
  JSON_TYPE,
  list,
  location,
  secondsOn,
  TIMESTAMP,
  TO_THEM,
  TO_US,
  theySend,
  WITH_C,
  weRead,
  weSend,
} from './messages.ts';

const LIST = '/ocpi/2.2.1/locations';
const GOOD = answer(list(location()), { more: 'X-Total-Count: 1\nX-Limit: 50' });
const PUT = { method: 'PUT', path: '/ocpi/2.2.1/locations/NL/WBX/LOC1', body: location().replace('TNM', 'WBX') };

describe('what only the wire shows', () => {
  it.each(['301 Moved Permanently', '307 Temporary Redirect', '308 Permanent Redirect'])(
    'case 10: a slash that decides between an answer and %s',
    status => {
      const redirect = weRead(LIST, `HTTP/1.1 ${status}\nLocation: ${HOST}${LIST}/\nContent-Length: 0\n\n`);
      expect(shown(10, found([redirect]))).toEqual(['wire.redirect-followed', 'wire.slash-redirect']);
      expect(shown(10, found([weRead(LIST, GOOD)]))).toEqual([]);
    },
  );

  it('case 10: 404 with one spelling, and a redirect on which the token or the body is lost', () => {
    const missing = weRead(
      `${LIST}/`,
      answer(`{"status_code":2000,${TIMESTAMP}}`, { start: 'HTTP/1.1 404 Not Found' }),
    );
    const there = weRead(LIST, GOOD, { at: secondsOn(1) });
    expect(shown(10, found([missing, there]))).toEqual(['wire.slash-decides']);
    // Another object is another path.
    expect(shown(10, found([missing, weRead('/ocpi/2.2.1/tariffs', GOOD, { at: secondsOn(1) })]))).toEqual([]);
    const moved = weSend(PUT, `HTTP/1.1 301 Moved Permanently\nLocation: ${HOST}/new/LOC1\n\n`);
    const lossy: LiteralExchange = {
      operation: 'locations.put',
      version: '2.2.1',
      request: `GET ${HOST}/new/LOC1 HTTP/1.1\nHost: partner.example\n${IDS}\n\n`,
      response: answer(FINE),
      at: secondsOn(1),
    };
    expect(shown(10, found([moved, lossy]))).toEqual(['wire.redirect-lossy', 'wire.redirect-refused']);
    const whole = { ...weSend({ ...PUT, path: '/new/LOC1' }, answer(FINE)), at: secondsOn(1) };
    expect(shown(10, found([moved, whole]))).toEqual(['wire.redirect-refused']);
  });

  it.each([
    ['without Z', '2026-01-31T11:00:00', 'date-time.no-zone'],
    ['with +00:00', '2026-01-31T11:00:00+00:00', 'date-time.offset'],
    ['with second 66', '2026-01-31T11:00:66Z', 'date-time.unusable'],
    ['with a fraction that is too long', '2026-01-31T11:00:00.1234567Z', 'date-time.too-long'],
    ['without seconds', '2026-01-31T11:00Z', 'date-time.spelling'],
  ])('case 16: a date %s', (_what, updated, code) => {
    const read = weRead(LIST, answer(list(location({ updated })), { more: 'X-Total-Count: 1\nX-Limit: 50' }));
    expect(shown(16, found([read]))).toEqual([code]);
    const pushed = theySend(
      { method: 'PUT', path: '/ocpi/2.2.1/locations/NL/TNM/LOC1', body: location({ updated }) },
      { operation: 'locations.put' },
    );
    expect(shown(16, found([pushed]))).toEqual([code]);
  });

  it('case 16 is not seen where dates are as they should be, with a short fraction too', () => {
    expect(shown(16, found([weRead(LIST, GOOD)]))).toEqual([]);
    const fraction = weRead(
      LIST,
      answer(list(location({ updated: '2026-01-31T11:00:00.12Z' })), { more: 'X-Total-Count: 1\nX-Limit: 50' }),
    );
    expect(shown(16, found([fraction]))).toEqual([]);
  });

  it.each([
    ['HTTP/1.1 200 OK', 2001, 'status.error-in-success'],
    ['HTTP/1.1 404 Not Found', 2003, 'status.http-error-for-content'],
    ['HTTP/1.1 500 Internal Server Error', 2001, 'status.disagree'],
    ['HTTP/1.1 400 Bad Request', 1000, 'status.disagree'],
    ['HTTP/1.1 404 Not Found', 3000, 'status.disagree'],
  ])('case 17: %s with OCPI %i', (start, code, finding) => {
    const body = `{"status_code":${code},"status_message":"see there",${TIMESTAMP}}`;
    expect(shown(17, found([weSend(PUT, answer(body, { start }))]))).toEqual([finding]);
  });

  it('case 17 is not seen where both say the same', () => {
    expect(shown(17, found([weSend(PUT, answer(FINE))]))).toEqual([]);
    expect(
      shown(
        17,
        found([
          weSend(PUT, answer(`{"status_code":3000,${TIMESTAMP}}`, { start: 'HTTP/1.1 500 Internal Server Error' })),
        ]),
      ),
    ).toEqual([]);
    // T7: an unknown token is 404 and 2004.
    const unknown = weSend(
      { method: 'POST', path: '/ocpi/2.2.1/tokens/CARD1/authorize', body: '' },
      answer(`{"status_code":2004,${TIMESTAMP}}`, { start: 'HTTP/1.1 404 Not Found' }),
      { operation: 'tokens.authorize' },
    );
    expect(shown(17, found([unknown]))).toEqual([]);
  });

  it('case 20: ids that are absent from an error, changed, or written twice', () => {
    const error = `HTTP/1.1 500 Internal Server Error\n${JSON_TYPE}\n\n{"status_code":3000,${TIMESTAMP}}`;
    expect(shown(20, found([weRead(LIST, error)]))).toEqual(['message-id.missing']);
    expect(shown(20, found([weRead(LIST, GOOD.replace('req-1', 'req-2'))]))).toEqual(['message-id.changed']);
    expect(
      shown(20, found([weRead(LIST, GOOD.replace('X-Request-ID: req-1', 'X-Request-ID: req-1\nX-Request-ID: req-2'))])),
    ).toEqual(['message-id.repeated']);
    expect(shown(20, found([weRead(LIST, GOOD)]))).toEqual([]);
    const old = weRead(LIST, error, { version: '2.1.1' });
    expect(shown(20, found([old]))).toEqual([]);
  });

  it('case 21: routing headers that are missing, swapped, cut in half, or addressed to oneself', () => {
    const bare = weRead(LIST, GOOD);
    const without = { ...bare, request: bare.request.replace(`${TO_THEM}\n`, '') };
    expect(shown(21, found([without]))).toEqual(['routing.missing']);
    expect(shown(21, found([weRead(LIST, GOOD.replace(TO_US, TO_THEM))]))).toEqual(['routing.swapped']);
    expect(shown(21, found([{ ...bare, request: bare.request.replace('OCPI-to-country-code: NL\n', '') }]))).toEqual([
      'routing.incomplete',
    ]);
    const self = TO_US.replaceAll('WBX', 'TNM');
    const empty = answer(list(), { more: 'X-Total-Count: 0\nX-Limit: 50' }).replace(TO_US, self);
    expect(shown(21, found([weRead(LIST, empty)]))).toEqual([
      'paging.list.self-addressed',
      'routing.self-addressed',
      'routing.swapped',
    ]);
    expect(shown(21, found([bare]))).toEqual([]);
    // T40: many leave them out of answers, and a hub answers for itself in a broadcast.
    expect(shown(21, found([weRead(LIST, GOOD.replace(`${TO_US}\n`, ''))]))).toEqual([]);
  });

  it('case 22: a party that differs in URL, header and body', () => {
    const push = (path: string, body: string) =>
      theySend({ method: 'PUT', path, body }, { operation: 'locations.put' });
    expect(shown(22, found([push('/ocpi/2.2.1/locations/NL/ABC/LOC1', location())]))).toEqual([
      'party.mismatch',
      'routing.other-party',
    ]);
    expect(shown(22, found([push('/ocpi/2.2.1/locations/NL/ABC/LOC1', location().replace('TNM', 'ABC'))]))).toEqual([
      'routing.other-party',
    ]);
    expect(shown(22, found([push('/ocpi/2.2.1/locations/nl/tnm/LOC1', location())]))).toEqual([]);
  });

  it('case 23: ids that change case between URL and body, and on the way', () => {
    const push = (path: string, body: string) =>
      theySend({ method: 'PUT', path, body }, { operation: 'locations.put' });
    expect(shown(23, found([push('/ocpi/2.2.1/locations/NL/TNM/loc1', location())]))).toContain('id.case');
    const sent = weSend(PUT, answer(FINE));
    const back = weRead(
      '/ocpi/2.2.1/locations/NL/WBX/loc1',
      answer(`{"data":${location({ id: 'loc1' })},"status_code":1000,${TIMESTAMP}}`),
      { operation: 'locations.get-pushed', at: secondsOn(1) },
    );
    expect(shown(23, found([sent, back]))).toEqual(['id.case-changed']);
    const right = weRead(
      '/ocpi/2.2.1/locations/NL/WBX/LOC1',
      answer(`{"data":${location()},"status_code":1000,${TIMESTAMP}}`),
      { operation: 'locations.get-pushed', at: secondsOn(1) },
    );
    expect(shown(23, found([sent, right]))).toEqual([]);
  });

  it('an answer that was cut, or never came, is judged as far as it goes', () => {
    const cut = weRead(LIST, GOOD, { ended: { how: 'cut', received: 10 } });
    const none: LiteralExchange = {
      operation: 'locations.list',
      version: '2.2.1',
      request: `GET ${HOST}${LIST} HTTP/1.1\n${WITH_C}\n${IDS}\n${TO_THEM}\n\n`,
      ended: { how: 'timeout', phase: 'first-byte', afterMs: 1000 },
    };
    expect(found([cut, none])).toEqual([]);
  });
});
