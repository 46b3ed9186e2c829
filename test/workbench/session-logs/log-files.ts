import { mkdtempSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { LogImported, LogProgress, LogSource } from '../../../core/contract/session-log.ts';
import type { ContractClient } from '../../../core/loopback/client.ts';
import type { HeaderLine, LogRecord } from '../../../core/session-log/format/records.ts';
import { writeLog } from '../../../core/session-log/write/write-log.ts';
import { headerLine } from '../../session-log/support/lines.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A path in a folder that goes when the test ends. */
export function newPath(name = 'acme.ocpilog'): string {
  const folder = mkdtempSync(join(tmpdir(), 'workbench-logs-'));
  folders.push(folder);
  return join(folder, name);
}

/** A session log of these records. */
export async function logFile(
  records: Iterable<LogRecord>,
  { name, header = {} }: { readonly name?: string; readonly header?: Partial<HeaderLine> } = {},
): Promise<string> {
  const path = newPath(name);
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'w');
    const handle = file;
    await writeLog({
      header: headerLine(header),
      records,
      out: { write: async piece => void (await handle.writeFile(piece)) },
    });
  } finally {
    await file?.close();
  }
  return path;
}

/** Imports to the end; the last thing told, and all progress before it. */
export async function importLog(
  client: ContractClient,
  source: LogSource,
  damaged = false,
): Promise<{ readonly imported: LogImported; readonly progress: LogProgress[] }> {
  const progress: LogProgress[] = [];
  let imported: LogImported | undefined;
  for await (const step of await client.logs.import({ source, damaged })) {
    if (step.kind === 'imported') imported = step;
    else progress.push(step);
  }
  if (imported === undefined) throw new Error('an import ends with what was imported, or a failure');
  return { imported, progress };
}
