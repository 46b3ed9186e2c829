import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openShell, type Shell } from '../support/command-line.ts';

let shell: Shell;
beforeEach(() => {
  shell = openShell();
});
afterEach(() => shell.close());

const URL = 'http://127.0.0.1:9/ocpi/versions';
const TOKEN = 'token-a-of-the-partner-1234567890';

describe('wb link', () => {
  it('adds a link, and shows it without its token', async () => {
    const added = await shell.json('link', 'add', 'Acme', '--versions-url', URL, '--token', TOKEN, '--encoding', 'raw');
    expect(added.code).toBe(0);
    expect(added.document).toMatchObject({
      name: 'Acme',
      state: 'new',
      environment: 'test',
      versionsUrl: URL,
      settings: { tokenForm: 'raw' },
      tokens: [{ direction: 'outgoing', kind: 'A', state: 'pending', issuedBy: 'them', length: TOKEN.length }],
    });
    expect(JSON.stringify(added.document)).not.toContain(TOKEN);
    const shown = await shell.wb('link', 'show', 'acme');
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain('token A');
    expect(shown.stdout).not.toContain(TOKEN);
  });

  it('reveals a token where the operator asks for it by its id', async () => {
    const { document } = await shell.json('link', 'add', 'Acme', '--versions-url', URL, '--token', TOKEN);
    const { tokens } = document as { readonly tokens: readonly { readonly id: string }[] };
    const revealed = await shell.json('link', 'show', 'Acme', '--reveal', tokens[0]?.id ?? '');
    expect(revealed).toEqual({ code: 0, document: { token: TOKEN } });
  });

  it('invites with exactly name, versions URL and token', async () => {
    const { code, document } = await shell.json('link', 'invite', 'Acme');
    expect(code).toBe(0);
    const invitation = document as Record<string, string>;
    expect(Object.keys(invitation)).toEqual(['name', 'versionsUrl', 'token']);
    expect(invitation['versionsUrl']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/ocpi\/versions$/);
    expect(invitation['token']).toMatch(/^[\x21-\x7e]{20,64}$/);
  });

  it('keeps the port of the first invitation, so that the URL handed out stays good', async () => {
    const invited = await shell.json('link', 'invite', 'Acme');
    const serving = await shell.serve();
    expect(serving.versionsUrl).toBe((invited.document as { versionsUrl: string }).versionsUrl);
  });

  it('adopts a link read-only, also when the partner cannot be reached', async () => {
    const adopted = await shell.json('link', 'adopt', 'Acme', '--versions-url', URL, '--token', TOKEN);
    expect(adopted.code).toBe(0);
    expect(adopted.document).toMatchObject({ state: 'adopted', readOnly: true, endpoints: [] });
    const refused = await shell.json('rotate', 'Acme');
    expect(refused).toMatchObject({ code: 1, document: { error: { code: 'READ_ONLY_LINK' } } });
    const unlocked = await shell.json('link', 'set', 'Acme', '--unlock');
    expect(unlocked.document).toMatchObject({ readOnly: false });
  });

  it('changes settings and takes them back to their defaults', async () => {
    const ca = join(shell.folder, 'ca.pem');
    writeFileSync(ca, 'PEM');
    await shell.wb('link', 'add', 'Acme', '--versions-url', URL, '--token', TOKEN);
    const set = ['--proxy', 'http://proxy.example:3128', '--ca', ca, '--connect-timeout', '500'];
    const changed = await shell.json('link', 'set', 'Acme', ...set, '--require-modules', 'locations,tokens');
    expect(changed.document).toMatchObject({
      settings: {
        proxy: 'http://proxy.example:3128',
        ca: 'PEM',
        connectTimeout: 500,
        requiredModules: ['locations', 'tokens'],
      },
    });
    const back = await shell.json('link', 'set', 'Acme', '--proxy', 'default', '--ca', 'default');
    const { settings } = back.document as { readonly settings: Record<string, unknown> };
    expect(settings).toMatchObject({ connectTimeout: 500 });
    expect(settings).not.toHaveProperty('proxy');
    expect(settings).not.toHaveProperty('ca');
  });

  it('removes a link and its tokens', async () => {
    await shell.wb('link', 'add', 'Acme', '--versions-url', URL, '--token', TOKEN);
    expect(await shell.json('link', 'remove', 'Acme')).toEqual({ code: 0, document: { removed: 'Acme' } });
    expect(await shell.json('link', 'list')).toEqual({ code: 0, document: [] });
  });

  it('never writes a token in the clear into any of its files', async () => {
    await shell.wb('link', 'add', 'Acme', '--versions-url', URL, '--token', TOKEN);
    const forms = [TOKEN, Buffer.from(TOKEN).toString('base64')];
    for (const name of ['workbench.db', 'workbench.db.log', 'workbench.db.key']) {
      const content = readFileSync(join(shell.folder, name), 'latin1');
      for (const form of forms) expect(content).not.toContain(form);
    }
  });
});

describe('wrong use of wb link', () => {
  it('names each bad value with its field', async () => {
    const bad = await shell.json('link', 'add', 'Acme', '--versions-url', 'ftp://x', '--token', 'two words');
    expect(bad.code).toBe(2);
    const { error } = bad.document as { readonly error: { code: string; message: string; advice: string } };
    expect(error.code).toBe('INVALID_INPUT');
    expect(error.message).toContain('versionsUrl');
    expect(error.message).toContain('token');
    expect(error.advice).not.toBe('');
  });

  it('refuses a name that is taken, whatever its case', async () => {
    await shell.wb('link', 'add', 'Acme', '--versions-url', URL, '--token', TOKEN);
    const again = await shell.json('link', 'add', 'ACME', '--versions-url', URL, '--token', TOKEN);
    expect(again).toMatchObject({ code: 1, document: { error: { code: 'NAME_TAKEN' } } });
  });

  it('names the links there are when one is not found', async () => {
    await shell.wb('link', 'add', 'Acme', '--versions-url', URL, '--token', TOKEN);
    const missing = await shell.json('link', 'show', 'Acne');
    expect(missing).toMatchObject({ code: 1, document: { error: { code: 'NOT_FOUND', advice: 'Known: Acme.' } } });
  });

  it('asks for a confirmation before it changes a production link', async () => {
    const add = ['link', 'add', 'Acme', '--versions-url', URL, '--token', TOKEN, '--environment', 'production'];
    await shell.wb(...add);
    for (const args of [
      ['register', 'Acme'],
      ['link', 'set', 'Acme', '--encoding', 'raw'],
      ['link', 'invite', 'Acme'],
      ['link', 'remove', 'Acme'],
    ]) {
      expect(await shell.json(...args)).toMatchObject({
        code: 1,
        document: { error: { code: 'CONFIRMATION_NEEDED' } },
      });
    }
    expect((await shell.json('link', 'set', 'Acme', '--encoding', 'raw', '--yes')).code).toBe(0);
  });

  it.each([
    [['link', 'add', 'Acme']],
    [['link', 'set', 'Acme', '--lock', '--unlock']],
    [['link', 'set', 'Acme']],
    [['link', 'set', 'Acme', '--connect-timeout', 'soon']],
    [['link', 'set', 'Acme', '--ca', '/nowhere/ca.pem']],
    [['link', 'unknown']],
    [['frobnicate']],
  ])('ends %j with exit code 2 and one JSON document', async args => {
    expect(await shell.json(...args)).toMatchObject({ code: 2, document: { error: { code: 'INVALID_INPUT' } } });
  });
});
