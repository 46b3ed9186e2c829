import { beforeAll, describe, expect, it } from 'vitest';
import { VERSIONS } from '../../../core/ocpi/versions.ts';
import type { Action } from '../../support/partner/action.ts';
import { valuesOf } from '../../support/partner/action.ts';
import { endOf, failureOf } from '../../support/platform.ts';
import { GOOD, type Met, meet, meetAll, own, partnerOf, says } from './meeting.ts';

type Json = Record<string, unknown>;

beforeAll(meetAll);

const NOW = '2026-02-03T04:05:06Z';
const PUSHES = [
  { module: 'locations', type: 'Location', id: 'id', methods: ['PUT', 'PATCH'] },
  { module: 'sessions', type: 'Session', id: 'id', methods: ['PUT', 'PATCH'] },
  { module: 'tariffs', type: 'Tariff', id: 'id', methods: ['PUT', 'DELETE'] },
  { module: 'tokens', type: 'Token', id: 'uid', methods: ['PUT', 'PATCH'] },
  { module: 'cdrs', type: 'CDR', id: 'id', methods: ['POST'] },
] as const;
const CASES = VERSIONS.flatMap(version =>
  PUSHES.flatMap(({ methods, ...push }) => methods.map(method => ({ ...push, method, version }))),
);

