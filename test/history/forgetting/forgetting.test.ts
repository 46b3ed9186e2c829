import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { done } from '../../../core/contract/failure.ts';
import type { Forgotten } from '../../../core/contract/storage.ts';
import type { History } from '../../../core/history/history.ts';
import { versionsExchange } from '../../support/exchanges.ts';
import { newFile, openAt } from '../folder.ts';
import { must } from '../keeping/recorded.ts';
import { dumped, exchangesWith, filesHolding, fill, LONGER, UID } from './held.ts';

async function forget(
  history: History,
  value: string,
  { dry = false, signal = new AbortController().signal, progress = (_: { readonly doing: string }) => {} } = {},
) {
  return history.forgetting.forget(value, { dry, signal, progress, derivedAnew: async () => done(undefined) });
}

async function filled(uid = UID, file = newFile()) {
  const history = await openAt(file);
  await fill(history, uid);
  return { file, history };
}

function placesOf({ places }: Forgotten): Record<string, number> {
  return Object.fromEntries(places.map(({ where, count }) => [where, count]));
}

describe('forgetting a value', () => {
  it('only counts where it stands in a dry run', async () => {
    const { file, history } = await filled();
    const before = dumped(file);
    const counted = must(await forget(history, UID.toLowerCase(), { dry: true }));
    expect(counted).toMatchObject({ kind: 'forgotten', dry: true, proof: null });
    expect(placesOf(counted)).toMatchObject({
      'URLs of exchanges': 1,
      'headers of exchanges': 1,
      'bodies of exchanges': 5,
      'findings of exchanges': 1,
      'how exchanges ended': 1,
      'ids of requests': 1,
      notes: 1,
      runs: 1,
      scenarios: 1,
      replays: 2,
      'steps of replays': 1,
      'imported session logs': 1,
      'what fault rules remember': 1,
      'what faults did to exchanges': 2,
      settings: 1,
      links: 1,
      'keys of objects': 1,
      'own objects': 3,
    });
    expect(counted.places.find(({ where }) => where === 'texts of objects and their revisions')?.count).toBe(4);
    expect(dumped(file)).toBe(before);
  });

  it('replaces it everywhere and leaves everything else as it was, byte for byte', async () => {
    const { file, history } = await filled();
    const before = dumped(file);
    const forgotten = must(await forget(history, UID));
    expect(forgotten.proof?.met).toBe(0);
    const { replacedBy } = forgotten;
    expect(replacedBy).toMatch(/^[0-9][0-9A-F]{9}$/);
    const after = dumped(file);
    expect(after.toLowerCase().replaceAll(LONGER.toLowerCase(), '')).not.toContain(UID.toLowerCase());
    const expected = plain(before).replaceAll(UID, replacedBy).replaceAll(UID.toLowerCase(), replacedBy.toLowerCase());
    expect(plain(after)).toBe(expected);
    expect(history.exchanges.get(4)?.requestId).toBe(`req ${replacedBy}`);
    const check = must(await history.keeping.check());
    expect(check.problems).toEqual([]);
    // The lengths that were told of coded bodies are right again.
    const database = new Database(file, { readonly: true });
    const rows = database
      .prepare(
        `SELECT response_headers AS headers, response_length AS told, length FROM exchange
         JOIN body ON body.id = response_body WHERE exchange.id <= 6 ORDER BY exchange.id`,
      )
      .all() as { headers: string; told: number; length: number }[];
    database.close();
    for (const { headers, told, length } of rows.slice(0, 3)) {
      expect(told).toBe(length);
      expect(headers).toContain(`Content-Length\n${length}\n`);
    }
  });

  it('leaves no byte of it in any file, nor in what is searched', async () => {
    const { file, history } = await filled('DE99887766');
    await history.find({ search: 'nothing', limit: 10 });
    expect((await history.find({ search: 'DE99887766', limit: 10 })).ok).toBe(true);
    expect(filesHolding(file, 'DE99887766').length).toBeGreaterThan(0);
    const forgotten = must(await forget(history, 'de99887766'));
    expect(forgotten.proof).toMatchObject({ met: 0 });
    expect(forgotten.proof?.files).toBeGreaterThanOrEqual(2);
    expect(filesHolding(file, 'DE99887766')).toEqual([]);
    expect(await history.find({ search: 'DE99887766', limit: 10 })).toMatchObject({ ok: true, exchanges: [] });
    const found = await history.find({ search: forgotten.replacedBy, limit: 10 });
    expect(found.ok && found.exchanges.length).toBeGreaterThan(0);
    expect(history.ownData.get({ parties: ['NL-WBX'], module: 'tokens', id: forgotten.replacedBy })).toBeDefined();
    expect(history.objects.get({ linkId: 1, module: 'tokens', id: forgotten.replacedBy } as never)).toBeDefined();
  });

  it('says so where it stands nowhere, and refuses what cannot be looked for', async () => {
    const { file, history } = await filled();
    const before = dumped(file);
    expect(must(await forget(history, 'NOBODY-77'))).toMatchObject({ places: [], proof: { met: 0 } });
    expect(dumped(file)).toBe(before);
    expect(await forget(history, '--')).toMatchObject({ ok: false, failure: { code: 'INVALID_INPUT' } });
  });

  it('of a few characters is replaced only where a token is named', async () => {
    const { file, history } = await filled('ab12');
    const forgotten = must(await forget(history, 'AB12'));
    expect(forgotten.proof?.met).toBe(0);
    expect(forgotten.onlyNamed).toBe(true);
    expect(Object.keys(placesOf(forgotten))).not.toContain('notes');
    const after = dumped(file);
    expect(after).not.toMatch(/\\"uid\\":\s*\\"ab12\\"/i);
    expect(after).toContain('the driver with ab12');
  });

  it('also takes what arrives meanwhile', async () => {
    const { file, history } = await filled();
    let stop = false;
    let recorded = 0;
    const recording = (async () => {
      while (!stop && recorded < 100) {
        const stored = await Promise.all(exchangesWith(UID).map(record => history.recorder.record(record)));
        expect(stored.every(one => one.stored)).toBe(true);
        recorded += stored.length;
        await new Promise(resolve => setTimeout(resolve, 10));
      }
    })();
    const forgetting = forget(history, UID);
    await recording;
    stop = true;
    const forgotten = must(await forgetting);
    expect(recorded).toBeGreaterThan(60);
    // What came after the last look is left for another time.
    if ((forgotten.proof?.met ?? 0) > 0) expect(must(await forget(history, UID)).proof?.met).toBe(0);
    expect(dumped(file).replaceAll(LONGER, '')).not.toContain(UID);
  });

  it('says so where the database cannot be written, and begins anew later', async () => {
    const { file, history } = await filled();
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    expect(await forget(history, UID)).toMatchObject({ ok: false, failure: { code: 'DATABASE_UNUSABLE' } });
    other.exec('ROLLBACK');
    other.close();
    expect(must(await forget(history, UID)).proof?.met).toBe(0);
  });

  it('can be cancelled, and goes on where it was with the same pseudonym', async () => {
    const { file, history } = await filled();
    for (let round = 0; round < 10; round++) {
      await Promise.all(exchangesWith(UID).map(record => history.recorder.record(record)));
    }
    const cancel = new AbortController();
    const progress = ({ doing }: { readonly doing: string }) => {
      if (doing.includes('texts of objects')) cancel.abort();
    };
    expect(await forget(history, UID, { signal: cancel.signal, progress })).toMatchObject({
      ok: false,
      failure: { code: 'OPERATION_FAILED', message: 'forgetting was cancelled' },
    });
    const [url = ''] = urlsOf(file);
    const { replacedBy, proof } = must(await forget(history, UID));
    expect(url).toContain(replacedBy);
    expect(proof?.met).toBe(0);
  });
});

