import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LedgerToken } from '../../core/contract/link.ts';
import type { History } from '../../core/history/history.ts';
import type { NewToken } from '../../core/history/tokens.ts';
import { versionsExchange } from '../support/exchanges.ts';
import { newFile, newLink, openAt, openWithConnection } from './folder.ts';

const SECRET = 'ebf3b399-779f-4497-9b9d-ac6ad3cc44d2';

function add(history: History, token: string, more: Partial<NewToken> = {}) {
  const linkId = more.linkId ?? history.links.byName('Acme')?.id ?? history.links.insert(newLink('Acme')).id;
  return history.tokens.add({
    linkId,
    direction: 'incoming',
    kind: 'A',
    state: 'active',
    issuedBy: 'us',
    token,
    ...more,
  });
}

const found = (history: History, ...tokens: string[]) =>
  history.tokens.find(tokens.map(token => ({ token })))?.entry.row;

describe('tokens', () => {
  it('stand in no file beside the database in any form, and are readable after a restart', async () => {
    const file = newFile();
    const before = await openAt(file);
    const { id, row } = add(before, SECRET);
    const searched = [SECRET, Buffer.from(SECRET).toString('base64').slice(0, 40), Buffer.from(SECRET).toString('hex')];
    const look = () => {
      for (const name of readdirSync(dirname(file))) {
        const bytes = readFileSync(join(dirname(file), name));
        for (const text of searched) expect(bytes.includes(text)).toBe(false);
      }
    };
    look();
    await before.close();
    look();
    const after = await openAt(file);
    expect(after.tokens.value(id)).toBe(SECRET);
    expect(after.tokens.valueOf(row)).toBe(SECRET);
    expect(found(after, 'other', SECRET)).toBe(row);
    expect(after.tokens.idOf(SECRET)).toBe(id);
    expect(id).toMatch(/^[0-9a-f]{12}$/);
  });

  it('any text comes back out of the seal, and its id depends on the database', async () => {
    const [one, other] = [await openAt(newFile()), await openAt(newFile())];
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 64 }), token => {
        const entry = add(one, token);
        expect(one.tokens.valueOf(entry.row)).toBe(token);
        expect(entry.length).toBe(token.length);
        expect(one.tokens.idOf(token)).toBe(entry.id);
        expect(other.tokens.idOf(token)).not.toBe(entry.id);
      }),
      { numRuns: 50 },
    );
  });

  it('the ledger shows them without their values, in the shape faces know', async () => {
    const history = await openAt(newFile());
    const entry = add(history, SECRET, { kind: 'B', state: 'pending' });
    const [line] = history.tokens.ledger(entry.linkId);
    expect(line).toEqual(entry);
    const { row: _, ...told } = entry;
    expect(LedgerToken.parse(line)).toEqual(told);
    expect(JSON.stringify(line)).not.toContain(SECRET);
    expect(line).toMatchObject({ kind: 'B', state: 'pending', length: 36, readable: true });
  });

  it('only incoming ones that are not retired let a caller in; the most likely reading wins', async () => {
    const history = await openAt(newFile());
    const raw = add(history, 'raw');
    const decoded = add(history, 'decoded');
    add(history, 'ours', { direction: 'outgoing', kind: 'C' });
    expect(history.tokens.find([{ token: 'nope' }, { token: 'decoded', form: 'base64' }, { token: 'raw' }])).toEqual({
      entry: decoded,
      candidate: { token: 'decoded', form: 'base64' },
    });
    expect(found(history, 'ours')).toBeUndefined();
    history.tokens.retire(raw.linkId, 'outgoing');
    expect(found(history, 'raw')).toBe(raw.row);
    history.tokens.retire(raw.linkId);
    expect(found(history, 'raw', 'decoded')).toBeUndefined();
    expect(history.tokens.ledger(raw.linkId).map(({ state }) => state)).toEqual(['retired', 'retired', 'retired']);
  });

  it('the same value in several rows has one id, and the best row of it answers', async () => {
    const history = await openAt(newFile());
    const volt = history.links.insert(newLink('Volt'));
    const active = add(history, 'shared');
    const pending = add(history, 'shared', { linkId: volt.id, state: 'pending' });
    expect(pending.id).toBe(active.id);
    expect(pending.row).not.toBe(active.row);
    expect(found(history, 'shared')).toBe(active.row);
    history.tokens.setState(active.row, 'retired');
    expect(found(history, 'shared')).toBe(pending.row);
    history.tokens.setState(pending.row, 'active');
    const newest = add(history, 'shared');
    expect(found(history, 'shared')).toBe(newest.row);
    history.tokens.remove(volt.id);
    history.tokens.setState(newest.row, 'previous');
    expect(found(history, 'shared')).toBe(newest.row);
    expect(history.tokens.known()).toEqual([{ id: active.id, token: 'shared' }]);
  });

  it('the list of known values is the same array until tokens change', async () => {
    const history = await openAt(newFile());
    const one = add(history, 'one');
    const known = history.tokens.known();
    history.tokens.markUsed(one.row, 'raw', 5);
    expect(history.tokens.known()).toBe(known);
    add(history, 'two', { direction: 'outgoing' });
    expect(history.tokens.known()).not.toBe(known);
    expect(history.tokens.known().map(({ token }) => token)).toEqual(['one', 'two']);
  });

  it('a use shows at once and is written with a later commit, at the latest on closing', async () => {
    const file = newFile();
    const history = await openAt(file);
    const { row, linkId } = add(history, SECRET);
    const stored = () => {
      const database = new Database(file, { readonly: true });
      const at = database.prepare('SELECT last_used_at FROM token WHERE row = ?').pluck().get(row);
      database.close();
      return at;
    };
    history.tokens.markUsed(row, 'base64', 1000);
    expect(history.tokens.ledger(linkId)[0]).toMatchObject({ lastUsedAt: 1000, lastForm: 'base64' });
    expect(stored()).toBeNull();
    await history.recorder.record(versionsExchange(1));
    expect(stored()).toBe(1000);
    history.tokens.markUsed(row, 'raw', 2000);
    await history.recorder.record(versionsExchange(2));
    expect(stored()).toBe(1000);
    await history.close();
    expect(stored()).toBe(2000);
    expect((await openAt(file)).tokens.ledger(linkId)[0]).toMatchObject({ lastUsedAt: 2000, lastForm: 'raw' });
  });

  it('a use marked while a change is rolled back is not lost', async () => {
    const file = newFile();
    const history = await openAt(file);
    const { row, linkId } = add(history, SECRET);
    history.tokens.markUsed(row, 'raw', 3000);
    expect(() =>
      history.transaction(() => {
        history.tokens.setState(row, 'retired');
        throw new Error('broken off');
      }),
    ).toThrow();
    await history.close();
    expect((await openAt(file)).tokens.ledger(linkId)[0]).toMatchObject({ lastUsedAt: 3000, state: 'active' });
  });
});

