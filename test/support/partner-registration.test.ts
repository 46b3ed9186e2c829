import { afterEach, describe, expect, test } from 'vitest';
import { alterJson } from './partner/action.ts';
import type { PartnerOptions } from './partner/options.ts';
import { type Partner, startPartner } from './partner/partner.ts';

const running: Partner[] = [];
async function start(options: PartnerOptions): Promise<Partner> {
  const partner = await startPartner(options);
  running.push(partner);
  return partner;
}
/** A pair that deals with each other: `sender` is the one that registers. */
async function pair(sender: PartnerOptions, receiver: PartnerOptions) {
  return { sender: await start({ roles: ['EMSP'], ...sender }), receiver: await start(receiver) };
}
function registering({ sender, receiver }: { sender: Partner; receiver: Partner }, token = receiver.tokenA ?? '') {
  return sender.register({ versionsUrl: receiver.versionsUrl, token });
}

afterEach(async () => {
  await Promise.all(running.splice(0).map(partner => partner.stop()));
});

describe.each(['2.1.1', '2.2.1', '2.3.0'])('two partners that speak %s', version => {
  test('register, rotate, read credentials and part without a complaint', async () => {
    const both = await pair(
      { versions: [version] },
      { versions: [version], tokens: ['token-A', 'token-C', 'token-C2'] },
    );
    const { sender, receiver } = both;

    expect(await registering(both, 'token-A')).toEqual({ ok: true, version });
    const tokenB = receiver.relation.outgoing;
    expect(receiver.tokenA).toBeUndefined();
    expect(sender.relation).toMatchObject({ registered: true, outgoing: 'token-C', incoming: [tokenB], version });
    expect(receiver.relation).toMatchObject({ registered: true, incoming: ['token-C'], version });

    // The call back ran while the POST was open.
    const [post] = receiver.received('credentials.post');
    const [details] = sender.received('details');
    expect(details?.at).toBeGreaterThan(post?.at ?? Number.NaN);
    expect(details?.endedAt).toBeLessThan(post?.endedAt ?? Number.NaN);

    expect(await sender.getCredentials()).toMatchObject({ ok: true, data: { token: 'token-C' } });
    expect(await sender.update()).toEqual({ ok: true, version });
    expect(sender.relation.outgoing).toBe('token-C2');
    expect(receiver.relation.outgoing).not.toBe(tokenB);
    expect(receiver.relation.incoming).toEqual(['token-C', 'token-C2']);
    expect(await sender.getCredentials()).toMatchObject({ ok: true, data: { token: 'token-C2' } });
    expect(receiver.relation.incoming).toEqual(['token-C2']);

    expect(await receiver.update()).toEqual({ ok: true, version });
    expect(await receiver.unregister()).toEqual({ ok: true, version });
    expect(sender.relation.registered).toBe(false);
    expect(receiver.relation.registered).toBe(false);
    expect(sender.complaints).toEqual([]);
    expect(receiver.complaints).toEqual([]);
  });
});

describe('what a registration looks like on the wire', () => {
  test('2.1.1 sends the token raw, a flat party and no role; 2.2.1 sends Base64 and roles', async () => {
    const old = await pair({ versions: ['2.1.1'] }, { versions: ['2.1.1'], tokens: ['abc'] });
    await registering(old);
    expect(old.receiver.received('credentials.post')[0]?.headers[1]).toEqual(['Authorization', 'Token abc']);
    expect(JSON.parse(old.receiver.received('credentials.post')[0]?.text ?? '')).toMatchObject({ party_id: 'PRT' });
    expect(old.sender.received('details')[0]?.answer?.body).not.toContain('"role"');

    const modern = await pair(
      { versions: ['2.2.1'], roles: ['CPO', 'EMSP'] },
      { versions: ['2.2.1'], tokens: ['abc'] },
    );
    await registering(modern);
    const post = modern.receiver.received('credentials.post')[0];
    expect(post?.headers[1]).toEqual(['Authorization', 'Token YWJj']);
    expect(JSON.parse(post?.text ?? '')).toMatchObject({ roles: [{ role: 'CPO' }, { role: 'EMSP' }] });
    expect(JSON.parse(post?.text ?? '')).not.toHaveProperty('party_id');
  });

  test('the highest common version is taken, unknown ones are passed over', async () => {
    const both = await pair({ versions: ['2.1.1', '2.2.1'] }, { versions: ['1.9', '2.2.1', '2.1.1', '2.3.0'] });
    expect(await registering(both)).toEqual({ ok: true, version: '2.2.1' });
  });

  test('an update moves a registration to another version', async () => {
    const both = await pair({}, {});
    await both.sender.register({
      versionsUrl: both.receiver.versionsUrl,
      token: both.receiver.tokenA ?? '',
      version: '2.1.1',
    });
    expect(both.receiver.relation.version).toBe('2.1.1');
    expect(await both.sender.update({ version: '2.3.0' })).toEqual({ ok: true, version: '2.3.0' });
    expect(both.receiver.relation.version).toBe('2.3.0');
    expect(both.receiver.complaints).toEqual([]);
  });

  test('own prefix and trailing slashes stand in every URL, and the other spelling gets what was ordered', async () => {
    const both = await pair(
      { prefix: '/a/b', slash: { advertised: true, otherwise: 404 } },
      { prefix: '', slash: { advertised: true, otherwise: 308 } },
    );
    expect(both.receiver.versionsUrl).toMatch(/:\d+\/versions\/$/);
    expect(await registering(both)).toMatchObject({ ok: true });
    expect(both.sender.requests.map(request => request.url)).toEqual(['/a/b/versions/', '/a/b/2.3.0/']);
    const slipped = await both.sender.call({
      ...{ operation: 'versions', method: 'GET', url: both.receiver.versionsUrl.slice(0, -1) },
    });
    expect(slipped.call.answer).toMatchObject({ status: 308 });
    expect(slipped.call.answer?.headers).toContainEqual(['Location', both.receiver.versionsUrl]);
  });
});