describe('an object pushed to a partner', () => {
  it.each(CASES)('$method of $module in $version leaves byte for byte, at the URL its ids make', async one => {
    const { version, module, type, id, method } = one;
    const partner = partnerOf(version);
    const below = method === 'POST' ? [] : ['NL', 'WBX', 'A%20B'];
    const path = partner.at(module, 'receiver', ...below);
    partner.answer(method, path, GOOD);
    const object = own(version, type, { [id]: 'A B', ...(module === 'tokens' && { type: 'RFID' }) });
    const whole = method === 'PATCH' ? { ...object, last_updated: NOW } : object;
    const text = JSON.stringify(whole).replace('{', '{  "extra" : 1.00,');
    const before = partner.partner.requests.length;
    const run = await partner.pushed({ module, method, text });
    expect(run).toMatchObject({
      kind: 'push',
      state: 'done',
      result: { push: { sent: 1, ok: 1, failed: 0, left: 0 } },
    });
    const [sent, more] = partner.partner.requests.slice(before);
    expect(more).toBeUndefined();
    expect(sent).toMatchObject({ method, url: path, text: method === 'DELETE' ? '' : text });
    const to = valuesOf(sent?.headers ?? [], 'OCPI-to-party-id');
    expect(to).toEqual(version === '2.1.1' ? [] : ['PRT']);
    expect(valuesOf(sent?.headers ?? [], 'OCPI-from-party-id')).toEqual(version === '2.1.1' ? [] : ['WBX']);
    expect(partner.partner.complaints).toEqual([]);
    const [exchange] = await partner.us.client.exchanges.list({ runId: run.id, limit: 5 });
    expect(exchange?.operation).toBe(`${module}.${method.toLowerCase()}`);
  });

  it.each(VERSIONS)(
    'an EVSE and a connector of %s are cut out of the location, or sent alone below its id',
    async version => {
      const { pushed, at, answer, partner } = partnerOf(version);
      const location = own(version, 'Location', { id: 'L1' });
      const [evse] = location['evses'] as Json[];
      const [connector] = (evse?.['connectors'] ?? []) as Json[];
      const [uid, id] = [String(evse?.['uid']), String(connector?.['id'])];
      const paths = [
        at('locations', 'receiver', 'NL', 'WBX', 'L1', uid),
        at('locations', 'receiver', 'NL', 'WBX', 'L1', uid, id),
      ];
      for (const path of paths) answer('PUT', path, GOOD);
      const text = JSON.stringify(location);
      await pushed({ module: 'locations', text, part: uid });
      await pushed({ module: 'locations', text, part: `${uid}/${id}` });
      expect(partner.requests.slice(-2).map(({ url, text: body }) => [url, JSON.parse(body)])).toEqual([
        [paths[0], evse],
        [paths[1], connector],
      ]);
      answer('PATCH', paths[0] ?? '', GOOD);
      const status = `{"status":"BLOCKED","last_updated":"${NOW}"}`;
      expect((await pushed({ module: 'locations', method: 'PATCH', text: status, part: `L1/${uid}` })).state).toBe(
        'done',
      );
      expect(partner.requests.at(-1)?.text).toBe(status);
    },
  );

  it('a token of another type than RFID says so in the URL from 2.2 on', async () => {
    for (const version of VERSIONS) {
      const { pushed, at, answer, partner } = partnerOf(version);
      const path = at('tokens', 'receiver', 'NL', 'WBX', 'T1');
      answer('PUT', path, GOOD);
      const text = JSON.stringify(own(version, 'Token', { uid: 'T1', type: 'OTHER' }));
      expect((await pushed({ module: 'tokens', text })).state).toBe('done');
      expect(partner.requests.at(-1)?.url).toBe(version === '2.1.1' ? path : `${path}?type=OTHER`);
    }
  });

  it('what 2.3.0 added goes to the side of its module that has it', async () => {
    const { pushed, at, answer, heard } = partnerOf('2.3.0');
    const booking = own('2.3.0', 'Booking', { id: 'B1' });
    const place = own('2.3.0', 'BookingLocation', { id: 'P1' });
    const record = own('2.3.0', 'InvoiceReconciliationRecord', { id: 'I1' });
    const terminal = own('2.3.0', 'Terminal', { terminal_id: 'T1' });
    answer('PUT', at('bookings', 'receiver', 'NL', 'WBX', 'B1'), GOOD);
    answer('PUT', at('bookings', 'receiver', 'NL', 'WBX', 'booking_locations', 'P1'), GOOD);
    answer('POST', at('invoicereconciliation', 'receiver'), GOOD);
    answer('DELETE', at('invoicereconciliation', 'receiver', 'NL', 'WBX', 'I1'), GOOD);
    answer('POST', at('payments', 'receiver', 'terminals'), GOOD);
    answer('PUT', at('payments', 'sender', 'terminals', 'T1'), GOOD);
    answer('PUT', at('hubclientinfo', 'receiver', 'NL', 'WBX'), GOOD);
    const runs = [
      await pushed({ module: 'bookings', text: JSON.stringify([booking, place]) }),
      await pushed({ module: 'invoicereconciliation', text: JSON.stringify(record) }),
      await pushed({ module: 'invoicereconciliation', method: 'DELETE', text: JSON.stringify(record) }),
      await pushed({ module: 'payments', text: JSON.stringify(terminal) }),
      await pushed({ module: 'payments', method: 'PUT', text: JSON.stringify(terminal) }),
      await pushed({ module: 'hubclientinfo', text: JSON.stringify(own('2.3.0', 'ClientInfo')) }),
    ];
    expect(runs.map(({ result }) => result?.summary)).toEqual(runs.map(() => expect.stringContaining('taken')));
    expect(runs.every(({ state }) => state === 'done')).toBe(true);
    expect(heard('payments').slice(-2)).toEqual(['POST payments/terminals', 'PUT payments/terminals/T1']);
  });
});

