import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { newFile, openAt } from '../folder.ts';
import { answered, asked, countOf, daysAgo, KEEP_ALL, must, recordAll, standing } from './recorded.ts';

/** No file of that process grows beyond so many blocks of 512 bytes, as on a disk that is full. */
const BLOCKS = 400;

async function filled(): Promise<string> {
  const file = newFile();
  const history = await openAt(file, { clock: standing });
  await recordAll(
    history,
    Array.from({ length: 1000 }, (_, at) => daysAgo(1, at, answered(at, `${at} ${'x'.repeat(900)}`))),
  );
  await history.close();
  return file;
}

async function limited(...args: string[]): Promise<unknown> {
  const script = fileURLToPath(new URL('./limited-process.ts', import.meta.url));
  const shell = ['-c', `ulimit -f ${BLOCKS}; exec "$0" "$@"`, process.execPath, script, ...args];
  const { stdout } = await promisify(execFile)('sh', shell);
  return JSON.parse(stdout);
}

describe.skipIf(process.platform === 'win32')('where there is no room', { timeout: 60_000 }, () => {
  it('a backup is told why, and leaves nothing', async () => {
    const file = await filled();
    const path = join(dirname(file), 'copy.db');
    expect(await limited('backup', file, path)).toMatchObject({
      ok: false,
      failure: { message: expect.stringMatching(/^the backup was not made: .*disk/) },
    });
    expect(readdirSync(dirname(file)).filter(name => name.startsWith('copy'))).toEqual([]);
    expect(countOf(file, 'exchange')).toBe(1000);
  });

  it('pruning is told why, and what is left is sound', async () => {
    const file = await filled();
    expect(await limited('prune', file)).toMatchObject({
      ok: false,
      failure: { message: expect.stringMatching(/^exchanges could not be deleted: .*disk/) },
    });
    expect(asked(file, 'SELECT id FROM exchange WHERE response_body NOT IN (SELECT id FROM body)')).toEqual([]);
    const history = await openAt(file, { clock: standing });
    expect(must(await history.keeping.check()).problems).toEqual([]);
    must(
      await history.keeping.deleteExchanges({
        kind: 'retention',
        retention: { ...KEEP_ALL, count: 10 },
        gently: false,
      }),
    );
    expect([countOf(file, 'exchange'), countOf(file, 'body')]).toEqual([10, 10]);
  });
});
