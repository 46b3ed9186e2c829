import { describe, expect, it } from 'vitest';
import { failureOf, openPartner, openPlatform, registerWith } from '../support/platform.ts';

describe('traffic, asked for over the contract', () => {
  it('comes by position, counted, in groups and with what belongs to it', async () => {
    const platform = await openPlatform();
    const partner = await openPartner();
    const { client } = platform;
    const run = await registerWith(platform, partner);
    const whole = await client.exchanges.page({});
    expect(whole.rows.map(({ id }) => id)).toEqual([...whole.rows.keys()].map(at => whole.newest - at));
    expect(whole).toMatchObject({ behind: 0, newest: whole.rows.length });
    const second = await client.exchanges.page({ newest: whole.newest, offset: 1, limit: 2 });
    expect(second.rows).toEqual(whole.rows.slice(1, 3));
    expect(whole.rows.every(({ runId }) => runId === run.id)).toBe(true);

    const credentials = await client.exchanges.page({ module: 'credentials', direction: 'out' });
    expect(credentials.rows.length).toBeGreaterThan(0);
    expect(credentials.rows.every(({ module, direction }) => module === 'credentials' && direction === 'out')).toBe(
      true,
    );
    const listed = await client.exchanges.list({ module: 'credentials', direction: 'out' });
    expect(listed).toEqual(credentials.rows);
    expect(await client.exchanges.count({ link: 'partner' })).toEqual({
      newest: whole.newest,
      count: whole.newest,
      errors: 0,
    });
    expect((await client.errors.groups({ findings: 'none' })).groups).toEqual([]);
    const { id } = credentials.rows[0] ?? { id: 0 };
    const related = await client.exchanges.related({ id });
    expect(related.run.map(one => one.id)).toEqual(
      whole.rows
        .map(one => one.id)
        .filter(one => one !== id)
        .reverse(),
    );
  });

  it('is found by its words together with everything else', async () => {
    const platform = await openPlatform();
    await registerWith(platform, await openPartner());
    const { client } = platform;
    const found = await client.exchanges.page({ search: 'credentials', direction: 'out', status: '2xx' });
    const filtered = await client.exchanges.page({ direction: 'out', status: '2xx' });
    expect(found.rows.length).toBeGreaterThan(0);
    expect(found.rows.length).toBeLessThan(filtered.rows.length + 1);
    expect(await client.exchanges.count({ search: 'nowhere to be found' })).toMatchObject({ count: 0 });
  });

  it('refuses what no filter can say, and names what it does not know', async () => {
    const { client } = await openPlatform({ serve: false });
    for (const filter of [{ status: '40' }, { status: '4xy' }, { ocpi: '5000' }, { offset: -1 }, { limit: 501 }]) {
      await expect(client.exchanges.page(filter)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    }
    const unknown = await failureOf(client.exchanges.page({ link: 'nobody' }));
    expect(unknown).toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('nobody') });
    expect(await failureOf(client.exchanges.related({ id: 9 }))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await failureOf(client.exchanges.note({ id: 9, text: 'x' }))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('bears a note, which a blank one takes away', async () => {
    const platform = await openPlatform();
    const { client } = platform;
    await fetch(platform.versionsUrl);
    expect(await client.exchanges.note({ id: 1, text: 'who was that?' })).toMatchObject({ note: 'who was that?' });
    expect((await client.exchanges.page({ noted: true })).rows).toMatchObject([{ id: 1, note: 'who was that?' }]);
    expect(await client.exchanges.get({ id: 1 })).toMatchObject({ note: 'who was that?' });
    expect(await client.exchanges.note({ id: 1, text: '  ' })).toMatchObject({ note: null });
    expect((await client.exchanges.page({ noted: true })).rows).toEqual([]);
    await client.links.add({ name: 'Acme', versionsUrl: 'http://127.0.0.1:1/versions', token: 'a-secret-token' });
    const { note } = await client.exchanges.note({ id: 1, text: 'they sent a-secret-token' });
    expect(note).toMatch(/^they sent \{token:[0-9a-f]{12}:raw:14\}$/);
  });
});