describe('what becomes of a push that fails', () => {
  const text = () => JSON.stringify(own('2.2.1', 'Session', { id: 'S1' }));
  const FAILURES: readonly [string, Action, string][] = [
    ['an HTTP error', says(500, 3000), 'HTTP 500'],
    ['2001 in a good answer', says(200, 2001), '2001'],
    [
      'an answer cut in the middle',
      { do: 'raw', bytes: 'HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{"status', end: 'close' },
      'cut',
    ],
    ['an answer that is no HTTP', { do: 'raw', bytes: 'nonsense\r\n\r\n', end: 'close' }, 'HTTP'],
    ['a reset connection', { do: 'reset' }, 'reset'],
    ['a page of HTML', { do: 'answer', status: 200, body: '<html>hello</html>' }, 'JSON'],
  ];

  it.each(FAILURES)('%s is told, with its exchange, and not sent again by itself', async (_, action, words) => {
    const { pushed, at, answer, heard, us } = partnerOf('2.2.1');
    answer('PUT', at('sessions', 'receiver', 'NL', 'WBX', 'S1'), action);
    const before = heard('sessions').length;
    const run = await pushed({ module: 'sessions', text: text() });
    expect(run.state).toBe('failed');
    const push = run.result?.push;
    expect(push).toMatchObject({ sent: 1, ok: 0, failed: 1, left: 0 });
    expect(push?.failures).toMatchObject([{ id: 'S1', ok: false, method: 'PUT' }]);
    const [failure] = push?.failures ?? [];
    expect(
      `${failure?.reason} ${(await us.client.exchanges.get({ id: failure?.exchangeIds[0] ?? 0 })).ended}`,
    ).toContain(words);
    expect(heard('sessions').length - before).toBe(1);
  });

  it('a partner that is not there, and one that never answers', async () => {
    const { us, name, partner, pushed, at, answer } = await meet('2.2.1');
    await us.client.links.set({ name, settings: { firstByteTimeout: 60 } });
    answer('PUT', at('sessions', 'receiver', 'NL', 'WBX', 'S1'), { do: 'hang' });
    const slow = await pushed({ module: 'sessions', text: text() });
    expect(slow.result?.push?.failures[0]?.reason).toMatch(/no answer|within|time/i);
    await partner.stop();
    const gone = await pushed({ module: 'sessions', text: text() });
    expect(gone.result?.push?.failures[0]?.reason).toContain('refused');
  });

  it('the order is kept; after the first failure the rest is left where that is wanted', async () => {
    const { pushed, at, answer, heard } = partnerOf('2.2.1');
    const texts = ['A', 'B', 'C'].map(id => JSON.stringify(own('2.2.1', 'Session', { id }))).join('\n');
    const path = (id: string) => at('sessions', 'receiver', 'NL', 'WBX', id);
    answer('PUT', path('A'), GOOD, GOOD);
    answer('PUT', path('B'), says(200, 2001), says(200, 2001));
    answer('PUT', path('C'), GOOD);
    const all = await pushed({ module: 'sessions', text: texts });
    expect(all.result?.push).toMatchObject({ sent: 3, ok: 2, failed: 1, left: 0 });
    expect(
      heard('sessions')
        .slice(-3)
        .map(line => line.at(-1)),
    ).toEqual(['A', 'B', 'C']);
    const stopped = await pushed({ module: 'sessions', text: texts, stopAtFailure: true });
    expect(stopped.result?.push).toMatchObject({ sent: 2, ok: 1, failed: 1, left: 1 });
    expect(stopped.result?.summary).toContain('1 not sent after the first failure');
  });

  it('what failed is sent again in its order and with its bytes, and only that', async () => {
    const { us, pushed, at, answer, heard, partner } = partnerOf('2.2.1');
    const of = (id: string) => JSON.stringify(own('2.2.1', 'Session', { id })).replace('{', '{ ');
    const path = (id: string) => at('sessions', 'receiver', 'NL', 'WBX', id);
    answer('PUT', path('A'), says(503, 3000), GOOD);
    answer('PUT', path('B'), GOOD);
    answer('PUT', path('C'), { do: 'reset' }, GOOD);
    const run = await pushed({ module: 'sessions', text: ['A', 'B', 'C'].map(of).join('\n') });
    const again = await endOf(us, await us.client.sending.retry({ runId: run.id }));
    expect(again).toMatchObject({ state: 'done', result: { push: { sent: 2, ok: 2 } } });
    expect(
      heard('sessions')
        .slice(-2)
        .map(line => line.at(-1)),
    ).toEqual(['A', 'C']);
    expect(partner.requests.at(-1)?.text).toBe(of('C'));
    expect(valuesOf(partner.requests.at(-1)?.headers ?? [], 'OCPI-to-party-id')).toEqual(['PRT']);
    expect(await failureOf(us.client.sending.retry({ runId: again.id }))).toMatchObject({ code: 'WRONG_STATE' });
    expect(await failureOf(us.client.sending.retry({ runId: 999_999 }))).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a PATCH of an object the partner does not have', () => {
  const patch = `{"id":"P1","country_code":"NL","party_id":"WBX","status":"ACTIVE","last_updated":"${NOW}"}`;
  const path = (partner: Met) => partner.at('sessions', 'receiver', 'NL', 'WBX', 'P1');
  beforeAll(async () => {
    const { us } = partnerOf('2.2.1');
    await us.client.own.import({
      module: 'sessions',
      version: '2.2.1',
      text: JSON.stringify(own('2.2.1', 'Session', { id: 'P1' })),
    });
  });

  it('is told to be mendable, and its retry with PUT sends the whole object', async () => {
    const partner = partnerOf('2.2.1');
    partner.answer('PATCH', path(partner), says(404, 2001));
    partner.answer('PUT', path(partner), GOOD);
    const run = await partner.pushed({ module: 'sessions', method: 'PATCH', text: patch });
    expect(run).toMatchObject({ state: 'failed', result: { push: { putMayHelp: true } } });
    const put = await endOf(partner.us, await partner.us.client.sending.retry({ runId: run.id, put: true }));
    expect(put.state).toBe('done');
    const sent = partner.partner.requests.at(-1);
    expect([sent?.method, sent?.url, JSON.parse(sent?.text ?? '')]).toEqual([
      'PUT',
      path(partner),
      own('2.2.1', 'Session', { id: 'P1' }),
    ]);
  });

  it('is asked for and then PUT whole at once, where that is wanted', async () => {
    const partner = partnerOf('2.2.1');
    partner.answer('PATCH', path(partner), says(200, 2001));
    partner.answer('GET', path(partner), says(404, 2001));
    partner.answer('PUT', path(partner), GOOD);
    const run = await partner.pushed({ module: 'sessions', method: 'PATCH', text: patch, putAfterPatch: true });
    expect(
      partner
        .heard('sessions')
        .slice(-3)
        .map(line => line.split(' ')[0]),
    ).toEqual(['PATCH', 'GET', 'PUT']);
    expect(run).toMatchObject({ state: 'done', result: { push: { ok: 1, failed: 0, putMayHelp: false } } });
    expect(run.steps[0]?.reason).toContain('was PUT whole');
  });

  it('is not PUT over an object that is there', async () => {
    const partner = partnerOf('2.2.1');
    partner.answer('PATCH', path(partner), says(200, 3000));
    partner.answer('GET', path(partner), says(200, 1000, { id: 'P1' }));
    const run = await partner.pushed({ module: 'sessions', method: 'PATCH', text: patch, putAfterPatch: true });
    expect(partner.heard('sessions').at(-1)).toContain('GET');
    expect(run.result?.push?.failures[0]?.reason).toContain('it has the object');
  });
});

describe('a CDR that is posted', () => {
  const LOCATION = 'https://partner.example/cdrs/1';
  it.each([
    ['in the Location header', says(201, 1000, undefined, [['Location', LOCATION]]), []],
    ['wrongly in the body', says(201, 1000, LOCATION), ['cdr.location-in-body']],
  ] as const)('tells where it was put %s', async (_, action, codes) => {
    const { us, pushed, at, answer } = partnerOf('2.3.0');
    answer('POST', at('cdrs', 'receiver'), action as Action);
    const run = await pushed({ module: 'cdrs', text: JSON.stringify(own('2.3.0', 'CDR')) });
    expect(run.result?.push?.locations).toEqual([LOCATION]);
    const [exchange] = await us.client.exchanges.list({ runId: run.id, limit: 1 });
    const found = exchange?.findings.map(({ code }) => code).filter(code => code.startsWith('cdr.'));
    expect(found).toEqual(codes);
  });

  it('and taken without a word of where is noted', async () => {
    const { pushed, at, answer } = partnerOf('2.1.1');
    answer('POST', at('cdrs', 'receiver'), GOOD);
    const run = await pushed({ module: 'cdrs', text: JSON.stringify(own('2.1.1', 'CDR')) });
    expect(run.result?.push?.locations).toEqual([]);
    expect(run.steps.at(-1)?.findings.map(({ code }) => code)).toContain('cdr.location-header-missing');
  });
});

describe('what is not pushed at all', () => {
  it('objects with errors, unless they are to leave unchecked', async () => {
    const { us, name, pushed, at, answer, heard, partner } = partnerOf('2.2.1');
    const broken = JSON.stringify({ ...own('2.2.1', 'Session', { id: 'S9' }), kwh: 'much' });
    const before = heard('sessions').length;
    const refused = await failureOf(us.client.sending.push({ name, module: 'sessions', text: broken }));
    expect(refused).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('S9: type.mismatch at /kwh'),
    });
    expect(heard('sessions').length).toBe(before);
    answer('PUT', at('sessions', 'receiver', 'NL', 'WBX', 'S9'), GOOD);
    expect((await pushed({ module: 'sessions', text: broken, unchecked: true })).state).toBe('done');
    expect(partner.requests.at(-1)?.text).toBe(broken);
  });

  it.each([
    [{ module: 'sessions', text: 'no json' }, 'cannot be used'],
    [{ module: 'sessions', text: '{"kwh":1}' }, 'has no id'],
    [{ module: 'sessions' }, 'nothing to push'],
    [{ module: 'sessions', own: ['none'] }, 'none is not among our own sessions'],
    [{ module: 'sessions', method: 'DELETE', text: '{"id":"1"}' }, 'has no DELETE of sessions'],
    [{ module: 'tariffs', method: 'PATCH', text: '{"id":"1"}' }, 'has no PATCH of tariffs'],
    [{ module: 'bookings', text: '{"id":"1"}' }, 'no PUT of bookings'],
    [{ module: 'locations', text: '{"id":"1","evses":[]}', part: 'E1' }, 'has no E1 in evses'],
    [{ module: 'sessions', text: '{"id":"1"}', party: 'X' }, 'no party'],
  ] as const)('%j: %s', async (input, words) => {
    const { us, name } = partnerOf('2.2.1');
    const { module, ...rest } = input;
    const more = 'own' in rest ? { ...rest, own: [...rest.own] } : rest;
    const failure = await failureOf(us.client.sending.push({ name, module, ...more }));
    expect(failure.message).toContain(words);
  });

  it('anything on a suspended, read-only or unknown link, and on a production link before it is confirmed', async () => {
    const { us, name, pushed, at, answer } = await meet('2.2.1', 'production');
    const input = { module: 'sessions', text: JSON.stringify(own('2.2.1', 'Session', { id: 'S1' })) } as const;
    expect(await failureOf(us.client.sending.push({ name: 'nobody', ...input }))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await failureOf(us.client.sending.push({ name, ...input }))).toMatchObject({ code: 'CONFIRMATION_NEEDED' });
    answer('PUT', at('sessions', 'receiver', 'NL', 'WBX', 'S1'), says(500, 3000), GOOD);
    const run = await pushed({ ...input, confirmed: true });
    expect(run.state).toBe('failed');
    expect(await failureOf(us.client.sending.retry({ runId: run.id }))).toMatchObject({ code: 'CONFIRMATION_NEEDED' });
    expect((await endOf(us, await us.client.sending.retry({ runId: run.id, confirmed: true }))).state).toBe('done');
    await us.client.links.set({ name, readOnly: true, confirmed: true });
    expect(await failureOf(us.client.sending.push({ name, ...input }))).toMatchObject({ code: 'READ_ONLY_LINK' });
    await us.client.links.set({ name, readOnly: false, suspended: true, confirmed: true });
    expect(await failureOf(us.client.sending.push({ name, ...input }))).toMatchObject({ code: 'WRONG_STATE' });
  });
});

describe('a push under way', () => {
  it('stops in the middle when the push is cancelled', async () => {
    const { us, name, at, answer, partner } = await meet('2.2.1');
    const texts = ['A', 'B', 'C'].map(id => JSON.stringify(own('2.2.1', 'Session', { id }))).join('\n');
    answer('PUT', at('sessions', 'receiver', 'NL', 'WBX', 'A'), { do: 'hang' });
    const { runId } = await us.client.sending.push({ name, module: 'sessions', text: texts });
    await partner.arrival('unknown');
    await us.client.runs.cancel({ runId });
    const run = await endOf(us, { runId });
    expect(run).toMatchObject({ state: 'cancelled', result: { push: { sent: 1, left: 2 } } });
  });
});
