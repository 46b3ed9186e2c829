import { expect, it } from 'vitest';
import type { Partner } from '../../support/partner/partner.ts';
import { openPartner, openPlatform, registerWith, type TestPlatform } from '../../support/platform.ts';

const form = (token: string) => `Token ${Buffer.from(token).toString('base64')}`;

/** A workbench and a partner that have registered with each other. */
async function registered(): Promise<{ us: TestPlatform; partner: Partner; tokenA: string }> {
  const partner = await openPartner({ versions: ['2.2.1'] });
  const tokenA = partner.tokenA ?? '';
  const us = await openPlatform({ versions: ['2.2.1'] });
  expect((await registerWith(us, partner)).state).toBe('done');
  return { us, partner, tokenA };
}

/** The Authorization header with which we ask for locations while this kind is armed, and what is stamped on it. */
async function asksWith({ us, partner }: { us: TestPlatform; partner: Partner }, kind: string) {
  await us.client.faults.add({ kind });
  await us.client.sending.send({ name: 'partner', operation: 'locations.list' });
  await us.client.faults.remove({ all: true });
  const headers = partner.requests.at(-1)?.headers ?? [];
  const [newest] = await us.client.exchanges.list({ limit: 1 });
  const { fault } = await us.client.exchanges.get({ id: newest?.id ?? 0 });
  return { header: headers.find(([name]) => name === 'Authorization')?.[1], firing: fault?.firings[0] };
}

/** All that the database keeps of the newest exchange, as the operator sees it. */
async function kept({ client }: TestPlatform): Promise<string> {
  const [newest] = await client.exchanges.list({ limit: 1 });
  return JSON.stringify(await client.exchanges.get({ id: newest?.id ?? 0 }));
}

it('token A is sent again after the registration', async () => {
  const { us, partner, tokenA } = await registered();
  const { header, firing } = await asksWith({ us, partner }, 'auth.token-a-again');
  expect(header).toBe(form(tokenA));
  expect(firing).toMatchObject({ applied: true, did: 'token A was sent instead of the present one' });
  expect(await kept(us)).not.toContain(tokenA);
  expect(await kept(us)).not.toContain(form(tokenA).slice('Token '.length));
});

it('tokens B and C are swapped in our answer to a registration: the partner is told its own token', async () => {
  const us = await openPlatform({ versions: ['2.2.1'] });
  const partner = await openPartner({ versions: ['2.2.1'] });
  const { token, versionsUrl } = await us.client.links.invite({ name: 'partner' });
  await us.client.faults.add({ kind: 'auth.tokens-swapped', reachesRegistration: true });
  await partner.register({ versionsUrl, token });
  const posted = partner.calls.find(({ operation }) => operation === 'credentials.post');
  const given = (JSON.parse(String(posted?.request.body)) as { token?: string }).token;
  const told = (JSON.parse(posted?.answer?.text ?? '{}') as { data?: { token?: string } }).data?.token;
  expect(given).toMatch(/.{10}/);
  expect(told).toBe(given);
});

it('the token before a PUT is sent on, and before any PUT there is none', async () => {
  const { us, partner } = await registered();
  const before = await asksWith({ us, partner }, 'auth.old-token');
  expect(before.firing).toMatchObject({ applied: false, did: 'this link has had no other token before' });
  const first = before.header;
  expect((await partner.update()).ok).toBe(true);
  const after = await asksWith({ us, partner }, 'auth.old-token');
  expect(after.firing).toMatchObject({ applied: true, did: 'the token before was sent instead of the present one' });
  expect(after.header).toBe(first);
});
