import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openPartner, openPlatform, registerWith } from '../support/platform.ts';

describe('our own side', () => {
  it('is one party in both everyday roles on a free port of this machine, until it is said otherwise', async () => {
    const platform = await openPlatform({ serve: false });
    expect(await platform.client.platform.get()).toMatchObject({
      parties: [
        { countryCode: 'NL', partyId: 'WBX', role: 'EMSP' },
        { countryCode: 'NL', partyId: 'WBX', role: 'CPO' },
      ],
      versions: ['2.1.1', '2.2.1', '2.3.0'],
      host: '127.0.0.1',
      port: 0,
      serving: false,
      versionsUrl: null,
      database: platform.file,
      recording: { ok: true },
    });
  });

  it('refuses what no partner could use, names it, and changes nothing', async () => {
    const { workbench } = await openPlatform({ serve: false });
    const before = workbench.platform.config();
    const party = { countryCode: 'NL', partyId: 'WBX', role: 'CPO', name: 'Workbench' } as const;
    const refused = [
      [{ parties: [] }, 'parties'],
      [{ parties: [{ ...party, countryCode: 'nl' }] }, 'two capital letters'],
      [{ parties: [{ ...party, partyId: 'LONG' }] }, 'three capital letters or digits'],
      [{ versions: [] }, 'versions'],
      [{ port: 70_000 }, 'port'],
      [{ publicUrl: 'ftp://example.com' }, 'publicUrl'],
    ] as const;
    for (const [patch, word] of refused) {
      const outcome = workbench.platform.configure({ versions: ['2.1.1'], ...(structuredClone(patch) as object) });
      expect(outcome).toMatchObject({
        ok: false,
        failure: { code: 'INVALID_INPUT', message: expect.stringContaining(word) },
      });
      expect(workbench.platform.config()).toEqual(before);
    }
  });

  it('keeps the port that was chosen first, and says when another program has taken it', async () => {
    const platform = await openPlatform();
    const { workbench, file, versionsUrl } = platform;
    const { port } = workbench.platform.config();
    expect(port).toBeGreaterThan(0);
    await platform.close();
    const again = await openPlatform({ file });
    expect(again.versionsUrl).toBe(versionsUrl);
    await again.close();

    const squatter = createServer();
    await new Promise<void>(resolve => squatter.listen(port, '127.0.0.1', resolve));
    const third = await openPlatform({ file, serve: false });
    expect(await third.workbench.serving.start()).toMatchObject({ ok: false, failure: { code: 'PORT_TAKEN' } });
    const partner = await openPartner();
    const run = await registerWith(third, partner);
    expect(run).toMatchObject({ state: 'failed', steps: [{ step: 'our server', ok: false }] });
    expect(partner.requests).toEqual([]);
    await new Promise(resolve => squatter.close(resolve));
  });

  it('chooses a port before the first invitation, so that the URL handed out stays good', async () => {
    const platform = await openPlatform({ serve: false });
    const { versionsUrl } = await platform.client.links.invite({ name: 'partner' });
    expect(platform.workbench.serving.isOn()).toBe(false);
    const started = await platform.workbench.serving.start();
    expect(started).toMatchObject({ ok: true, value: { versionsUrl } });
  });

  it('serves for the time a registration takes where it was not serving', async () => {
    const platform = await openPlatform({ serve: false });
    const partner = await openPartner();
    const run = await registerWith(platform, partner);
    expect(run.state).toBe('done');
    expect(platform.workbench.serving.isOn()).toBe(false);
    expect(partner.complaints).toEqual([]);
  });
});
