import { describe, expect, it } from 'vitest';
import { createGathering } from '../../../core/insight/transactions/gathering.ts';
import { VERSIONS } from '../../../core/ocpi/versions.ts';
import { type LiteralExchange, observed } from '../../support/observed.ts';
import { messagesOf } from './charge-messages.ts';
import { createMapStore } from './map-store.ts';
import { putTogether } from './put-together.ts';

const WE = ['emsp', 'cpo'] as const;
const BOTH = VERSIONS.flatMap(version => WE.map(we => ({ version, we })));
const NEWER = BOTH.filter(({ version }) => version !== '2.1.1');

describe.each(BOTH)('in OCPI $version, where we are the $we', speaking => {
  const say = messagesOf(speaking);

  it('command, result, session and CDR of a remote start are one transaction', () => {
    const made = putTogether([
      say.start(0),
      say.result(0.2),
      say.put({ minute: 1, auth: 'COMMAND' }),
      say.patch(10, '"kwh":5'),
      say.stop(30),
      say.result(30.2, { url: '/results/18' }),
      say.put({ minute: 31, begin: 1, status: 'COMPLETED', kwh: 10, end: 31 }),
      say.bill(32, say.cdrObject()),
    ]);
    expect(made.groups).toEqual([[0, 1, 2, 3, 4, 5, 6, 7]]);
    expect(made.charges[0]).toMatchObject({ side: speaking.we === 'cpo' ? 'ours' : 'theirs', sessionId: 'S1' });
    expect(made.state()).toBe('billed');
    expect(made.view().problems).toEqual([]);
    expect(made.why.slice(0, 3)).toEqual([
      '0 the first of it',
      '1 it came to the response_url',
      '2 the same token at the same EVSE, within 15 minutes',
    ]);
  });

  it('an authorization belongs to the session that follows it, by token and EVSE', () => {
    const made = putTogether([
      say.tokenPut(-5, 'CARD1'),
      say.authorize(0),
      say.put({ minute: 1 }),
      say.bill(32, say.cdrObject()),
    ]);
    expect(made.groups).toEqual([[1, 2, 3]]);
    expect(made.why[1]).toBe('2 the same token at the same EVSE, within 15 minutes');
  });

  it('what was refused belongs to it as well, and bills nothing', () => {
    const made = putTogether([
      say.put({ minute: 1, refused: true }),
      say.put({ minute: 2, begin: 1 }),
      say.bill(32, say.cdrObject(), { refused: true }),
    ]);
    expect(made.groups).toEqual([[0, 1, 2]]);
    expect(made.state()).toBe('charging, open');
    expect(putTogether([say.bill(32, say.cdrObject(), { refused: true })]).state()).toBe('ended, open');
  });

  it('a result whose URL nobody gave belongs to the command with its X-Correlation-ID, other things do not', () => {
    const withId = (literal: LiteralExchange) => ({
      ...literal,
      request: literal.request.replace(/X-Correlation-ID: \S+/, 'X-Correlation-ID: same'),
    });
    const made = putTogether([
      withId(say.start(0)),
      withId(say.result(0.1, { url: '/rewritten' })),
      withId(say.start(20, { evse: 'E2', url: 'https://emsp.example/results/21' })),
    ]);
    expect(made.groups).toEqual([[0, 1], [2]]);
    expect(made.why[1]).toBe('1 the same X-Correlation-ID');
  });

  it('of a page that is not kept whole, what is there is used', () => {
    const page = say.listed(10, [
      say.sessionObject({ minute: 9 }),
      say.sessionObject({ id: 'S2', minute: 9, uid: 'CARD2' }),
    ]);
    const whole = observed(page);
    const text = whole.response?.text ?? '';
    const cut = text.slice(0, text.indexOf('"S2"'));
    const store = createMapStore();
    createGathering(store).see({
      ...whole,
      response: { headers: [], status: 200, statusText: 'OK', text: cut, length: text.length, shortened: true },
    });
    expect(store.charges().map(({ sessionId }) => sessionId)).toEqual(['S1']);
  });

  it('two charges of one token at two EVSEs stay two', () => {
    const made = putTogether([
      say.start(0, { evse: 'E1' }),
      say.start(0.1, { evse: 'E2', url: 'https://emsp.example/results/21' }),
      say.put({ minute: 1, id: 'S2', evse: 'E2' }),
      say.put({ minute: 1.1, id: 'S1', evse: 'E1' }),
      say.bill(33, say.cdrObject({ id: 'D2', session: 'S2', evse: 'E2' })),
      say.bill(34, say.cdrObject({ begin: 1.1 })),
    ]);
    expect(made.groups).toEqual([
      [0, 3, 5],
      [1, 2, 4],
    ]);
  });

  it('two sessions one after the other, of one token at one EVSE, stay two', () => {
    const made = putTogether([
      say.start(0),
      say.put({ minute: 1 }),
      say.put({ minute: 5, begin: 1, status: 'COMPLETED', kwh: 1 }),
      say.start(6, { url: 'https://emsp.example/results/22' }),
      say.put({ minute: 7, id: 'S2' }),
      say.bill(8, say.cdrObject({ end: 5, kwh: 1 })),
      say.put({ minute: 20, id: 'S2', begin: 7, status: 'COMPLETED', kwh: 2 }),
      say.bill(21, say.cdrObject({ id: 'D2', session: 'S2', begin: 7, end: 20, kwh: 2 })),
    ]);
    expect(made.groups).toEqual([
      [0, 1, 2, 5],
      [3, 4, 6, 7],
    ]);
  });

  it('what comes too late, or for another customer, is another charge', () => {
    const late = putTogether([say.start(0), say.put({ minute: 17 })]);
    expect(late.groups).toEqual([[0], [1]]);
    const other = putTogether([say.start(0), say.put({ minute: 1, uid: 'CARD2' })]);
    expect(other.groups).toEqual([[0], [1]]);
  });

  it('two commands with the same response_url stay two, and each result goes to the newest', () => {
    const made = putTogether([say.start(0), say.result(0.1), say.start(20, { evse: 'E2' }), say.result(20.1)]);
    expect(made.groups).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it.each([
    ['a result before what it answers', [1, 0, 2, 3]],
    ['a session before the command that began it', [0, 2, 1, 3]],
    ['a CDR before its session', [0, 1, 3, 2]],
  ])('%s is put together all the same', (_what, order) => {
    const exchanges = [
      say.start(0, { reference: 'REF1' }),
      say.result(0.1),
      say.put({ minute: 0.2, auth: 'COMMAND' }),
      say.bill(32, say.cdrObject({ begin: 0.2 })),
    ];
    const made = putTogether(order.flatMap(place => exchanges[place] ?? []));
    expect(made.groups).toEqual([[0, 1, 2, 3]]);
  });

  it('an unlocked connector belongs to the charge at its EVSE, and alone is none', () => {
    expect(putTogether([say.unlock(0), say.result(0.1, { url: '/results/20' })]).groups).toEqual([]);
    const made = putTogether([say.put({ minute: 0 }), say.unlock(5), say.result(6, { url: '/results/20' })]);
    expect(made.groups).toEqual([[0, 1, 2]]);
    expect(putTogether([say.put({ minute: 0 }), say.unlock(5, { evse: 'E2' })]).groups).toEqual([[0]]);
  });

  it('a reservation belongs to the session that begins while it holds', () => {
    const made = putTogether([say.reserve(0), say.result(0.1, { url: '/results/19' }), say.put({ minute: 50 })]);
    expect(made.groups).toEqual([[0, 1, 2]]);
    const before = putTogether([say.reserve(0), say.result(0.1, { url: '/results/19' })]);
    expect([before.state(0, 30), before.state(0, 61)]).toEqual(['reserved, open', 'reserved']);
  });

  it('a page of sessions belongs to several transactions, and begins those nobody knew', () => {
    const made = putTogether([
      say.put({ minute: 1 }),
      say.listed(10, [
        say.sessionObject({ minute: 9, begin: 1, kwh: 3 }),
        say.sessionObject({ id: 'S2', minute: 9, evse: 'E2', uid: 'CARD2' }),
        say.sessionObject({ id: 'S3', minute: 9, evse: 'E3', uid: 'CARD3' }),
      ]),
      say.patch(11, '"kwh":4', { id: 'S3' }),
    ]);
    expect(made.groups).toEqual([[0, 1], [1], [1, 2]]);
    expect(new Set(made.charges.map(({ id }) => id)).size).toBe(3);
    expect(made.view().points[1]).toMatchObject({ title: 'session list', kwh: 3 });
  });

  it('what ends before it begins is refused, whoever refuses it', () => {
    expect(putTogether([say.start(0, { result: 'REJECTED' })]).state()).toBe('refused');
    expect(putTogether([say.authorize(0, { allowed: 'BLOCKED' })]).state()).toBe('refused');
    expect(putTogether([say.start(0), say.result(1, { result: 'TIMEOUT' })]).state()).toBe('refused');
    const silent = putTogether([say.start(0)]);
    expect([silent.state(0, 0.5), silent.state(0, 3)]).toEqual(['asked, open', 'refused']);
    const allowed = putTogether([say.authorize(0)]);
    expect([allowed.state(0, 5), allowed.state(0, 20)]).toEqual(['authorized, open', 'authorized']);
  });

  it('seeing an exchange again changes nothing', () => {
    const exchanges = [say.start(0), say.result(0.2), say.put({ minute: 1 }), say.bill(32, say.cdrObject())].map(
      observed,
    );
    const store = createMapStore();
    const gathering = createGathering(store);
    for (const one of exchanges) gathering.see(one);
    const before = JSON.stringify([store.charges(), store.members()]);
    for (const one of exchanges) gathering.see(one);
    expect(JSON.stringify([store.charges(), store.members()])).toBe(before);
  });
});

describe.each(NEWER)('in OCPI $version, where we are the $we', speaking => {
  const say = messagesOf(speaking);

  it('the authorization_reference ties what nothing else does', () => {
    const made = putTogether([
      say.authorize(0, { reference: 'REF1', place: false }),
      say.put({ minute: 40, reference: 'ref1', uid: 'CARD9' }),
    ]);
    expect(made.groups).toEqual([[0, 1]]);
    expect(made.why[1]).toBe('1 the same authorization_reference');
  });

  it('a reference that is used for everything does not make one charge of two sessions', () => {
    const made = putTogether([
      say.put({ minute: 0, reference: 'ALWAYS' }),
      say.put({ minute: 40, id: 'S2', reference: 'ALWAYS' }),
      say.bill(60, say.cdrObject({ more: '"authorization_reference":"ALWAYS",' })),
    ]);
    expect(made.groups).toEqual([[0, 2], [1]]);
  });

  it('charging preferences and profiles belong to the session they name, and their results with them', () => {
    const made = putTogether([
      say.put({ minute: 0 }),
      say.preferences(1),
      say.profile(2),
      say.result(2.1, { url: '/results/30' }),
      say.preferences(3, { session: 'S9' }),
    ]);
    expect(made.groups).toEqual([[0, 1, 2, 3]]);
    expect(made.view().points.map(({ kind }) => kind)).toEqual(['session', 'preferences', 'profile', 'result']);
  });

  it('a credit CDR belongs to the one it takes back, and the next one bills anew', () => {
    const credit = say.cdrObject({ id: 'D1-C', more: '"credit":true,"credit_reference_id":"D1",' });
    const first = [say.put({ minute: 1 }), say.bill(32, say.cdrObject()), say.bill(40, credit)];
    expect(putTogether(first).state()).toBe('credited, open');
    const made = putTogether([...first, say.bill(41, say.cdrObject({ id: 'D2' }))]);
    expect(made.groups).toEqual([[0, 1, 2, 3]]);
    expect(made.view()).toMatchObject({ state: 'billed', cdr: 'D2' });
  });

  it('sessions of two parties with the same id are two', () => {
    const other = (minute: number) => {
      const put = say.put({ minute });
      const request = put.request
        .replace('/sessions/NL/CPO/', '/sessions/NL/ANO/')
        .replace('"party_id":"CPO"', '"party_id":"ANO"');
      return { ...put, request };
    };
    const made = putTogether([say.put({ minute: 0 }), other(1), say.patch(2, '"kwh":1'), other(3)]);
    expect(made.groups).toEqual([
      [0, 2],
      [1, 3],
    ]);
  });
});

describe('in OCPI 2.1.1', () => {
  it.each(WE)(
    'a token that was told of ties an authorization without a place, and an unknown one does not, where we are the %s',
    we => {
      const say = messagesOf({ version: '2.1.1', we });
      const [asked, began] = [say.authorize(0, { place: false }), say.put({ minute: 1 })];
      expect(putTogether([say.tokenPut(-5, 'CARD1'), asked, began]).groups).toEqual([[1, 2]]);
      expect(putTogether([asked, began]).groups).toEqual([[0], [1]]);
    },
  );

  it.each(WE)(
    'a CDR, which has no session_id, goes to the session with its token, EVSE and begin, where we are the %s',
    we => {
      const say = messagesOf({ version: '2.1.1', we });
      const made = putTogether([
        say.put({ minute: 0 }),
        say.put({ minute: 10, begin: 0, status: 'COMPLETED' }),
        say.put({ minute: 20, id: 'S2' }),
        say.put({ minute: 30, id: 'S2', begin: 20, status: 'COMPLETED' }),
        say.bill(31, say.cdrObject({ begin: 0, end: 10, kwh: 0 })),
        say.bill(32, say.cdrObject({ id: 'D2', begin: 20, end: 30, kwh: 0 })),
        say.bill(33, say.cdrObject({ id: 'D3', begin: 20, end: 30, kwh: 0, evse: 'E2' })),
      ]);
      expect(made.groups).toEqual([[0, 1, 4], [2, 3, 5], [6]]);
      expect(made.why[4]).toBe('4 the same token at the same EVSE, at the same time');
    },
  );
});

describe('in OCPI 2.3.0', () => {
  it.each(WE)('an ad hoc card charge has its confirmation, and one alone is a problem, where we are the %s', we => {
    const say = messagesOf({ version: '2.3.0', we });
    const start = say.start(0, { reference: 'REF1' });
    const adHoc = { ...start, request: start.request.replace('"type":"RFID"', '"type":"AD_HOC_USER"') };
    const made = putTogether([
      adHoc,
      say.put({ minute: 1, reference: 'REF1' }),
      say.bill(32, say.cdrObject({ more: '"authorization_reference":"REF1",' })),
      say.confirmation(33),
      say.confirmation(34, { reference: 'NOBODY', code: 'FAILED' }),
    ]);
    expect(made.groups).toEqual([[0, 1, 2, 3], [4]]);
    expect(made.view().payment.map(({ what, amount }) => [what, amount?.amount ?? null])).toEqual([
      ['preauthorized', null],
      ['billed', 3],
      ['captured', 3.6],
    ]);
    expect(made.view(1).problems.map(({ code }) => code)).toEqual(['transaction.confirmation-alone']);
    expect(made.view(1).payment).toMatchObject([{ what: 'capture failed' }]);
  });

  it.each(WE)('a booking belongs to the charge with its reference, where we are the %s', we => {
    const say = messagesOf({ version: '2.3.0', we });
    const made = putTogether([say.booking(0), say.booking(1), say.put({ minute: 30, reference: 'REF1' })]);
    expect(made.groups).toEqual([[0, 1, 2]]);
    expect(putTogether([say.booking(0)]).state()).toBe('reserved, open');
    expect(putTogether([say.booking(0, { status: 'CANCELED' })]).state()).toBe('refused');
  });
});
