import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Forgotten } from '../../core/contract/storage.ts';
import type { WorkspaceResult } from '../../core/contract/workspace.ts';
import { openAt } from '../history/folder.ts';
import { filesHolding, fill } from '../history/forgetting/held.ts';
import { openShell, type Shell } from '../support/command-line.ts';

const UID = 'DE99887766';

let shell: Shell;
beforeEach(() => {
  shell = openShell();
});
afterEach(() => shell.close());

describe('wb db forget', { timeout: 60_000 }, () => {
  it('needs --yes, counts with --dry, erases and proves it', async () => {
    const history = await openAt(shell.db);
    await fill(history, UID);
    await history.close();
    expect((await shell.wb('db', 'forget')).code).toBe(2);
    const unasked = await shell.wb('db', 'forget', '--token-uid', UID);
    expect(unasked).toMatchObject({ code: 1, stderr: expect.stringContaining(`"${UID}" would be replaced`) });
    const dry = await shell.wb('db', 'forget', '--token-uid', UID, '--dry');
    expect(dry.stdout).toContain('nothing was changed');
    expect(filesHolding(shell.db, UID)).not.toEqual([]);
    const { code, document } = await shell.json('db', 'forget', '--token-uid', UID, '--yes');
    expect({ code, met: (document as Forgotten).proof?.met }).toEqual({ code: 0, met: 0 });
    expect(filesHolding(shell.db, UID)).toEqual([]);
  });
});

describe('wb workspace', { timeout: 60_000 }, () => {
  it('exports and imports a folder, and tells what would be done', async () => {
    await shell.wb('link', 'invite', 'acme');
    const folder = join(shell.folder, 'shared');
    const exported = await shell.json('workspace', 'export', folder);
    expect((exported.document as WorkspaceResult).items.map(({ name }) => name)).toEqual(['platform', 'acme']);
    const file = join(folder, 'links', 'acme.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"organisation": "acme"', '"organisation": "Acme Ltd"'));
    const dry = await shell.wb('workspace', 'import', folder, '--dry');
    expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining('1 of 2 would change; nothing was done.') });
    expect((await shell.json('workspace', 'import', folder)).code).toBe(0);
    expect((await shell.json('link', 'show', 'acme')).document).toMatchObject({ organisation: 'Acme Ltd' });
    writeFileSync(file, '{');
    const refused = await shell.wb('workspace', 'import', folder);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('links/acme.json line 1') });
  });
});
