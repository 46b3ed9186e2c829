import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import { createKeptExports } from '../../../core/workbench/session-logs/exporting/kept-exports.ts';
import { createFolderBeside } from '../../../core/workbench/session-logs/folder-beside.ts';
import { createUploads } from '../../../core/workbench/session-logs/importing/import-uploads.ts';
import { must } from '../../support/platform.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-beside-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A database in a folder that is not there yet. */
const away = () => join(folder, 'away', 'workbench.db');
const base64 = Buffer.from('a piece').toString('base64');
const newIds = () => {
  let ids = 0;
  return () => `${++ids}`;
};

describe('a folder beside the database', () => {
  it('that could not be made is made by whoever comes next', async () => {
    const beside = createFolderBeside(away(), 'exports');
    expect(await beside.path()).toMatchObject({
      ok: false,
      failure: { code: 'OPERATION_FAILED', message: expect.stringContaining(join(folder, 'away')) },
    });
    expect(await beside.empty()).toBe(true);
    mkdirSync(join(folder, 'away'));
    const path = must(await beside.path());
    expect(must(await beside.path())).toBe(path);
    writeFileSync(join(path, 'one'), 'one');
    expect(await beside.empty()).toBe(true);
    expect(existsSync(path)).toBe(false);
    // And is there again for the next one.
    expect(existsSync(must(await beside.path()))).toBe(true);
  });

  it('takes away what a killed process left, and nothing else', async () => {
    mkdirSync(join(folder, 'workbench.db.uploads-old'));
    mkdirSync(join(folder, 'workbench.db.exports-old'));
    const path = must(await createFolderBeside(join(folder, 'workbench.db'), 'uploads').path());
    expect(readdirSync(folder).sort()).toEqual(['workbench.db.exports-old', path.slice(folder.length + 1)]);
  });
});

describe('exports and uploads', () => {
  it('say why they cannot be taken, work when they can, and end without a word', async () => {
    const uploads = createUploads({ file: away(), newId: newIds() });
    const kept = createKeptExports({ file: away(), clock: systemClock, newId: newIds() });
    const refused = { ok: false, failure: { message: expect.stringContaining('nothing can be written') } };
    expect(await uploads.add({ base64 })).toMatchObject(refused);
    expect(await kept.place()).toMatchObject(refused);
    mkdirSync(join(folder, 'away'));
    const { upload } = must(await uploads.add({ base64 }));
    expect(existsSync(uploads.path(upload) ?? '')).toBe(true);
    writeFileSync(must(await kept.place()).path, 'an export');
    await Promise.all([uploads.close(), kept.close()]);
    expect(readdirSync(join(folder, 'away'))).toEqual([]);
  });

  it('that were never taken do not keep the workbench from ending', async () => {
    const uploads = createUploads({ file: away(), newId: newIds() });
    const kept = createKeptExports({ file: away(), clock: systemClock, newId: newIds() });
    await Promise.all([uploads.add({ base64 }), kept.place()]);
    await Promise.all([uploads.close(), kept.close()]);
  });

  it('that are thrown away while they are written cannot be fetched afterwards', async () => {
    const kept = createKeptExports({ file: join(folder, 'workbench.db'), clock: systemClock, newId: newIds() });
    const whole = must(await kept.place());
    writeFileSync(whole.path, 'whole');
    await kept.keep(whole.exportId);
    const writing = must(await kept.place());
    writeFileSync(writing.path, 'half');
    expect(await kept.dropAll()).toEqual({ count: 1, gone: true });
    await kept.keep(writing.exportId);
    for (const { exportId } of [whole, writing]) {
      expect(await kept.piece({ exportId, offset: 0 })).toMatchObject({ ok: false, failure: { code: 'NOT_FOUND' } });
    }
    expect(readdirSync(folder)).toEqual([]);
  });
});
