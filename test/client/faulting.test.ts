import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type CallRequest, createClient } from '../../core/client/call.ts';
import { createDepartures } from '../../core/client/departures.ts';
import { createWires } from '../../core/client/wires.ts';
import { systemClock } from '../../core/clock.ts';
import type { Draft } from '../../core/faults/draft.ts';
import { type Facts, faultKind } from '../../core/faults/kind.ts';
import { TRANSPORT_KINDS } from '../../core/faults/kinds/transport.ts';
import { createSendingFaults } from '../../core/faults/perform/sending.ts';
import { DEFAULT_WIRE_SETTINGS, type WireSettings } from '../../core/http/wire.ts';
import { testAuthority, testCertificate } from '../support/certificates.ts';
import { startConnectProxy } from '../support/connect-proxy.ts';
import { type FixedRule, fixedEngine } from '../support/fault-engine.ts';
import { memoryRecorder } from '../support/memory-recorder.ts';
import { type RawAction, type RawServerOptions, startRawServer } from '../support/raw-server.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const ANSWERED: readonly RawAction[] = [
  { send: 'HTTP/1.1 200 OK\r\nContent-Length: 55\r\n\r\n{"status_code":1000,"timestamp":"2026-01-01T00:00:00Z"}' },
];
const SECURE = { tls: testCertificate('server') };
const TRUSTING: Partial<WireSettings> = { ca: testAuthority };
const SESSION = {
  country_code: 'NL',
  party_id: 'WBX',
  id: 'S1',
  kwh: 5,
  status: 'ACTIVE',
  last_updated: '2026-01-01T00:00:00Z',
};
const later = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('utf8');
const bodyOf = (literal: string) => literal.slice(literal.indexOf('\r\n\r\n') + 4);

function transport(name: string, parameters: Record<string, unknown> = {}): FixedRule {
  const kind = TRANSPORT_KINDS.find(one => one.kind === `transport.${name}`);
  if (kind === undefined) throw new Error(`there is no transport.${name}`);
  return { kind, parameters };
}

/** A kind made for one test. */
function made(change: (draft: Draft) => Draft, when: (facts: Facts) => boolean = () => true): FixedRule {
  const kind = faultKind({
    kind: 'push.test',
    family: 'push',
    title: 'test',
    explain: () => 'Test.',
    parameters: z.strictObject({}),
    cases: [],
    directions: ['send'],
    sample: { operation: 'sessions.put', version: '2.2.1', direction: 'send' },
    alter: draft => ({ draft: change(draft), did: 'changed' }),
  });
  return { kind, when };
}

async function faulty(
  rules: readonly FixedRule[],
  server: Partial<RawServerOptions> = {},
  settings: Partial<WireSettings> = {},
) {
  const partner = await startRawServer({ scripts: [ANSWERED], ...server });
  cleanups.push(partner.stop);
  const recorder = memoryRecorder();
  const wires = createWires({ clock: systemClock });
  const troubles: unknown[] = [];
  const departures = createDepartures({ clock: systemClock, onTrouble: (_, error) => troubles.push(error) });
  cleanups.push(wires.close, departures.close);
  const engine = fixedEngine(rules);
  const faults = createSendingFaults({
    engine,
    onTrouble: (_, error) => troubles.push(error),
    clock: systemClock,
    ownVersionsUrl: () => 'http://us.example/ocpi/versions',
  });
  const send = createClient({
    wires,
    recorder,
    clock: systemClock,
    newId: randomUUID,
    userAgent: 'test',
    faulting: { faults, departures },
  });
  const origin = partner.url.replace('127.0.0.1', 'localhost');
  const call = (parts: Partial<CallRequest> = {}) =>
    send({
      linkId: 7,
      operation: 'sessions.put',
      version: '2.2.1',
      method: 'PUT',
      url: `${origin}/sessions/NL/WBX/S1`,
      token: { value: 'the-token', form: 'raw' },
      routing: { from: { countryCode: 'NL', partyId: 'WBX' }, to: { countryCode: 'DE', partyId: 'ABC' } },
      body: SESSION,
      settings: { ...DEFAULT_WIRE_SETTINGS, ...settings },
      ...parts,
    });
  return { partner, recorder, call, departures, engine, troubles, origin };
}

