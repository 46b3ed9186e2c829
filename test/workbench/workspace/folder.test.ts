import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { draftOf } from '../../../core/history/keeping/drafts.ts';
import { openFolder, writeFolder } from '../../../core/workbench/workspace/folder.ts';
import { must } from '../../support/platform.ts';

it('a workspace whose writing was killed has no piece of a file left once it is written again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'workbench-workspace-'));
  try {
    const write = async (text: string) => {
      const files = [{ kind: 'platform', name: 'platform', path: 'platform.json', text, note: '' }] as const;
      const before = must(await openFolder(folder));
      return must(await writeFolder({ folder, release: '0.1.0', files, before, now: Date.now() }));
    };
    await write('one');
    const gone = spawnSync(process.execPath, ['--version']).pid;
    writeFileSync(draftOf(join(folder, 'platform.json')).replace(`-${process.pid}-`, `-${gone}-`), 'half');
    writeFileSync(join(folder, 'platform.json.part-mine'), 'mine');
    expect(await write('two')).toMatchObject([{ file: 'platform.json', did: 'written' }]);
    expect(readdirSync(folder).toSorted()).toEqual(['platform.json', 'platform.json.part-mine', 'workspace.json']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
