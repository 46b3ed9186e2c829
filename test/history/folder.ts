import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { type AssemblyOptions, assemble } from '../../core/history/assembly.ts';
import { openDatabase } from '../../core/history/database.ts';
import { type History, type OpenHistoryOptions, openHistory } from '../../core/history/history.ts';
import type { NewLinkRow } from '../../core/history/links.ts';
import { migrate } from '../../core/history/migrations/list.ts';
import { claimOwner } from '../../core/history/owner.ts';

const folders: string[] = [];
const histories = new Set<History>();

afterEach(async () => {
  for (const history of histories) await history.close();
  histories.clear();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A path for a database in a folder that goes when the test ends. */
export function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'workbench-history-'));
  folders.push(folder);
  return join(folder, 'workbench.db');
}

/** Opens a history that is closed when the test ends; fails the test where it is refused. */
export async function openAt(file: string, more: Partial<OpenHistoryOptions> = {}): Promise<History> {
  const opened = await openHistory({ file, clock: systemClock, keyStore: 'file', ...more });
  if (!opened.ok) throw new Error(`${opened.code}: ${opened.message}`);
  histories.add(opened.history);
  return opened.history;
}

/** As `openAt`, with the connection in hand, so that a test can make it fail. */
export async function openWithConnection(file: string, more: Partial<AssemblyOptions> = {}) {
  const opened = openDatabase({ file, readOnly: false, setAside: false, now: 0 });
  if (!opened.ok) throw new Error(opened.message);
  const { database } = opened;
  migrate(database);
  const owner = await claimOwner(database, { file, pid: process.pid, clock: systemClock, isAlive: () => false });
  if (owner.owner !== 'us') throw new Error('the database is owned by somebody else');
  const history = assemble({ file, clock: systemClock, database, keyStore: 'file', owner, ...more });
  histories.add(history);
  return { database, history };
}

export function newLink(name: string, more: Partial<NewLinkRow> = {}): NewLinkRow {
  return {
    name,
    organisation: name,
    environment: 'test',
    state: 'new',
    readOnly: false,
    offeredVersions: [],
    endpoints: [],
    parties: [],
    settings: { tokenForm: 'auto', requiredModules: [] },
    ...more,
  };
}
