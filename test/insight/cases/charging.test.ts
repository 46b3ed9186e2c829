import { describe, expect, it } from 'vitest';
import type { LiteralExchange } from '../../support/observed.ts';
import { found, shown } from '../found.ts';
import { answer, data, JSON_TYPE, secondsOn, session, TIMESTAMP, theySend, weRead, weSend } from './messages.ts';

const CARD =
  '{"country_code":"NL","party_id":"WBX","uid":"CARD1","type":"RFID","contract_id":"C1","issuer":"us","valid":true,"whitelist":"NEVER","last_updated":"2026-01-31T11:00:00Z"}';
const RESPONSE_URL = 'https://us.example/ocpi/2.2.1/commands/START_SESSION/17';

/** We ask for a session; the partner has 60 s for its result. */
const start = (result = 'ACCEPTED', more: Partial<LiteralExchange> = {}): LiteralExchange =>
  weSend(
    {
      method: 'POST',
      path: '/ocpi/2.2.1/commands/START_SESSION',
      body: `{"response_url":"${RESPONSE_URL}","token":${CARD},"location_id":"LOC1","evse_uid":"E1"}`,
    },
    answer(data(`{"result":"${result}","timeout":60}`)),
    { operation: 'commands.start-session', ...more },
  );
const result = (
  seconds: number,
  body = '{"result":"ACCEPTED"}',
  more: Partial<LiteralExchange> = {},
): LiteralExchange =>
  theySend(
    { method: 'POST', path: '/ocpi/2.2.1/commands/START_SESSION/17', body },
    { operation: 'commands.result', at: secondsOn(seconds), ...more },
  );
const began = (seconds: number, more: Parameters<typeof session>[0] = {}) =>
  theySend({ method: 'PUT', path: '/ocpi/2.2.1/sessions/NL/TNM/S1', body: session(more) }, { at: secondsOn(seconds) });

describe('commands', () => {
  it.each([
    [
      'wrapped in an envelope',
      [start(), result(10, `{"data":{"result":"ACCEPTED"},"status_code":1000,${TIMESTAMP}}`)],
      'command.enveloped',
    ],
    ['nested in its type', [start(), result(10, '{"CommandResult":{"result":"ACCEPTED"}}')], 'command.nested'],
    ['late', [start(), result(90)], 'result.late'],
    ['twice', [start(), result(10), result(20)], 'result.twice'],
    ['before the answer', [start('ACCEPTED', { took: 5000 }), result(2)], 'result.before-answer'],
    ['after a rejection', [start('REJECTED'), result(10)], 'result.after-rejection'],
    ['like an answer', [start(), result(10, '{"result":"ACCEPTED","timeout":30}')], 'result.is-response'],
  ] as const)('case 28: a result that comes %s', (_how, exchanges, code) => {
    expect(shown(28, found(exchanges))).toContain(code);
  });

  it('case 28: a result that never comes, or without a token; a session after TIMEOUT', () => {
    expect(shown(28, found([start()], { until: secondsOn(120) }))).toEqual(['result.never']);
    expect(shown(28, found([start()], { until: secondsOn(50) }))).toEqual([]);
    const bare = result(10);
    const anonymous = { ...bare, request: bare.request.replace(/Authorization: .*\n/, '') };
    expect(shown(28, found([start(), anonymous]))).toEqual(['result.unauthenticated']);
    const timedOut = result(30, '{"result":"TIMEOUT"}');
    expect(shown(28, found([start(), timedOut, began(60, { auth: 'COMMAND' })]))).toEqual(['session.after-timeout']);
    expect(shown(28, found([start(), timedOut, began(60, { auth: 'COMMAND', uid: 'CARD2' })]))).toEqual([]);
  });

  it('case 28: a result that was seen before what it answers is judged all the same', () => {
    const early = result(2, '{"result":"ACCEPTED"}', { took: 5 });
    expect(shown(28, found([early, start('ACCEPTED', { took: 5000 })]))).toEqual(['result.before-answer']);
  });

  it('case 28 is not seen where a result comes in time, or a reservation is withdrawn later', () => {
    expect(shown(28, found([start(), result(10), began(20, { auth: 'COMMAND' })], { until: secondsOn(600) }))).toEqual(
      [],
    );
    expect(shown(28, found([start('REJECTED')], { until: secondsOn(600) }))).toEqual([]);
  });
});