describe('a registration that must fail leaves nothing behind on either side', () => {
  async function failing(sender: PartnerOptions, receiver: PartnerOptions) {
    const both = await pair({ versions: ['2.2.1'], ...sender }, receiver);
    expect(await registering(both)).toMatchObject({ ok: false, step: 'credentials' });
    expect(both.receiver.relation).toMatchObject({ registered: false, incoming: [], outgoing: undefined });
    expect(both.sender.relation).toMatchObject({ registered: false, incoming: [], outgoing: undefined });
    expect(both.receiver.tokenA).toBeDefined();
    return JSON.parse(both.sender.calls.at(-1)?.answer?.text ?? '');
  }

  test('3001 when the call back breaks', async () => {
    expect(await failing({ overrides: { versions: { do: 'reset' } } }, {})).toMatchObject({ status_code: 3001 });
    expect(await failing({ overrides: { details: { do: 'reset' } } }, {})).toMatchObject({ status_code: 3001 });
  });

  test('3002 when the call back does not find the version that was posted to', async () => {
    const none = alterJson(body => ({ ...body, data: [] }));
    expect(await failing({ overrides: { versions: none } }, {})).toMatchObject({ status_code: 3002 });
  });

  test('3003 when the call back does not find an expected endpoint', async () => {
    const body = await failing({ modules: [] }, { requires: ['locations:RECEIVER'] });
    expect(body).toMatchObject({ status_code: 3003, status_message: 'missing: locations:RECEIVER' });
  });

  test('no common version, or an expected module missing, is found out before any POST', async () => {
    const apart = await pair({ versions: ['2.1.1'] }, { versions: ['2.1'] });
    expect(await registering(apart)).toMatchObject({ ok: false, step: 'version' });
    const bare = await pair({ requires: ['tokens'] }, { modules: [] });
    expect(await registering(bare)).toMatchObject({ ok: false, step: 'endpoints', reason: 'missing: tokens' });
    expect(bare.receiver.received('credentials.post')).toEqual([]);
  });

  test('an unknown token is refused with 401, and so is token A on a module or after the registration', async () => {
    const both = await pair({}, {});
    const tokenA = both.receiver.tokenA ?? '';
    expect(await registering(both, 'wrong')).toMatchObject({ ok: false, step: 'versions' });
    expect(both.sender.calls[0]?.answer?.status).toBe(401);
    const asked = { method: 'GET', url: `${both.receiver.origin}/ocpi/2.2.1/sender/locations`, version: '2.2.1' };
    const early = await both.sender.call({ operation: 'module', ...asked, token: tokenA });
    expect(early.call.answer?.status).toBe(401);
    await registering(both, tokenA);
    const late = await both.sender.call({ operation: 'module', ...asked });
    expect(late).toMatchObject({ ok: true, data: [] });
    expect((await both.sender.call({ operation: 'module', ...asked, token: tokenA })).ok).toBe(false);
  });

  test('POST on a registration, PUT and DELETE without one are 405 with what is allowed', async () => {
    const both = await pair({}, {});
    const url = `${both.receiver.origin}/ocpi/2.2.1/credentials`;
    const token = both.receiver.tokenA ?? '';
    for (const method of ['PUT', 'DELETE']) {
      const refused = await both.sender.call({ operation: 'credentials.other', method, url, token, version: '2.2.1' });
      expect(refused.call.answer?.status).toBe(405);
      expect(refused.call.answer?.headers).toContainEqual(['Allow', 'GET, POST']);
    }
    await registering(both);
    const again = await both.sender.call({ operation: 'credentials.post', method: 'POST', url, version: '2.2.1' });
    expect(again.call.answer?.status).toBe(405);
    expect(again.call.answer?.headers).toContainEqual(['Allow', 'GET, PUT, DELETE']);
  });

  test('a partner that lost its state gets in again with a fresh token A', async () => {
    const both = await pair({}, {});
    await registering(both);
    both.sender.forget();
    expect((await both.sender.update()).ok).toBe(false);
    const { token } = both.receiver.invite('fresh');
    expect(await registering(both, token)).toMatchObject({ ok: true });
    expect(both.receiver.relation.incoming).toEqual([both.sender.relation.outgoing]);
  });
});
