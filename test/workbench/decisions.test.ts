import { afterAll, describe, expect, it } from 'vitest';
import type { PendingDecision } from '../../core/contract/decisions.ts';
import type { OwnParty } from '../../core/contract/platform.ts';
import { VERSIONS, type Version } from '../../core/ocpi/versions.ts';
import { fixture } from '../ocpi/fixtures.ts';
import { endOf, failureOf, newName, openPlatform, sharedPlatform, type TestPlatform } from '../support/platform.ts';
import { connectRaw, request } from '../support/raw-client.ts';
import { type RawAction, type RawServer, startRawServer } from '../support/raw-server.ts';

type Json = Record<string, unknown>;

const BOTH: readonly OwnParty[] = (['EMSP', 'CPO'] as const).map(role => ({
  countryCode: 'NL',
  partyId: 'WBX',
  role,
  name: 'Workbench',
}));
const shared = sharedPlatform({ parties: BOTH });

const TAKEN = envelope(200, '{"status_code":1000,"timestamp":"2026-01-01T00:00:00Z"}');

function envelope(status: number, body: string): RawAction {
  return {
    send: `HTTP/1.1 ${status} x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  };
}

const servers: RawServer[] = [];
afterAll(() => Promise.all(servers.map(server => server.stop())));

interface Met {
  readonly version?: Version;
  readonly us?: TestPlatform;
  /** What the partner answers to what we post; it takes it unless said. */
  readonly script?: readonly RawAction[];
  readonly readOnly?: boolean;
}

/** A partner that calls us, and is called, with literal bytes. */
async function met({ version = '2.2.1', us: given, script = [TAKEN], readOnly = false }: Met = {}) {
  const us = given ?? (await shared());
  const name = newName();
  const partner = await startRawServer({ scripts: [script] });
  servers.push(partner);
  const theirToken = `their-token-of-${name.replace(' ', '-')}`;
  const { runId } = await us.client.links.adopt({
    name,
    versionsUrl: `${partner.url}/versions`,
    token: `our-token-of-${name.replace(' ', '-')}`,
    theirToken,
    version,
  });
  await endOf(us, { runId });
  await us.client.links.set({ name, readOnly });
  const seen = partner.requests.length;
  const port = Number(new URL(us.versionsUrl).port);
  const written = version === '2.1.1' ? theirToken : Buffer.from(theirToken).toString('base64');
  const bytes = (method: string, path: string, body?: Json, headers: readonly string[] = []) =>
    request(
      `${method} /ocpi/${version}/${path}`,
      [`Authorization: Token ${written}`, 'Content-Type: application/json', ...headers],
      body === undefined ? '' : JSON.stringify(body),
    );
  const begin = async (method: string, path: string, body?: Json, headers?: readonly string[]) => {
    const client = await connectRaw({ port });
    await client.send(bytes(method, path, body, headers));
    const answer = async () => {
      const [first] = await client.answers(1);
      client.destroy();
      const json = JSON.parse(first?.body ?? '') as { data?: Json; status_code: number; status_message: string };
      return { json, codes: [first?.status, json.status_code] };
    };
    return { client, answer };
  };
  const send = async (...call: Parameters<typeof begin>) => (await begin(...call)).answer();
  /** The one call of this partner that waits. */
  const waits = async (): Promise<PendingDecision> => {
    const find = async () => (await us.client.decisions.pending()).find(({ link }) => link === name);
    return (await until(find)) as PendingDecision;
  };
  const posted = async (count: number) => {
    await until(async () => (partner.requests.length >= seen + count ? true : undefined));
    return partner.requests.slice(seen);
  };
  const findings = async () => {
    const [newest] = await us.client.exchanges.list({ link: name, direction: 'in', limit: 1 });
    return newest?.findings.map(({ code }) => code) ?? [];
  };
  const policy = (operation: string, policy: Parameters<typeof us.client.decisions.setPolicy>[0]['policy']) =>
    us.client.decisions.setPolicy({ name, operation, policy });
  return { us, name, partner, begin, send, waits, posted, findings, policy };
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let waited = 0; waited < 3000; waited += 10) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  throw new Error('it did not happen');
}

const START = 'receiver/commands/START_SESSION';
const LOCATION = 'receiver/locations/NL/ABC/L1';
const start = (version: Version, url: string): Json => ({ ...fixture(version, 'StartSession'), response_url: url });
const location = (version: Version): Json => ({
  ...fixture(version, 'Location'),
  ...(version !== '2.1.1' && { country_code: 'NL', party_id: 'ABC' }),
  id: 'L1',
});

describe('policies of a link', () => {
  it('list what our roles answer in its version, as usual until something is set', async () => {
    const { us, name } = await met();
    const lines = await us.client.decisions.policies({ name });
    const usual = new Map(lines.map(({ operation, policy, set }) => [operation, `${policy.answer} ${set}`]));
    expect(usual.get('commands.start-session')).toBe('simulate false');
    expect(usual.get('tokens.authorize')).toBe('simulate false');
    expect(usual.get('locations.put-evse')).toBe('accept false');
    expect(usual.get('tokens.patch')).toBe('accept false');
    expect([...usual.keys()].filter(id => /list|get-pushed|credentials|result/.test(id))).toEqual([]);
    const command = lines.find(({ operation }) => operation === 'commands.start-session');
    expect(command).toMatchObject({ module: 'commands', words: 'command, start session', simulates: true });
    expect(command?.options[0]).toEqual({ answer: 'accept', result: 'ACCEPTED' });
    expect(command?.later).toContain('none');
    const old = await met({ version: '2.1.1' });
    const before = await old.us.client.decisions.policies({ name: old.name });
    expect(before.map(({ operation }) => operation)).not.toContain('chargingprofiles.get');
  });

  it('are set for one operation or a module, kept, and taken back', async () => {
    const { us, name, policy } = await met();
    await policy('commands', { answer: 'accept', later: 'FAILED' });
    await policy('locations.put', { answer: 'reject', result: '3000' });
    const { policies = {} } = (await us.client.links.get({ name })).settings;
    expect(Object.keys(policies)).toHaveLength(6);
    expect(policies['commands.stop-session']).toMatchObject({ answer: 'accept', later: 'FAILED' });
    await policy('commands', null);
    const lines = await policy('locations.put', null);
    expect(lines.filter(({ set }) => set)).toEqual([]);
    expect((await us.client.links.get({ name })).settings.policies).toBeUndefined();
  });

  it.each([
    ['locations.list', { answer: 'reject' }, 'nothing that this link can ask'],
    ['everything', { answer: 'reject' }, 'nothing that this link can ask'],
    ['locations', { answer: 'simulate' }, 'nothing to be simulated'],
    ['commands', { answer: 'accept', result: 'MAYBE' }, 'cannot accept with "MAYBE"'],
    ['tokens.authorize', { answer: 'reject', result: 'REJECTED' }, 'cannot reject with "REJECTED"'],
    ['locations.put', { answer: 'accept', later: 'ACCEPTED' }, 'cannot follow locations.put'],
    ['commands', { answer: 'reject', later: 'ACCEPTED' }, 'follows an accepted call only'],
    ['commands', { answer: 'ask', result: 'ACCEPTED' }, 'cannot be given a result'],
  ] as const)('of %s that are %o mean nothing and are refused', async (operation, answer, message) => {
    const { us, name, policy } = await met();
    const failure = await failureOf(policy(operation, answer));
    expect(failure).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining(message) });
    expect((await us.client.links.get({ name })).settings.policies).toBeUndefined();
  });

  it('of a production link are set, and taken back, only once that is confirmed', async () => {
    const { us, name } = await met();
    await us.client.links.set({ name, environment: 'production', confirmed: true });
    const set = { name, operation: 'commands', policy: { answer: 'reject' } } as const;
    expect(await failureOf(us.client.decisions.setPolicy(set))).toMatchObject({
      code: 'CONFIRMATION_NEEDED',
      message: `${name} is a production link: what it is answered to commands changes.`,
    });
    expect((await us.client.links.get({ name })).settings.policies).toBeUndefined();
    const lines = await us.client.decisions.setPolicy({ ...set, confirmed: true });
    expect(lines.filter(line => line.set)).toHaveLength(5);
    const back = { ...set, policy: null };
    expect((await failureOf(us.client.decisions.setPolicy(back))).code).toBe('CONFIRMATION_NEEDED');
    await us.client.decisions.setPolicy({ ...back, confirmed: true });
    expect((await us.client.links.get({ name })).settings.policies).toBeUndefined();
  });

  it('of a link that does not exist are not found', async () => {
    const { us } = await met();
    expect((await failureOf(us.client.decisions.policies({ name: 'nobody' }))).code).toBe('NOT_FOUND');
  });
});

describe.each(VERSIONS)('what is pushed in %s', version => {
  it('is rejected by policy and not kept, then kept again', async () => {
    const { us, name, send, policy } = await met({ version });
    await policy('locations', { answer: 'reject', result: '3000' });
    expect((await send('PUT', LOCATION, location(version))).codes).toEqual([200, 3000]);
    expect((await us.client.objects.list({ name, module: 'locations' })).objects).toEqual([]);
    await policy('locations', null);
    expect((await send('PUT', LOCATION, location(version))).codes).toEqual([201, 1000]);
  });
});

describe('a call that somebody is asked about', () => {
  it('waits open with what is asked, and is answered as decided', async () => {
    const { us, name, begin, waits, policy } = await met();
    await policy('commands', { answer: 'ask', seconds: 60 });
    const { answer } = await begin('POST', START, start('2.2.1', 'https://elsewhere.example/1'));
    const decision = await waits();
    expect(decision).toMatchObject({
      operation: 'commands.start-session',
      words: 'command, start session',
      asked: expect.stringMatching(`^${name} asks to start a session at .+ with token `),
      body: { response_url: 'https://elsewhere.example/1' },
      otherwise: 'reject',
    });
    expect(decision.dueAt - decision.askedAt).toBe(60_000);
    const open = await us.client.exchanges.get({ id: decision.exchangeId });
    expect([open.ended, open.operation]).toEqual(['open', 'commands.start-session']);
    const { id } = decision;
    const refused = [
      [{ id, answer: 'accept', result: 'BLOCKED' }, 'INVALID_INPUT'],
      [{ id, answer: 'reject', later: 'ACCEPTED' }, 'INVALID_INPUT'],
      [{ id: 987_654, answer: 'accept' }, 'NOT_FOUND'],
    ] as const;
    for (const [input, code] of refused) expect((await failureOf(us.client.decisions.decide(input))).code).toBe(code);
    expect(await us.client.decisions.decide({ id, answer: 'reject', result: 'NOT_SUPPORTED' })).toEqual({
      decided: id,
    });
    expect((await answer()).json.data).toEqual({ result: 'NOT_SUPPORTED', timeout: 0 });
    expect(await failureOf(us.client.decisions.decide({ id, answer: 'accept' }))).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('it was decided'),
    });
    const closed = await us.client.exchanges.get({ id: decision.exchangeId });
    expect([closed.ended, closed.ocpiStatus]).toEqual(['answered', 1000]);
  });

  it.each([
    ['accept', 'ACCEPTED'],
    ['reject', 'REJECTED'],
  ] as const)('is answered with %s when nobody decides in time', async (otherwise, result) => {
    const { us, send, policy, name } = await met();
    await policy('commands', { answer: 'ask', seconds: 1, otherwise });
    const { json } = await send('POST', START, start('2.2.1', 'https://elsewhere.example/1'));
    expect(json.data?.['result']).toBe(result);
    expect((await us.client.decisions.pending()).filter(({ link }) => link === name)).toEqual([]);
  });

  it('is withdrawn when the partner goes, and nothing follows', async () => {
    const { us, begin, waits, policy, posted, partner } = await met();
    await policy('commands', { answer: 'ask', seconds: 60, otherwise: 'accept' });
    const { client } = await begin('POST', START, start('2.2.1', `${partner.url}/1`));
    const { id, exchangeId } = await waits();
    client.reset();
    await until(async () => ((await us.client.decisions.pending()).some(one => one.id === id) ? undefined : true));
    const { ended } = await until(async () => {
      const exchange = await us.client.exchanges.get({ id: exchangeId });
      return exchange.ended === 'open' ? undefined : exchange;
    });
    expect(ended).toBe('reset');
    expect(await posted(0)).toEqual([]);
  });

  it('is told to whoever watches, when it comes and when it goes', async () => {
    const { us, begin, waits, policy } = await met();
    await policy('locations', { answer: 'ask', seconds: 60 });
    const stop = new AbortController();
    let told = 0;
    const watching = (async () => {
      for await (const batch of await us.client.events.watch(undefined, { signal: stop.signal })) {
        if (batch.decisions) told++;
      }
    })().catch(() => {});
    const { answer } = await begin('PUT', LOCATION, location('2.2.1'));
    const { id } = await waits();
    await until(async () => (told > 0 ? true : undefined));
    const before = told;
    await us.client.decisions.decide({ id, answer: 'accept' });
    expect((await answer()).codes).toEqual([201, 1000]);
    await until(async () => (told > before ? true : undefined));
    stop.abort();
    await watching;
  });

  it('is answered as for nobody deciding when serving stops, and when the workbench closes', async () => {
    const us = await openPlatform({ parties: BOTH });
    const { begin, waits, policy } = await met({ us });
    await policy('locations', { answer: 'ask', seconds: 60, otherwise: 'accept' });
    const first = await begin('PUT', LOCATION, location('2.2.1'));
    await waits();
    await us.client.platform.serve({ on: false });
    expect((await first.answer()).codes).toEqual([201, 1000]);
    await us.client.platform.serve({ on: true });
    await policy('locations', { answer: 'ask', seconds: 60, otherwise: 'reject' });
    const second = await begin('PUT', LOCATION, location('2.2.1'));
    await waits();
    const closing = us.close();
    expect((await second.answer()).codes).toEqual([200, 2001]);
    await closing;
  });
});

describe.each(VERSIONS)('the result of a command accepted by policy in %s', version => {
  it('is posted bare, with our token, at the response_url as it was given', async () => {
    const { us, name, partner, send, posted, policy, findings } = await met({ version });
    await policy('commands', { answer: 'accept', later: version === '2.1.1' ? 'TIMEOUT' : 'EVSE_OCCUPIED' });
    const routing = [
      'OCPI-to-party-id: WBX',
      'OCPI-to-country-code: NL',
      'OCPI-from-party-id: ABC',
      'OCPI-from-country-code: SE',
    ];
    const url = `${partner.url}/cb/1?x=%2F&y`;
    expect((await send('POST', START, start(version, url), routing)).codes).toEqual([200, 1000]);
    expect(await findings()).not.toContain('response-url.foreign');
    const [request = ''] = await posted(1);
    const [head = '', body] = request.split('\r\n\r\n');
    const token = `our-token-of-${name.replace(' ', '-')}`;
    expect(head.split('\r\n')[0]).toBe('POST /cb/1?x=%2F&y HTTP/1.1');
    expect(head).toContain(
      `Authorization: Token ${version === '2.1.1' ? token : Buffer.from(token).toString('base64')}`,
    );
    expect(JSON.parse(body ?? '')).toEqual({ result: version === '2.1.1' ? 'TIMEOUT' : 'EVSE_OCCUPIED' });
    if (version !== '2.1.1')
      expect(head).toMatch(/OCPI-to-party-id: ABC\r\nOCPI-to-country-code: SE\r\nOCPI-from-party-id: WBX/i);
    const sent = await until(async () => {
      const [newest] = await us.client.exchanges.list({ link: name, direction: 'out', limit: 1 });
      return newest?.operation === 'commands.result' && newest.ended !== 'open' ? newest : undefined;
    });
    expect([sent.httpStatus, sent.ocpiStatus]).toEqual([200, 1000]);
  });
});

describe('a result', () => {
  const ended = ({ us, name }: Pick<Awaited<ReturnType<typeof met>>, 'us' | 'name'>) =>
    until(async () => {
      const all = await us.client.exchanges.list({ link: name, direction: 'out', limit: 20 });
      const results = all.filter(({ operation }) => operation === 'commands.result');
      return results.length > 0 && results.every(one => one.ended !== 'open') ? results : undefined;
    });

  it('goes to another host without the token, and with a finding', async () => {
    const { us, name, send, policy, findings } = await met();
    const elsewhere = await startRawServer({ scripts: [[TAKEN]] });
    servers.push(elsewhere);
    await policy('commands', { answer: 'accept' });
    await send('POST', START, start('2.2.1', `${elsewhere.url}/cb`));
    expect(await findings()).toContain('response-url.foreign');
    await ended({ us, name });
    expect(elsewhere.requests).toHaveLength(1);
    expect(elsewhere.requests[0]).not.toMatch(/authorization|our-token/i);
    expect(elsewhere.requests[0]).not.toContain(Buffer.from('our-token').toString('base64').slice(0, 10));
  });

  it('is not posted on a read-only link, which the command tells', async () => {
    const { send, policy, posted, findings } = await met({ readOnly: true });
    await policy('commands', { answer: 'accept' });
    const { partner } = await met();
    expect((await send('POST', START, start('2.2.1', `${partner.url}/cb`))).codes).toEqual([200, 1000]);
    expect(await findings()).toContain('response-url.withheld');
    await new Promise(resolve => setTimeout(resolve, 30));
    expect(await posted(0)).toEqual([]);
  });

  it.each<readonly [string, readonly RawAction[], string]>([
    ['refused', [envelope(404, '{"status_code":2001,"timestamp":"2026-01-01T00:00:00Z"}')], 'complete'],
    ['answered by a reset', [{ do: 'reset' }], 'reset'],
    ['answered with HTML', [envelope(200, '<html></html>')], 'complete'],
  ])('that is %s is posted once and recorded', async (_, script, how) => {
    const { us, name, partner, send, policy, posted } = await met({ script });
    await policy('commands', { answer: 'accept' });
    expect((await send('POST', START, start('2.2.1', `${partner.url}/cb`))).codes).toEqual([200, 1000]);
    expect((await ended({ us, name })).map(one => one.ended)).toEqual([how]);
    await new Promise(resolve => setTimeout(resolve, 30));
    expect(await posted(1)).toHaveLength(1);
  });

  it('that hangs is given up when the workbench closes', async () => {
    const us = await openPlatform({ parties: BOTH });
    const { send, policy } = await met({ us });
    const slow = await startRawServer({ scripts: [[{ wait: 20_000 }]] });
    servers.push(slow);
    await policy('commands', { answer: 'accept' });
    await send('POST', START, start('2.2.1', `${slow.url}/cb`));
    await until(async () => (slow.requests.length > 0 ? true : undefined));
    const before = performance.now();
    await us.close();
    expect(performance.now() - before).toBeLessThan(4000);
  });
});

describe.each(VERSIONS)('without a policy in %s', version => {
  it('our own data answers: unknown locations, tokens and sessions are unknown', async () => {
    const { us, name, send, partner } = await met({ version });
    const { json, codes } = await send('POST', START, start(version, `${partner.url}/cb`));
    expect([codes, json.data?.['result']]).toEqual([[200, 2003], 'REJECTED']);
    const unknown = await send('POST', `sender/tokens/${name.replace(' ', '')}/authorize`);
    expect(unknown.codes).toEqual([404, version === '2.1.1' ? 2001 : 2004]);
    const stop = { ...fixture(version, 'StopSession'), response_url: `${partner.url}/cb` };
    const stopped = await send('POST', 'receiver/commands/STOP_SESSION', stop);
    expect([stopped.codes, stopped.json.data?.['result']]).toEqual([[200, 1000], 'UNKNOWN_SESSION']);
    const uid = `T-${name.replace(' ', '-')}`;
    const token = { ...fixture(version, 'Token'), uid, type: 'RFID', valid: true };
    await us.client.own.import({ module: 'tokens', party: 'NL-WBX', version, text: JSON.stringify(token) });
    const known = await send('POST', `sender/tokens/${uid}/authorize`);
    expect([known.codes, known.json.data?.['allowed']]).toEqual([[200, 1000], 'ALLOWED']);
  });
});
