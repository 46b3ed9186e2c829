import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import type { Forgotten } from '../../../core/contract/storage.ts';
import { newFile, newLink, openAt } from '../../history/folder.ts';
import { filesHolding } from '../../history/forgetting/held.ts';
import { DAY, recordAll } from '../../history/keeping/recorded.ts';
import { messagesOf } from '../../insight/transactions/charge-messages.ts';
import { BEGIN } from '../../support/observed.ts';
import { failureOf, openPlatform, type TestPlatform } from '../../support/platform.ts';
import { recordOf } from '../transactions/recorded-charge.ts';

const UID = 'CARD-OF-7733';

/** A charge with that card, and one with another. */
async function charged(): Promise<TestPlatform> {
  const file = newFile();
  const say = messagesOf({ version: '2.2.1', we: 'emsp' });
  const history = await openAt(file, { clock: { ...systemClock, now: () => BEGIN } });
  history.links.insert(newLink('acme'));
  const literals = [
    say.start(0, { uid: UID }),
    say.result(0.2),
    say.put({ minute: 1, uid: UID.toLowerCase() }),
    say.put({ minute: 31, begin: 1, status: 'COMPLETED', kwh: 10, end: 31, uid: UID }),
    say.bill(32, say.cdrObject({ kwh: 12, uid: UID })),
    say.start(40, { evse: 'E2', result: 'REJECTED' }),
  ];
  await recordAll(
    history,
    literals.map(literal => recordOf(literal)),
  );
  await history.close();
  return openPlatform({ file, serve: false, clock: { ...systemClock, now: () => BEGIN + DAY } });
}

async function forgotten(platform: TestPlatform, input: Parameters<TestPlatform['client']['storage']['forget']>[0]) {
  let last: Forgotten | undefined;
  for await (const step of await platform.client.storage.forget(input)) if (step.kind === 'forgotten') last = step;
  if (last === undefined) throw new Error('nothing came of it');
  return last;
}

async function transactions({ client }: TestPlatform, search?: string) {
  for (;;) {
    const { rows, behind } = await client.transactions.page(search === undefined ? {} : { search });
    if (behind === 0) return rows.map(({ id, exchanges, state, problem }) => ({ id, exchanges, state, problem }));
  }
}

describe('forgetting the uid of a token', () => {
  it('asks first, and takes one value', async () => {
    const platform = await charged();
    await expect(forgotten(platform, { tokenUid: UID })).rejects.toMatchObject({
      code: 'CONFIRMATION_NEEDED',
      message: expect.stringContaining(UID),
    });
    await expect(forgotten(platform, { tokenUid: UID, contractId: 'C1', dry: true })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    await expect(forgotten(platform, {})).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await forgotten(platform, { contractId: `C-${UID}`, dry: true })).toMatchObject({
      places: [{ where: 'bodies of exchanges', count: 4 }],
      proof: null,
    });
  });

  it('throws away what was made of exchanges and lies beside the database, and names it', async () => {
    const platform = await charged();
    const { client } = platform;
    vi.stubEnv('TMPDIR', dirname(platform.file));
    let exportId = '';
    for await (const step of await client.logs.export({})) {
      if (step.kind === 'exported') exportId = step.exportId ?? '';
    }
    const { base64 } = await client.logs.piece({ exportId, offset: 0 });
    const { upload } = await client.logs.upload({ base64 });
    const source = { upload, name: 'a.ocpilog' };
    const { id } = await client.logs.reproductions.start({ source, as: 'us' });
    const { proof, places } = await forgotten(platform, { tokenUid: UID, confirmed: true });
    expect(proof).toMatchObject({ met: 0 });
    expect(places).toEqual(
      expect.arrayContaining([
        { where: 'exports that waited to be fetched', count: 1 },
        { where: 'files that were handed over', count: 1 },
        { where: 'reproductions that ran', count: 1 },
      ]),
    );
    const names = readdirSync(dirname(platform.file));
    expect(names.filter(name => /exports-|uploads-|reproduction/.test(name))).toEqual([]);
    expect(await failureOf(client.logs.piece({ exportId, offset: 0 }))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await failureOf(client.logs.inspect(source))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await failureOf(client.logs.reproductions.stop({ id }))).toMatchObject({ code: 'NOT_FOUND' });
    vi.unstubAllEnvs();
  });

  it('leaves transactions tied together as they were, under the pseudonym, and nothing of it in any file', async () => {
    const platform = await charged();
    const before = await transactions(platform);
    expect(before.map(({ id, exchanges }) => [id, exchanges])).toEqual([
      [6, 1],
      [1, 5],
    ]);
    expect((await platform.client.exchanges.list({ search: 'CARD-OF-7733', limit: 10 })).length).toBeGreaterThan(0);
    const { replacedBy, proof } = await forgotten(platform, { tokenUid: UID, confirmed: true });
    expect(proof).toMatchObject({ met: 0 });
    expect(await transactions(platform)).toEqual(before);
    expect(await transactions(platform, UID)).toEqual([]);
    expect((await transactions(platform, replacedBy)).map(({ id }) => id)).toEqual([1]);
    expect(await platform.client.exchanges.list({ search: 'CARD-OF-7733', limit: 10 })).toEqual([]);
    expect(filesHolding(platform.file, UID)).toEqual([]);
  });
});
