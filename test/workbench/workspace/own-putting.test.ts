import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { History } from '../../../core/history/history.ts';
import type { NewOwnObject } from '../../../core/history/own-data.ts';
import { putOwn, refusedWith } from '../../../core/workbench/workspace/own-putting.ts';
import { newFile, openAt, openWithConnection } from '../../history/folder.ts';
import { must, openPlatform } from '../../support/platform.ts';

const tariff = (number: number, price: number): NewOwnObject => ({
  party: 'NL-WBX',
  module: 'tariffs',
  list: '',
  id: `T${number}`,
  type: '',
  version: '2.2.1',
  text: `{"id":"T${number}","price":${price}}`,
  lastUpdated: 1000 + number,
});
const many = (count: number, price: number) => Array.from({ length: count }, (_, at) => tariff(at + 1, price));

function textsOf({ ownData }: History) {
  const { objects } = ownData.page({ parties: ['NL-WBX'], module: 'tariffs', offset: 0, limit: 1000 });
  return objects.map(({ text, lastUpdated }) => [text, lastUpdated]);
}

/** A hundred that stay. */
async function kept(history: History, yielding: () => Promise<void>): Promise<void> {
  const put = must(await putOwn(many(100, 1), { history, yielding }));
  must(history.transaction(put.keep));
}

async function counting() {
  const history = await openAt(newFile());
  let turns = 0;
  const yielding = async () => void turns++;
  return { history, yielding, turns: () => turns };
}

describe('objects of a workspace', () => {
  it('are written a few at a time, so that others have their turn in between', async () => {
    const { history, yielding, turns } = await counting();
    must(await putOwn(many(420, 1), { history, yielding }));
    expect(textsOf(history)).toHaveLength(420);
    expect(turns()).toBe(9);
  });

  it('stand here as before where the disk is full before the last of them', async () => {
    const { database, history } = await openWithConnection(newFile());
    let turns = 0;
    const yielding = async () => void turns++;
    await kept(history, yielding);
    const before = textsOf(history);
    database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true })) + 250}`);
    const large = many(400, 2).map(one => ({ ...one, text: one.text.replace('}', `,"name":"${'x'.repeat(2000)}"}`) }));
    turns = 0;
    expect(await putOwn(large, { history, yielding })).toMatchObject({
      ok: false,
      failure: { code: 'DATABASE_UNUSABLE' },
    });
    // Some were written, and taken back.
    expect(turns).toBeGreaterThan(4);
    expect(textsOf(history)).toEqual(before);
  });

  it('that can neither be written nor put back are told', () => {
    const failure = { code: 'DATABASE_UNUSABLE', message: 'Nothing was stored.', advice: 'Make room.' } as const;
    expect(refusedWith(failure, { ok: true })).toEqual({ ok: false, failure });
    expect(refusedWith(failure, { ok: false, failure })).toMatchObject({
      failure: {
        message: 'Nothing was stored. Own objects were changed already, and could not be put back yet.',
        advice: 'Make room. They are put back when the workbench starts next, or imports a workspace.',
      },
    });
  });

  it('are as they were before after the next start, where the process was killed before the whole of it was stored', async () => {
    const { history, yielding } = await counting();
    await kept(history, yielding);
    const before = textsOf(history);
    must(await putOwn(many(420, 2), { history, yielding }));
    expect(textsOf(history)).toHaveLength(420);
    // What somebody changed since is theirs.
    history.ownData.put([tariff(7, 3)]);
    await history.close();

    const platform = await openPlatform({ file: history.file, serve: false });
    const { objects } = await platform.client.own.list({ module: 'tariffs', limit: 1000 });
    const wanted = before.map(([text]) => (String(text).includes('"T7"') ? '{"id":"T7","price":3}' : text));
    expect(objects.map(({ object }) => JSON.stringify(object))).toEqual(wanted);
    await platform.close();
    const left = new Database(history.file, { readonly: true });
    expect(left.prepare("SELECT count(*) FROM setting WHERE name LIKE 'workspace.undo.%'").pluck().get()).toBe(0);
    left.close();
  });

  it('that could not be put back are put back by the next import', async () => {
    const { history, yielding } = await counting();
    await kept(history, yielding);
    must(await putOwn(many(120, 2), { history, yielding }));
    const put = must(await putOwn([tariff(200, 5)], { history, yielding }));
    history.transaction(put.keep);
    expect(textsOf(history).map(([text]) => text)).toEqual([...many(100, 1), tariff(200, 5)].map(({ text }) => text));
  });
});
