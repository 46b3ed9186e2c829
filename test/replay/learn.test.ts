import { describe, expect, it } from 'vitest';
import { learn } from '../../core/replay/learn.ts';
import { answerMarks, expectedAnswer } from '../../core/replay/rebase/expected.ts';
import { bodyOf, CDR, COMMAND, CUSTOMER, PATH, planned, ready, SESSION, step, tryReady } from './support/planned.ts';
import { said, surroundings, things } from './support/recorded.ts';

describe('answers', () => {
  const asking = [
    said({
      operation: 'tokens.authorize',
      path: '/TOK1/authorize?type=RFID',
      body: { location_id: 'LOC1', evse_uids: ['E1'] },
      data: { allowed: 'ALLOWED', token: CUSTOMER, authorization_reference: 'REF-OLD' },
    }),
    said({ operation: 'sessions.put', path: PATH, at: 5, body: { ...SESSION, authorization_reference: 'REF-OLD' } }),
  ];

  it('tell what the partner made: the reference of an authorization', () => {
    const plan = planned(asking);
    expect(ready(plan, 1).url).toBe('https://acme.example/sender/tokens/TOK1/authorize?type=RFID');
    const data = { allowed: 'ALLOWED', token: CUSTOMER, authorization_reference: 'REF-NEW' };
    learn(plan, step(plan, 1), said({ operation: 'tokens.authorize', path: '/TOK1/authorize', data }));
    expect(bodyOf(ready(plan, 2))['authorization_reference']).toBe('REF-NEW');
  });

  it('are expected as they would be said now', () => {
    const plan = planned(asking);
    const text = expectedAnswer(plan, step(plan, 1))?.text ?? '';
    expect(JSON.parse(text)).toMatchObject({
      data: { token: { party_id: 'ACM' } },
      timestamp: '2026-01-15T12:00:00.000Z',
    });
    expect(answerMarks(plan, step(plan, 1))).toContainEqual({
      pointer: '/data/authorization_reference',
      kind: 'authorization_reference',
      from: 'REF-OLD',
      to: undefined,
    });
  });

  it('tell where a CDR is kept, so that it is read back there', () => {
    const plan = planned([
      said({
        operation: 'cdrs.post',
        body: CDR,
        answerHeaders: [['Location', 'https://then.example/cdrs/77']],
      }),
      said({ operation: 'cdrs.get-pushed', url: 'https://then.example/cdrs/77', at: 1 }),
    ]);
    expect(tryReady(plan, 2)).toMatchObject({ ok: false });
    const url = 'https://acme.example/receiver/cdrs';
    learn(plan, step(plan, 1), said({ operation: 'cdrs.post', url, answerHeaders: [['Location', '/kept/5']] }));
    expect(ready(plan, 2).url).toBe('https://acme.example/kept/5');
  });

  it('that are lists bind nothing', () => {
    const plan = planned([said({ operation: 'sessions.list', data: [SESSION] })]);
    learn(plan, step(plan, 1), said({ operation: 'sessions.list', data: [{ ...SESSION, id: 'ANY' }] }));
    expect(plan.mapping.get('session', 'SES-1001-AB')).toBeUndefined();
    expect(plan.view.rewrites.some(({ kind }) => kind === 'session')).toBe(false);
  });
});

