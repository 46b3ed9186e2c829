import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import type { Action } from '../support/partner/action.ts';
import {
  addPartner,
  endOf,
  failureOf,
  ledger,
  openPartner,
  openPlatform,
  register,
  type TestPlatform,
  theirRun,
} from '../support/platform.ts';

/** Patience runs out five times as fast. */
const hasty = { ...systemClock, elapsed: () => systemClock.elapsed() * 5 };

const others = new Set<Database.Database>();
afterEach(() => {
  for (const other of others) other.close();
  others.clear();
});

/** Another program that locks the database when it is told to. */
function locker({ file }: TestPlatform) {
  const other = new Database(file);
  others.add(other);
  return { lock: () => other.exec('BEGIN IMMEDIATE'), release: () => other.exec('ROLLBACK') };
}

/** The right answer, and the database locked before it leaves. */
const lockingWith = (lock: () => void): Action => ({
  do: 'alter',
  change: answer => {
    lock();
    return answer;
  },
});

it('a search index that another program holds keeps no exchange from being stored, and says so', async () => {
  const platform = await openPlatform();
  const partner = await openPartner();
  await addPartner(platform, partner);
  expect((await register(platform)).state).toBe('done');
  const other = new Database(`${platform.file}.search`, { timeout: 5000 });
  others.add(other);
  const state = async () => {
    const { recording, search } = await platform.client.platform.get();
    return { stored: recording.ok, searchable: search.ok };
  };
  await expect.poll(state, { timeout: 5000 }).toEqual({ stored: true, searchable: true });
  other.exec('BEGIN EXCLUSIVE');
  expect((await endOf(platform, await platform.client.runs.rotate({ name: 'partner' }))).state).toBe('done');
  await expect.poll(state).toEqual({ stored: true, searchable: false });
  expect((await platform.client.platform.get()).search.reason).toContain('searching');
  other.exec('ROLLBACK');
  await expect.poll(state).toEqual({ stored: true, searchable: true });
});

describe('a database that is locked in the middle of a registration', () => {
  it('of ours, for longer than we wait: the registration is ended again at the partner, and works later', async () => {
    const partner = await openPartner();
    const platform = await openPlatform({ clock: hasty });
    const { lock, release } = locker(platform);
    await addPartner(platform, partner);
    partner.override('credentials.post', [lockingWith(lock)]);
    const { runId } = await platform.client.runs.register({ name: 'partner' });
    await partner.arrival('credentials.delete');
    const run = await endOf(platform, { runId });
    expect(run.state).toBe('failed');
    expect(run.result?.summary).toBe(
      'the partner agreed, but its answer could not be stored: Nothing was stored: another program holds the database locked. Close the program that has the database open; recording resumes by itself. The registration was ended again at the partner',
    );
    expect((await platform.client.platform.get()).recording.ok).toBe(false);
    expect(partner.relation.registered).toBe(false);
    release();

    expect(await ledger(platform)).toEqual(['outgoing A pending', 'incoming B pending']);
    await platform.client.links.set({ name: 'partner', token: partner.invite().token });
    expect((await register(platform)).state).toBe('done');
    expect((await platform.client.platform.get()).recording.ok).toBe(true);
    expect((await ledger(platform)).filter(state => !state.endsWith('retired'))).toEqual([
      'incoming B active',
      'outgoing C active',
    ]);
    expect(partner.complaints).toEqual([]);
  });

  it('of ours, for a moment: it is stored as soon as it can be', async () => {
    const partner = await openPartner();
    const platform = await openPlatform();
    const { lock, release } = locker(platform);
    await addPartner(platform, partner);
    partner.override('credentials.post', [lockingWith(lock)]);
    // Long enough for the first tries to fail.
    const { runId } = await platform.client.runs.register({ name: 'partner' });
    await partner.arrival('versions', 2);
    await systemClock.sleep(1500);
    release();
    expect((await endOf(platform, { runId })).state).toBe('done');
    expect(await ledger(platform)).toEqual(['outgoing A retired', 'incoming B active', 'outgoing C active']);
    expect(await partner.getCredentials()).toMatchObject({ ok: true });
  });

  it('of theirs: it is told 3000, nothing is half-registered, and its next try works', async () => {
    const partner = await openPartner();
    const platform = await openPlatform({ clock: hasty });
    const { lock, release } = locker(platform);
    const invitation = await platform.client.links.invite({ name: 'partner' });
    partner.override('details', [lockingWith(lock)]);
    expect(await partner.register(invitation)).toMatchObject({ ok: false, step: 'credentials' });
    const answer = partner.calls.at(-1)?.answer;
    expect(JSON.parse(answer?.text ?? '')).toMatchObject({ status_code: 3000 });
    expect(answer?.text).not.toContain('SQLITE');
    expect((await platform.client.platform.get()).recording.reason).toContain('locked');
    release();
    expect(await theirRun(platform)).toMatchObject({ state: 'failed' });
    expect((await ledger(platform)).filter(state => !state.endsWith('retired'))).toEqual(['incoming A active']);
    expect((await platform.client.links.get({ name: 'partner' })).state).toBe('invited');
    expect(await partner.register(invitation)).toMatchObject({ ok: true });
    expect(partner.complaints).toEqual([]);
  });

  it('of theirs that ends: DELETE is told 3000 and the registration stands', async () => {
    const partner = await openPartner();
    const platform = await openPlatform({ clock: hasty });
    const { lock, release } = locker(platform);
    await partner.register(await platform.client.links.invite({ name: 'partner' }));
    lock();
    expect(await partner.unregister()).toMatchObject({
      ok: false,
      reason: expect.stringContaining('status_code 3000'),
    });
    release();
    expect((await platform.client.links.get({ name: 'partner' })).state).toBe('registered');
    expect(await partner.unregister()).toMatchObject({ ok: true });
  });

  it('keeps an operator from what would not be stored, with the reason', async () => {
    const partner = await openPartner();
    const platform = await openPlatform({ clock: hasty });
    const { lock, release } = locker(platform);
    lock();
    expect(await failureOf(addPartner(platform, partner))).toEqual({
      code: 'DATABASE_UNUSABLE',
      message: 'Nothing was stored: another program holds the database locked.',
      advice: 'Close the program that has the database open; recording resumes by itself.',
    });
    expect(platform.workbench.platform.configure({ versions: ['2.2.1'] })).toMatchObject({ ok: false });
    expect(platform.workbench.platform.config().versions).toHaveLength(3);
    release();
    await addPartner(platform, partner);
    lock();
    expect(await failureOf(platform.client.runs.register({ name: 'partner' }))).toMatchObject({
      code: 'DATABASE_UNUSABLE',
    });
    release();
    expect((await register(platform)).state).toBe('done');
  });
});
