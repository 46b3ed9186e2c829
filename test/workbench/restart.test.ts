import { copyFileSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Partner } from '../support/partner/partner.ts';
import {
  addPartner,
  endOf,
  failureOf,
  ledger,
  newDatabase,
  openPartner,
  openPlatform,
  register,
  registerWith,
  type TestPlatform,
} from '../support/platform.ts';

/** The database as a `kill -9` at this moment would leave it, under another name and without its owner. */
function killed({ file }: TestPlatform): string {
  const copy = newDatabase();
  const database = new Database(file, { readonly: true });
  database.exec(`VACUUM INTO '${copy}'`);
  database.close();
  copyFileSync(`${file}.key`, `${copy}.key`);
  change(copy, 'DELETE FROM owner');
  return copy;
}

function change(file: string, statement: string) {
  const database = new Database(file);
  database.exec(statement);
  database.close();
}

const statusWith = async (platform: TestPlatform, partner: Partner, token: string) =>
  (await partner.call({ operation: 'versions', method: 'GET', url: platform.versionsUrl, token })).call.answer?.status;

describe('a restart', () => {
  it('keeps links, tokens, runs, the port and what the partner was told', async () => {
    const partner = await openPartner();
    const platform = await openPlatform();
    const run = await registerWith(platform, partner);
    const link = await platform.client.links.get({ name: 'partner' });
    await platform.close();
    const again = await openPlatform({ file: platform.file });
    expect(again.versionsUrl).toBe(platform.versionsUrl);
    expect(await again.client.links.get({ name: 'partner' })).toEqual(link);
    expect(await again.client.runs.get({ runId: run.id })).toEqual(run);
    expect(await partner.getCredentials()).toMatchObject({ ok: true });
    expect((await endOf(again, await again.client.runs.rotate({ name: 'partner' }))).state).toBe('done');
    expect(partner.complaints).toEqual([]);
  });
});

describe('a workbench that is killed', () => {
  it('in the middle of registering leaves no token B alive, and can try again', async () => {
    const partner = await openPartner({ overrides: { 'credentials.post': [{ do: 'hang' }] } });
    const platform = await openPlatform();
    await addPartner(platform, partner);
    const { runId } = await platform.client.runs.register({ name: 'partner' });
    await partner.arrival('credentials.post');
    expect(await ledger(platform)).toEqual(['outgoing A pending', 'incoming B pending']);
    const file = killed(platform);
    await platform.close();

    const again = await openPlatform({ file });
    expect((await again.client.runs.get({ runId })).state).toBe('interrupted');
    const [post] = await again.client.exchanges.list({ runId, limit: 1 });
    expect(post).toMatchObject({ operation: 'credentials.post', ended: 'interrupted' });
    expect(await ledger(again)).toEqual(['outgoing A pending', 'incoming B retired']);
    expect((await register(again)).state).toBe('done');
  });

  it('in the middle of a rotation keeps the new token B beside the old one: the partner may have switched', async () => {
    const partner = await openPartner();
    const platform = await openPlatform();
    await registerWith(platform, partner);
    const oldB = partner.relation.outgoing ?? '';
    partner.override('credentials.put', [{ do: 'hang', work: true }]);
    await platform.client.runs.rotate({ name: 'partner' });
    await expect.poll(() => partner.relation.outgoing).not.toBe(oldB);
    const file = killed(platform);
    await platform.close();

    const again = await openPlatform({ file });
    expect((await ledger(again)).filter(state => state.startsWith('incoming'))).toEqual([
      'incoming B active',
      'incoming B previous',
    ]);
    expect(await statusWith(again, partner, oldB)).toBe(200);
    expect(await statusWith(again, partner, partner.relation.outgoing ?? '')).toBe(200);
    expect(await statusWith(again, partner, oldB)).toBe(401);
    expect((await endOf(again, await again.client.runs.rotate({ name: 'partner' }))).state).toBe('done');
  });

  it('in the middle of being registered with keeps the invitation', async () => {
    const partner = await openPartner({ overrides: { details: { do: 'hang' } } });
    const platform = await openPlatform();
    const invitation = await platform.client.links.invite({ name: 'partner' });
    void partner.register(invitation);
    await partner.arrival('details');
    const file = killed(platform);
    await platform.close();

    partner.restore();
    const again = await openPlatform({ file });
    expect(await ledger(again)).toEqual(['incoming A active', 'outgoing B retired']);
    expect(await partner.register(invitation)).toMatchObject({ ok: true });
  });

  it('between storing a registration and answering it lets the partner come again with token A, until it uses token C', async () => {
    const partner = await openPartner();
    const platform = await openPlatform();
    const invitation = await platform.client.links.invite({ name: 'partner' });
    expect(await partner.register(invitation)).toMatchObject({ ok: true });
    const tokenC = partner.relation.outgoing ?? '';
    const file = killed(platform);
    await platform.close();
    // The answer is the last thing that happens to a registration.
    change(file, "UPDATE run SET state = 'running', ended_at = NULL, result = NULL");

    const unheard = await openPlatform({ file });
    expect(await ledger(unheard)).toEqual(['incoming A previous', 'outgoing B active', 'incoming C active']);
    const again = killed(unheard);
    partner.forget();
    expect(await partner.register(invitation)).toMatchObject({ ok: true });
    expect((await ledger(unheard)).filter(state => !state.endsWith('retired'))).toEqual([
      'outgoing B active',
      'incoming C active',
    ]);
    await unheard.close();

    const heard = await openPlatform({ file: again });
    expect(await statusWith(heard, partner, tokenC)).toBe(200);
    expect(await ledger(heard)).toEqual(['incoming A retired', 'outgoing B active', 'incoming C active']);
    expect(await statusWith(heard, partner, invitation.token)).toBe(401);
  });
});

describe('a key file that is lost', () => {
  it('costs the tokens and nothing else: the database opens, says so, and works once they are entered anew', async () => {
    const partner = await openPartner();
    const platform = await openPlatform();
    await registerWith(platform, partner);
    const waiting = await openPartner();
    await addPartner(platform, waiting, { name: 'waiting' });
    const tokenB = partner.relation.outgoing ?? '';
    await platform.close();
    rmSync(`${platform.file}.key`);

    const again = await openPlatform({ file: platform.file });
    const { links, runs } = again.client;
    const { tokens } = await links.get({ name: 'partner' });
    expect(tokens.map(({ readable }) => readable)).toEqual([false, false, false]);
    expect(await failureOf(runs.register({ name: 'waiting' }))).toEqual({
      code: 'TOKEN_UNREADABLE',
      message: 'the token for waiting was sealed with a key that is gone',
      advice: 'Enter it anew: wb link set waiting --token A.',
    });
    expect(await failureOf(links.reveal({ name: 'partner', tokenId: tokens[1]?.id ?? '' }))).toMatchObject({
      code: 'TOKEN_UNREADABLE',
    });
    expect(await failureOf(runs.rotate({ name: 'partner' }))).toMatchObject({ code: 'TOKEN_UNREADABLE' });
    expect((await partner.getCredentials()).ok).toBe(false);

    await links.set({ name: 'waiting', token: waiting.tokenA ?? '' });
    expect((await register(again, { name: 'waiting' })).state).toBe('done');
    await links.set({ name: 'partner', token: partner.relation.incoming[0] ?? '', theirToken: tokenB });
    expect(await partner.getCredentials()).toMatchObject({ ok: true });
    expect((await endOf(again, await runs.rotate({ name: 'partner' }))).state).toBe('done');
    expect([...partner.complaints, ...waiting.complaints]).toEqual([]);
  });
});