describe.each([
  ['plain', {}, {}],
  ['over TLS', SECURE, TRUSTING],
])('a request that goes wrong on purpose, %s', (_, server, settings) => {
  it('is cut, and recorded with the bytes that left and what would have been sent', async () => {
    const { partner, recorder, call } = await faulty([transport('cut', { at: 30 })], server, settings);
    const result = await call();
    expect(result).toMatchObject({ ok: false, ended: { how: 'broken-off', by: 'close', sent: 30 } });
    expect(bodyOf(partner.received[0] ?? '')).toBe(JSON.stringify(SESSION).slice(0, 30));
    const [recorded] = await recorder.settled(1);
    expect(text(recorded?.request.body)).toBe(JSON.stringify(SESSION).slice(0, 30));
    expect(recorded?.ended).toEqual({ how: 'broken-off', by: 'close', sent: 30 });
    expect(recorded?.faults).toMatchObject({
      firings: [{ kind: 'transport.cut', applied: true }],
      intended: { start: expect.stringMatching(/^PUT https?:\/\/localhost:\d+\/sessions\/NL\/WBX\/S1$/) },
      wire: ['head', `30 of ${JSON.stringify(SESSION).length} bytes`, 'close'],
    });
    expect(text(recorded?.faults?.intended?.body)).toBe(JSON.stringify(SESSION));
    const recordedHead = recorded?.request.headers.map(line => line.join(': ')).join('\r\n');
    expect(partner.received[0]).toContain(`\r\n${recordedHead}\r\n\r\n`);
    expect(recorder.log).toEqual(['open 1', 'update 1 broken-off']);
  });

  it('is reset behind its head', async () => {
    const { partner, recorder, call } = await faulty([transport('reset', { after: 'head' })], server, settings);
    expect((await call()).ended).toEqual({ how: 'broken-off', by: 'reset', sent: 0 });
    expect(partner.received[0]).toMatch(/^PUT \/sessions\/NL\/WBX\/S1 HTTP\/1\.1\r\n[\s\S]*\r\n\r\n$/);
    expect((await recorder.settled(1))[0]?.faults?.wire).toEqual(['head', 'reset']);
  });

  it('comes late, is answered, and the answer is read as ever', async () => {
    const { recorder, call } = await faulty([transport('delay', { ms: 80 })], server, settings);
    const result = await call();
    expect(result).toMatchObject({ ok: true, ocpiStatus: 1000, ended: { how: 'complete' } });
    const [recorded] = await recorder.settled(1);
    expect(recorded).toMatchObject({ ocpiStatus: 1000, response: { status: 200 } });
    expect(recorded?.timings?.total).toBeGreaterThan(75);
    expect(recorded?.connection).toMatchObject({ reused: false, ...('tls' in server ? { tls: {} } : {}) });
    expect(recorded?.faults?.wire).toEqual(['waited 80 ms', 'head', `${JSON.stringify(SESSION).length} bytes`, 'end']);
  });

  it('says a wrong Content-Length, and the partner may answer that', async () => {
    const { partner, call } = await faulty(
      [transport('wrong-content-length', { off: 5, behind: 'keep' })],
      { ...server, on: 'connection', scripts: [[{ wait: 60 }, ...ANSWERED]] },
      settings,
    );
    const result = await call();
    expect(result.ok).toBe(true);
    expect(partner.received[0]).toContain(`Content-Length: ${JSON.stringify(SESSION).length + 5}\r\n`);
  });

  it('comes in malformed chunks, or as random bytes', async () => {
    const chunked = await faulty([transport('malformed-chunk')], { ...server, scripts: [[]] }, settings);
    expect((await chunked.call()).ended).toMatchObject({ how: 'broken-off', by: 'close' });
    expect(chunked.partner.received[0]).toMatch(
      /Transfer-Encoding: chunked\r\n\r\n[0-9a-f]+\r\n\{[\s\S]+\r\nxyz\r\n[\s\S]+\r\n0\r\n\r\n$/,
    );
    const noise = await faulty([transport('noise', { bytes: 20 })], server, settings);
    expect((await noise.call()).ended).toEqual({ how: 'broken-off', by: 'close', sent: 0 });
    expect(noise.partner.received[0]).toHaveLength(20);
    expect(noise.recorder.exchanges[0]?.request.body).toHaveLength(0);
  });
});

describe('a request that goes wrong on purpose', () => {
  it('hangs until its time is over, longer than an answer may take', async () => {
    const timeouts = { ...DEFAULT_WIRE_SETTINGS.timeouts, firstByte: 40, total: 60 };
    const { partner, recorder, call } = await faulty([transport('hang', { after: 'head', ms: 150 })], {}, { timeouts });
    const result = call();
    await later(100);
    expect(recorder.exchanges[0]?.ended).toEqual({ how: 'open' });
    expect((await result).ended).toEqual({ how: 'broken-off', by: 'hang', sent: 0 });
    expect(partner.received[0]).toMatch(/\r\n\r\n$/);
  });

  it('is over when the partner answers early: the answer counts', async () => {
    const { call, recorder } = await faulty([transport('hang', { after: 'head', ms: 60_000 })], {
      on: 'connection',
      scripts: [[{ wait: 50 }, { send: 'HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n' }]],
    });
    const result = await call();
    expect([result.ok, result.httpStatus, result.ended.how]).toEqual([false, 408, 'complete']);
    expect((await recorder.settled(1))[0]?.faults?.wire).toEqual([
      'head',
      expect.stringMatching(/^silence for \d+ of 60,000 ms$/),
    ]);
  });

  it('leaves through Node where Node can say it, on a connection that is kept', async () => {
    const rule = made(draft => ({
      ...draft,
      message: { ...draft.message, headers: draft.message.headers.filter(([name]) => name !== 'X-Request-ID') },
    }));
    const { partner, call, recorder } = await faulty([rule]);
    await call();
    await call();
    expect(partner.connections).toBe(1);
    expect(partner.requests.join('')).not.toContain('X-Request-ID');
    const [recorded] = await recorder.settled(2);
    expect(recorded).not.toHaveProperty('requestId');
    expect([recorded?.fromParty, recorded?.toParty]).toEqual(['NL-WBX', 'DE-ABC']);
    expect(recorded?.faults?.intended?.headers.map(([name]) => name)).toContain('X-Request-ID');
  });

  it('may hold lines that Node refuses to write, and leave out what it would add', async () => {
    const rule = made(draft => ({
      ...draft,
      message: {
        ...draft.message,
        headers: [
          ['Bad Name', 'x'],
          ['Content-Length', String(draft.message.body.length)],
        ],
      },
    }));
    const { partner, call } = await faulty([rule]);
    expect((await call()).ok).toBe(true);
    expect(partner.requests[0]).toBe(
      `PUT /sessions/NL/WBX/S1 HTTP/1.1\r\nBad Name: x\r\nContent-Length: ${JSON.stringify(SESSION).length}\r\n\r\n${JSON.stringify(SESSION)}`,
    );
  });

  it('leaves as it was where a rule throws, which is told', async () => {
    const rule = made(() => {
      throw new Error('a bug');
    });
    const { partner, call, recorder, troubles } = await faulty([rule]);
    expect((await call()).ok).toBe(true);
    expect(partner.requests).toHaveLength(1);
    expect(troubles).toMatchObject([{ message: 'a bug' }]);
    expect(recorder.exchanges[0]).not.toHaveProperty('faults');
  });

  it('is not sent where its URL leads nowhere', async () => {
    const rule = made(draft =>
      draft.message.side === 'send' ? { ...draft, message: { ...draft.message, url: 'nowhere' } } : draft,
    );
    const { call, recorder } = await faulty([rule]);
    expect(await call()).toMatchObject({ ok: false, exchangeIds: [], ended: { how: 'unsendable', code: 'url' } });
    expect(recorder.exchanges).toEqual([]);
  });

  it('is told with what is known of the call', async () => {
    const { call, engine, origin } = await faulty([transport('delay', { ms: 0 })]);
    await call();
    expect(engine.met[0]).toMatchObject({
      direction: 'send',
      operation: 'sessions.put',
      params: { country_code: 'NL', party_id: 'WBX', session_id: 'S1' },
      from: 'NL-WBX',
      to: 'DE-ABC',
      request: { method: 'PUT', url: `${origin}/sessions/NL/WBX/S1` },
      ownVersionsUrl: 'http://us.example/ocpi/versions',
    });
    expect(engine.met[0]?.request.headers.map(([name]) => name)).toEqual(
      expect.arrayContaining(['Host', 'Content-Length']),
    );
  });

  it('may be the second hop of a redirect, or a page that the caller reads himself', async () => {
    const redirect: RawAction[] = [
      { send: 'HTTP/1.1 307 Temporary Redirect\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n' },
    ];
    const { call, recorder, partner } = await faulty(
      [
        made(
          draft => draft,
          ({ request: { url } }) => url.endsWith('/there'),
        ),
      ],
      { scripts: [redirect, ANSWERED] },
    );
    const { body: __, ...page } = { body: SESSION };
    const result = await call({
      ...page,
      operation: 'locations.list',
      method: 'GET',
      url: partner.url,
      bodyTo: 'caller',
      text: '',
    });
    expect(result.exchangeIds).toEqual([1, 2]);
    expect(text(result.body?.bytes)).toContain('"status_code":1000');
    expect(recorder.exchanges.map(({ faults }) => faults?.firings.length ?? 0)).toEqual([0, 1]);
  });

  it('passes a proxy, whose login is sent and not recorded, in a tunnel too', async () => {
    const proxy = await startConnectProxy({ login: 'me:secret-word' });
    cleanups.push(proxy.stop);
    const through = { proxy: `http://me:secret-word@127.0.0.1:${proxy.port}` };
    const rule = () => transport('delay', { ms: 1 });
    const plain = await faulty([rule()], {}, through);
    expect((await plain.call()).ok).toBe(true);
    expect(proxy.asked[0]).toBe(`PUT ${plain.origin}/sessions/NL/WBX/S1`);
    expect(JSON.stringify(plain.recorder.exchanges)).not.toMatch(/proxy-auth/i);
    const secure = await faulty([rule()], SECURE, { ...TRUSTING, ...through });
    expect((await secure.call()).ok).toBe(true);
    expect(proxy.asked[1]).toMatch(/^CONNECT localhost:/);
    expect(secure.partner.requests[0]).not.toMatch(/proxy/i);
  });
});

describe('a TLS handshake that nobody should take', () => {
  it.each([
    ['version', /ALERT_PROTOCOL_VERSION/],
    ['cipher', /ALERT_HANDSHAKE_FAILURE/],
    ['alpn', /ALERT_NO_APPLICATION_PROTOCOL/],
  ])('offers a %s, and the partner refuses it', async (offer, code) => {
    const options = { ...SECURE, tls: { ...SECURE.tls, ALPNProtocols: ['http/1.1'] } };
    const { call, recorder } = await faulty([transport('tls-refused', { offer })], options, TRUSTING);
    const result = await call();
    expect(result.ended).toMatchObject({ how: 'tls', code: expect.stringMatching(code) });
    expect((await recorder.settled(1))[0]?.faults?.wire[0]).toMatch(/^TLS handshake with /);
  });

  it('is none over plain HTTP: the request leaves, and the rule says so', async () => {
    const { call, recorder } = await faulty([transport('tls-refused')]);
    expect((await call()).ok).toBe(true);
    expect(recorder.exchanges[0]?.faults?.firings).toMatchObject([
      { applied: false, did: 'the request goes over plain HTTP' },
    ]);
  });
});

describe('a request that a fault keeps back', () => {
  it('never leaves, and counts as accepted', async () => {
    const { call, recorder, partner } = await faulty([made(draft => ({ ...draft, withheld: true }))]);
    expect(await call()).toMatchObject({
      ok: true,
      httpStatus: 200,
      ocpiStatus: 1000,
      exchangeIds: [1],
      ended: { how: 'complete' },
    });
    expect(partner.connections).toBe(0);
    expect(recorder.exchanges[0]).toMatchObject({ ended: { how: 'withheld' }, faults: { wire: ['kept back'] } });
  });

  it('leaves later: its exchange begins only then', async () => {
    const { call, recorder, partner } = await faulty([made(draft => ({ ...draft, later: { ms: 80 } }))]);
    expect(await call()).toMatchObject({ ok: true, exchangeIds: [] });
    expect([recorder.exchanges.length, partner.requests.length]).toEqual([0, 0]);
    await later(150);
    const [recorded] = await recorder.settled(1);
    expect(recorded).toMatchObject({
      ended: { how: 'complete' },
      faults: { wire: ['left 80 ms later', 'head', expect.any(String), 'end'] },
    });
  });

  it('leaves behind the next one for the same object, not behind one for another', async () => {
    const first = made(
      draft => ({ ...draft, later: { ms: 60_000, behindNext: true } }),
      ({ request }) => text(request.body).includes('"kwh":5'),
    );
    const { call, partner, recorder, origin } = await faulty([first]);
    await call();
    await call({ body: { ...SESSION, kwh: 6 }, url: `${origin}/sessions/NL/WBX/S2` });
    await later(50);
    expect(partner.requests).toHaveLength(1);
    await call({ body: { ...SESSION, kwh: 7 } });
    await later(50);
    expect(partner.requests.map(request => JSON.parse(bodyOf(request)).kwh)).toEqual([6, 7, 5]);
    expect((await recorder.settled(3)).map(({ faults }) => faults !== undefined)).toEqual([false, false, true]);
  });

  it('leaves again and again, byte for byte, each an exchange of its own', async () => {
    const { call, recorder, partner } = await faulty([made(draft => ({ ...draft, again: [10, 30] }))]);
    expect((await call()).exchangeIds).toEqual([1]);
    await later(150);
    expect(partner.requests).toHaveLength(3);
    expect(new Set(partner.requests).size).toBe(1);
    const recorded = await recorder.settled(3);
    expect(recorded.map(({ faults }) => faults?.intended !== undefined)).toEqual([true, false, false]);
  });

  it('is dropped when the workbench closes', async () => {
    const { call, recorder, departures, troubles } = await faulty([
      made(draft => ({ ...draft, later: { ms: 60_000 } })),
    ]);
    await call();
    const began = performance.now();
    await departures.close();
    expect(performance.now() - began).toBeLessThan(500);
    expect([recorder.exchanges, troubles]).toEqual([[], []]);
    await call();
    await departures.close();
    expect(recorder.exchanges).toEqual([]);
  });
});