describe('a request', () => {
  it('sends a broken body as broken, with the ids before the place where it breaks rewritten', () => {
    const body = '{"id":"SES-1001-AB","kwh":1.0,"kwh":2.50,,"location_id":"LOC1';
    const plan = planned([said({ operation: 'sessions.put', path: PATH, body })]);
    expect(ready(plan, 1).text).toBe(body.replace('SES-1001-AB', plan.mapping.get('session', 'SES-1001-AB') ?? ''));
    expect(plan.view.notes.some(note => note.startsWith('The body of step 1 is no JSON'))).toBe(true);
  });

  it('sends a request to a custom module below the endpoint that is called so', () => {
    const exchange = said({
      operation: 'unknown',
      url: 'https://then.example/x/acme_extras/a%20b?c=1',
      body: '{"d":1}',
    });
    const endpoints = [{ identifier: 'acme_extras', role: 'RECEIVER', url: 'https://acme.example/extras' }];
    const plan = planned([exchange], surroundings({ endpoints }));
    expect(ready(plan, 1)).toMatchObject({ url: 'https://acme.example/extras/a%20b?c=1', text: '{"d":1}' });
  });

  it('keeps headers somebody set on purpose, and no others', () => {
    const headers = [
      ['Authorization', 'Token {token:abc:raw:10}'],
      ['content-type', 'text/plain'],
      ['X-Trace', 'yes'],
      ['X-Request-ID', 'r'],
      ['OCPI-to-party-id', 'THR'],
      ['X-Secret', '{token:abc:raw:10}'],
      ['Host', 'then.example'],
    ] as const;
    const plan = planned([said({ operation: 'sessions.put', path: PATH, body: SESSION, headers })]);
    expect(ready(plan, 1).headers).toEqual([
      ['content-type', 'text/plain'],
      ['X-Trace', 'yes'],
    ]);
  });
});

it('a party that is neither side stays what it is', () => {
  const body = { country_code: 'BE', party_id: 'XYZ', role: 'CPO', status: 'CONNECTED' };
  const endpoints = [{ identifier: 'hubclientinfo', role: 'RECEIVER', url: 'https://acme.example/hub' }];
  const plan = planned([said({ operation: 'hubclientinfo.put', path: '/BE/XYZ', body })], surroundings({ endpoints }));
  expect(ready(plan, 1)).toMatchObject({ url: 'https://acme.example/hub/BE/XYZ', text: JSON.stringify(body) });
});

describe('what the partner chose decides what we say next', () => {
  const asked = (changed: object) =>
    said({
      operation: 'commands.start-session',
      direction: 'in',
      path: '/START_SESSION',
      body: { ...COMMAND, ...changed },
    });

  it('the EVSE and connector are ones of the location it named', () => {
    const { evse_uid: _evse, connector_id: _connector, ...command } = COMMAND;
    const places = [
      { location: 'L1', evse: 'E11', connector: '1', available: true },
      { location: 'L2', evse: 'E21', connector: '7', available: true },
    ];
    const recorded = [
      said({ operation: 'commands.start-session', direction: 'in', path: '/START_SESSION', body: command }),
      said({ operation: 'sessions.put', path: PATH, at: 5, body: SESSION }),
    ];
    const ours = things({ parties: [{ countryCode: 'SE', partyId: 'WBX' }], places });
    const plan = planned(recorded, surroundings({ ours }));
    learn(plan, step(plan, 1), asked({ location_id: 'L2' }));
    expect(bodyOf(ready(plan, 2))).toMatchObject({ location_id: 'L2', evse_uid: 'E21', connector_id: '7' });
  });

  it('each result goes where its own command said, also where the recording had one URL for all', () => {
    const command = (at: number) =>
      said({ operation: 'commands.start-session', direction: 'in', path: '/START_SESSION', at, body: COMMAND });
    const result = (at: number) =>
      said({ operation: 'commands.result', url: 'https://us.then/r/1', at, body: { result: 'ACCEPTED' } });
    const plan = planned([command(0), result(1), command(2), result(3)]);
    for (const [no, url] of [
      [1, 'https://acme.example/r/a'],
      [3, 'https://acme.example/r/b'],
    ] as const) {
      learn(plan, step(plan, no), asked({ response_url: url }));
      expect(ready(plan, no + 1).url).toBe(url);
    }
  });

  it('a token of our own for one charge is a new one', () => {
    const token = { ...CUSTOMER, country_code: 'NL', party_id: 'OUR', type: 'AD_HOC_USER', uid: 'ADHOC-0001-XY' };
    const plan = planned([said({ operation: 'sessions.put', path: PATH, body: { ...SESSION, cdr_token: token } })]);
    const { cdr_token: now } = bodyOf(ready(plan, 1));
    expect(now).toMatchObject({ party_id: 'WBX', uid: expect.stringMatching(/^[A-Z]{5}-\d{4}-[A-Z]{2}$/) });
    expect(now).not.toMatchObject({ uid: 'ADHOC-0001-XY' });
  });
});
