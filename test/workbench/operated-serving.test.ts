import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { newDatabase, openPartner, openPlatform, registerWith } from '../support/platform.ts';
import { connectRaw, request } from '../support/raw-client.ts';

const answers = (url: string | null) =>
  fetch(url ?? '').then(
    ({ status }) => status,
    () => 0,
  );

async function occupied() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as { port: number }).port, free: () => server.close() };
}

describe('our platform as the page sets it', () => {
  it('tells its release and how much its database takes', async () => {
    const { client, file } = await openPlatform();
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    const view = await client.platform.get();
    expect(view).toMatchObject({ release: version, database: file, servingFailure: null });
    expect(view.databaseBytes).toBeGreaterThan(10_000);
  });

  it('says where the key of the tokens lies until somebody has read it', async () => {
    const { client, file } = await openPlatform({ serve: false });
    await client.platform.get();
    expect((await client.platform.get()).keyNotice).toContain(`${file}.key`);
    expect((await client.platform.acknowledge()).keyNotice).toBeNull();
    expect((await client.platform.get()).keyNotice).toBeNull();
  });

  it('is switched off and on, at the same address', async () => {
    const { client, versionsUrl } = await openPlatform();
    expect(await client.platform.serve({ on: false })).toMatchObject({
      serving: false,
      listeningPort: null,
      servingFailure: null,
      versionsUrl: null,
    });
    expect(await answers(versionsUrl)).toBe(0);
    expect(await client.platform.serve({ on: true })).toMatchObject({ serving: true, versionsUrl });
    expect(await answers(versionsUrl)).toBe(401);
  });

  it('moves to another port when it is started anew', async () => {
    const { client, versionsUrl } = await openPlatform();
    const { port, free } = await occupied();
    free();
    await client.platform.configure({ port });
    expect(await answers(versionsUrl)).toBe(401);
    const moved = await client.platform.serve({ on: true });
    expect(moved.versionsUrl).toContain(`:${port}/`);
    expect([await answers(moved.versionsUrl), await answers(versionsUrl)]).toEqual([401, 0]);
  });

  it('leaves open connections alone where nothing changed that it listens by', async () => {
    const { client, versionsUrl } = await openPlatform();
    const connection = await connectRaw({ port: Number(new URL(versionsUrl).port) });
    await client.platform.configure({ parties: [{ countryCode: 'SE', partyId: 'ABC', role: 'CPO', name: 'A' }] });
    expect(await client.platform.serve({ on: true })).toMatchObject({ serving: true, versionsUrl });
    await connection.send(request('GET /ocpi/versions'));
    expect(await connection.answers(1)).toMatchObject([{ status: 401 }]);
    connection.destroy();
  });

  it('says that a port is taken, to who asked and to who looks later, until it listens', async () => {
    const { client, versionsUrl } = await openPlatform();
    const { port, free } = await occupied();
    await client.platform.configure({ port });
    await expect(client.platform.serve({ on: true })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      data: { advice: expect.any(String) },
    });
    const view = await client.platform.get();
    expect(view).toMatchObject({ serving: false, servingFailure: { code: 'PORT_TAKEN' } });
    expect(view.servingFailure?.message).toContain(String(port));
    expect(await answers(versionsUrl)).toBe(0);
    free();
    expect(await client.platform.serve({ on: true })).toMatchObject({ serving: true, servingFailure: null });
  });

  it('says that an address is not one of this machine', async () => {
    const { client } = await openPlatform();
    await client.platform.configure({ host: '203.0.113.7' });
    await expect(client.platform.serve({ on: true })).rejects.toMatchObject({ code: 'ADDRESS_UNUSABLE' });
  });

  it('tells partners another address and other parties from then on; null takes the address back', async () => {
    const platform = await openPlatform();
    const { client, versionsUrl } = platform;
    const parties = [{ countryCode: 'SE', partyId: 'ABC', role: 'EMSP', name: 'Another' }] as const;
    const publicUrl = 'https://ocpi.example.org/wb';
    expect(await client.platform.configure({ publicUrl, parties: [...parties], versions: ['2.2.1'] })).toMatchObject({
      versionsUrl: `${publicUrl}/ocpi/versions`,
      parties,
      versions: ['2.2.1'],
    });
    const view = await client.platform.configure({ publicUrl: null });
    expect(view.versionsUrl).toBe(versionsUrl);
    expect(view.publicUrl).toBeUndefined();
    const partner = await openPartner({ versions: ['2.2.1', '2.3.0'] });
    await registerWith(platform, partner);
    expect(await client.links.get({ name: 'partner' })).toMatchObject({ version: '2.2.1' });
  });

  it.each([
    [{ port: 70_000 }, 'port'],
    [{ host: '' }, 'host'],
    [{ parties: [] }, 'parties'],
    [{ versions: [] }, 'versions'],
    [{ publicUrl: 'ftp://x' }, 'publicUrl'],
    [{ parties: [{ countryCode: 'nl', partyId: 'WBX', role: 'CPO' as const, name: 'x' }] }, 'parties.0.countryCode'],
  ])('refuses %j with its path, and stays as it was', async (input, path) => {
    const { client } = await openPlatform({ serve: false });
    const before = await client.platform.get();
    const refused = await client.platform.configure(input).catch(error => error as { data: unknown });
    const { issues } = (refused as { data: { issues: { path: PropertyKey[] }[] } }).data;
    expect(issues.map(issue => issue.path.join('.'))).toEqual([path]);
    expect(await client.platform.get()).toEqual(before);
  });

  it('is as it was set when its database is opened again', async () => {
    const file = newDatabase();
    const first = await openPlatform({ file });
    await first.client.platform.configure({ publicUrl: 'https://ocpi.example.org', host: 'localhost' });
    await first.close();
    const second = await openPlatform({ file, serve: false });
    expect(await second.client.platform.get()).toMatchObject({
      publicUrl: 'https://ocpi.example.org',
      host: 'localhost',
    });
  });
});