describe('authorizations', () => {
  const asks = (response: string | undefined, more: Partial<LiteralExchange> = {}): LiteralExchange => {
    const { response: _, ...asked } = theySend(
      { method: 'POST', path: '/ocpi/2.2.1/tokens/CARD1/authorize?type=RFID', body: '{"location_id":"LOC1"}' },
      { operation: 'tokens.authorize', ...more },
    );
    return response === undefined ? asked : { ...asked, response };
  };
  const says = (allowed: string) => answer(data(`{"allowed":"${allowed}","token":${CARD}}`)).replace(/OCPI-.*\n/g, '');
  const pushed = (whitelist: string, valid = true) =>
    weSend(
      {
        method: 'PUT',
        path: '/ocpi/2.2.1/tokens/NL/WBX/CARD1',
        body: CARD.replace('NEVER', whitelist).replace('true', String(valid)),
      },
      answer(`{"status_code":1000,${TIMESTAMP}}`),
      { operation: 'tokens.put' },
    );

  it('case 29: BLOCKED as an HTTP error', () => {
    const blocked = `HTTP/1.1 403 Forbidden\n${JSON_TYPE}\n\n{"data":{"allowed":"BLOCKED"},"status_code":2000,${TIMESTAMP}}`;
    expect(shown(29, found([asks(blocked)]))).toEqual(['authorize.http-error']);
    expect(shown(29, found([asks(says('BLOCKED'))]))).toEqual([]);
  });

  it('case 29: a session after a refusal, and after no answer at all', () => {
    expect(shown(29, found([asks(says('BLOCKED')), began(30)]))).toEqual(['session.after-refusal']);
    const silent = asks(undefined, { ended: { how: 'timeout', phase: 'total', afterMs: 5000 } });
    expect(shown(29, found([silent, began(30)]))).toEqual(['session.after-missed-deadline']);
    expect(shown(29, found([asks(says('ALLOWED')), began(30)]))).toEqual([]);
    expect(shown(29, found([pushed('ALLOWED_OFFLINE'), silent, began(30)]))).toEqual([]);
    const slow = asks(says('ALLOWED'), { took: 60_000 });
    expect(shown(29, found([slow, began(30)]))).toEqual(['session.after-missed-deadline']);
  });

  it('case 29: whitelist and valid combined wrongly', () => {
    expect(shown(29, found([pushed('NEVER'), began(30, { auth: 'WHITELIST' })]))).toEqual([
      'session.whitelist-ignored',
    ]);
    expect(shown(29, found([pushed('ALWAYS', false), began(30, { auth: 'WHITELIST' })]))).toEqual([
      'session.whitelist-ignored',
    ]);
    expect(shown(29, found([pushed('ALWAYS'), began(30, { auth: 'WHITELIST' })]))).toEqual([]);
    expect(shown(29, found([pushed('NEVER'), began(30, { auth: 'COMMAND' })]))).toEqual([]);
  });

  it('a session that was listed is judged by its beginning as one that was pushed', () => {
    const listed = weRead(
      '/ocpi/2.2.1/sessions?date_from=2026-01-01T00:00:00Z',
      answer(`{"data":[${session({ auth: 'WHITELIST' })}],"status_code":1000,${TIMESTAMP}}`, {
        more: 'X-Total-Count: 1\nX-Limit: 50',
      }),
      { operation: 'sessions.list', at: secondsOn(60) },
    );
    expect(shown(29, found([pushed('NEVER'), listed]))).toEqual(['session.whitelist-ignored']);
  });
});
