import { readFileSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { versionsExchange } from '../support/exchanges.ts';
import { newFile, newLink, openAt } from './folder.ts';

describe('links', () => {
  it('are found by id and by name in any case, and come back after a restart as they were', async () => {
    const file = newFile();
    const before = await openAt(file);
    const made = before.links.insert(
      newLink('Acme NL', {
        versionsUrl: 'https://acme.example/versions',
        endpoints: [{ identifier: 'locations', role: 'SENDER', url: 'https://acme.example/locations' }],
        settings: { tokenForm: 'raw', requiredModules: ['cdrs'], totalTimeout: 5000 },
      }),
    );
    expect(before.links.byName('aCME nl')).toEqual(made);
    await before.close();
    const { links } = await openAt(file);
    expect(links.get(made.id)).toEqual(made);
    expect(links.list()).toEqual([made]);
  });

  it('keep a private key and a proxy with its password sealed in the file', async () => {
    const file = newFile();
    const before = await openAt(file);
    const secrets = { clientKey: 'THE PRIVATE KEY IN PEM', proxy: 'http://me:proxy-password@proxy.example:3128' };
    const made = before.links.insert(
      newLink('Acme', { settings: { tokenForm: 'auto', requiredModules: [], ...secrets } }),
    );
    expect(made.settings).toMatchObject(secrets);
    await before.close();
    const bytes = readFileSync(file, 'latin1');
    expect(bytes).not.toContain('THE PRIVATE KEY');
    expect(bytes).not.toContain('proxy-password');
    const after = await openAt(file);
    expect(after.links.get(made.id)?.settings).toMatchObject(secrets);
    await after.close();

    rmSync(`${file}.key`);
    const { links } = await openAt(file);
    expect(links.get(made.id)?.settings).toEqual({ tokenForm: 'auto', requiredModules: [] });
  });

  it('change what an update names, and lose what it names as undefined', async () => {
    const { links } = await openAt(newFile());
    const made = links.insert(newLink('Acme', { versionsUrl: 'https://acme.example/versions', learnedForm: 'raw' }));
    const changed = links.update(made.id, { name: 'Acme 2', state: 'registered', learnedForm: undefined });
    expect(changed).toMatchObject({ name: 'Acme 2', state: 'registered', versionsUrl: made.versionsUrl });
    expect(Object.keys(changed)).not.toContain('learnedForm');
    expect(links.byName('Acme')).toBeUndefined();
    expect(changed.createdAt).toBe(made.createdAt);
  });

  it('share no name: a taken one is refused by the database itself', async () => {
    const { links } = await openAt(newFile());
    links.insert(newLink('Acme'));
    const other = links.insert(newLink('Volt'));
    expect(() => links.insert(newLink('ACME'))).toThrow(/UNIQUE/);
    expect(() => links.update(other.id, { name: 'acme' })).toThrow(/UNIQUE/);
    expect(links.list().map(({ name }) => name)).toEqual(['Acme', 'Volt']);
  });

  it('leave their exchanges with a readable name when they are removed, also when the name is used again', async () => {
    const { links, exchanges, recorder } = await openAt(newFile());
    const old = links.insert(
      newLink('Acme', { settings: { tokenForm: 'auto', requiredModules: [], clientKey: 'PEM' } }),
    );
    await recorder.record(versionsExchange(1, { linkId: old.id }));
    links.remove(old.id);
    expect(links.get(old.id)).toBeUndefined();
    expect(exchanges.list().map(({ link }) => link)).toEqual(['Acme']);
    const next = links.insert(newLink('acme'));
    expect(next.id).not.toBe(old.id);
    await recorder.record(versionsExchange(2, { linkId: next.id }));
    expect(exchanges.list({ link: 'ACME' }).map(({ link }) => link)).toEqual(['acme', 'Acme']);
    expect(exchanges.count({ link: 'acme' })).toBe(2);
    expect(() => links.update(old.id, { name: 'x' })).toThrow();
  });
});