describe('a use that was marked', () => {
  it('is written with the next commit when the one it belonged to failed', async () => {
    const file = newFile();
    const { database, history } = await openWithConnection(file);
    const { row, linkId } = add(history, SECRET);
    history.tokens.markUsed(row, 'raw', 4000);
    database.exec("CREATE TEMP TRIGGER full BEFORE INSERT ON exchange BEGIN SELECT RAISE(ABORT, 'no'); END");
    expect(await history.recorder.record(versionsExchange(1))).toMatchObject({ stored: false });
    database.exec('DROP TRIGGER full');
    expect(await history.recorder.record(versionsExchange(2))).toMatchObject({ stored: true });
    const stored = database.prepare('SELECT last_used_at, link_id FROM token').get();
    expect(stored).toEqual({ last_used_at: 4000, link_id: linkId });
  });
});

describe('the key of the sealed table', () => {
  it('lies in a file that only this user may read, which is said until it is acknowledged', async () => {
    const file = newFile();
    const before = await openAt(file);
    expect(statSync(`${file}.key`).mode & 0o777).toBe(0o600);
    expect(before.keyNotice()).toContain(`${file}.key`);
    await before.close();
    const again = await openAt(file);
    expect(again.keyNotice()).toContain(`${file}.key`);
    again.acknowledgeKeyNotice();
    expect(again.keyNotice()).toBeUndefined();
    await again.close();
    expect((await openAt(file)).keyNotice()).toBeUndefined();
  });

  it('gone, the database opens, old tokens are listed as unreadable and let nobody in, new ones work', async () => {
    const file = newFile();
    const before = await openAt(file);
    const old = add(before, SECRET);
    await before.close();
    renameSync(`${file}.key`, `${file}.key-elsewhere`);
    const after = await openAt(file);
    expect(after.tokens.ledger(old.linkId)).toMatchObject([{ id: old.id, readable: false, length: 36 }]);
    expect(found(after, SECRET)).toBeUndefined();
    expect(after.tokens.value(old.id)).toBeUndefined();
    expect(after.tokens.known()).toEqual([]);
    const anew = add(after, SECRET);
    expect(found(after, SECRET)).toBe(anew.row);
    await after.close();
    rmSync(`${file}.key`);
    renameSync(`${file}.key-elsewhere`, `${file}.key`);
    const back = await openAt(file);
    expect(back.tokens.ledger(old.linkId).map(({ readable }) => readable)).toEqual([true, false]);
    expect(found(back, SECRET)).toBe(old.row);
  });

  it('wrong or unreadable, nothing is lost: the file that was there is kept beside the new one', async () => {
    const file = newFile();
    const before = await openAt(file);
    const old = add(before, SECRET);
    await before.close();
    writeFileSync(`${file}.key`, 'not a key');
    const after = await openAt(file);
    expect(after.tokens.ledger(old.linkId)).toMatchObject([{ readable: false }]);
    expect(readFileSync(`${file}.key.unreadable`, 'utf8')).toBe('not a key');
  });

  it('a sealed token that was tampered with, or moved to another link, is not read', async () => {
    const file = newFile();
    const before = await openAt(file);
    const volt = before.links.insert(newLink('Volt'));
    const moved = add(before, 'moved');
    const touched = add(before, 'touched');
    await before.close();
    const database = new Database(file);
    database.prepare('UPDATE token SET link_id = ? WHERE row = ?').run(volt.id, moved.row);
    database.prepare("UPDATE token SET sealed = sealed || x'00' WHERE row = ?").run(touched.row);
    database.close();
    const after = await openAt(file);
    expect(found(after, 'moved', 'touched')).toBeUndefined();
    expect(after.tokens.ledger(volt.id)).toMatchObject([{ readable: false }]);
  });
});