describe('a process that is killed while it forgets', () => {
  it('leaves a database that is sound, and the next one finishes with the same pseudonym', async () => {
    const { file, history } = await filled('DE99887766');
    for (let round = 0; round < 10; round++) {
      await Promise.all(exchangesWith('DE99887766').map(record => history.recorder.record(record)));
    }
    await history.close();
    for (const doing of ['erasing in exchange', 'erasing in texts of objects']) await killedWhile(file, doing);
    const again = await openAt(file);
    expect(must(await again.keeping.check()).problems).toEqual([]);
    const { replacedBy, proof } = must(await forget(again, 'DE99887766'));
    expect(proof?.met).toBe(0);
    expect(new Set(urlsOf(file).filter(url => url.includes('tokens')))).toEqual(
      new Set([`/ocpi/cpo/2.2.1/tokens/NL/TNM/${replacedBy}?type=RFID&also=%2F${replacedBy.toLowerCase()}%2F`]),
    );
    expect(filesHolding(file, 'DE99887766')).toEqual([]);
    expect(must(await again.keeping.check()).problems).toEqual([]);
  }, 30_000);
});

/** Escapes written out, and without the longer one: only the value itself is to be compared. */
function plain(text: string): string {
  return text
    .replaceAll(/\\+u00([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll(new RegExp(LONGER, 'gi'), 'the longer one');
}

function urlsOf(file: string): string[] {
  const database = new Database(file, { readonly: true });
  const urls = database.prepare<[], string>('SELECT url FROM exchange ORDER BY id').pluck().all();
  database.close();
  return urls;
}

async function killedWhile(file: string, doing: string): Promise<void> {
  const script = fileURLToPath(new URL('./forgetting-process.ts', import.meta.url));
  const child = spawn(process.execPath, [script, file, 'DE99887766'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = new Promise<void>(resolve => child.once('close', () => resolve()));
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith(doing)) continue;
    child.kill('SIGKILL');
    break;
  }
  await gone;
}

describe('an exchange that is open', () => {
  it('is looked at again when it has ended', async () => {
    const { history } = await filled();
    const open = history.recorder.open(versionsExchange(50, { ended: { how: 'open' } }));
    await open.stored;
    const forgetting = forget(history, UID);
    const [, , , answered] = exchangesWith(UID);
    if (answered?.response === undefined) throw new Error('it is answered');
    await history.recorder.update(open.id, { response: answered.response, ended: { how: 'answered' } });
    must(await forgetting);
    const { proof } = must(await forget(history, UID));
    expect(proof?.met).toBe(0);
  });
});
