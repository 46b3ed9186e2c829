import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll } from 'vitest';
import type { Outcome } from '../../../core/contract/failure.ts';
import type { HeaderLine, LogRecord } from '../../../core/session-log/format/records.ts';
import { type ReadEnd, type ReadLine, type ReadLog, readLog } from '../../../core/session-log/read/read-log.ts';
import { writeLog } from '../../../core/session-log/write/write-log.ts';
import { headerLine } from './lines.ts';

/** A folder that is gone when the tests of the file are. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ocpilog-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A session log in memory. */
export async function logBytes(
  records: Iterable<LogRecord> | AsyncIterable<LogRecord>,
  header: Partial<HeaderLine> = {},
): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  await writeLog({
    header: headerLine(header),
    records,
    out: {
      write: async piece => {
        pieces.push(piece);
      },
    },
  });
  return Buffer.concat(pieces);
}

/** A session log as a file. */
export async function writeLogFile(
  path: string,
  records: Iterable<LogRecord> | AsyncIterable<LogRecord>,
  header: Partial<HeaderLine> = {},
): Promise<{ bytes: number; lines: number }> {
  const file = await open(path, 'w');
  try {
    return await writeLog({
      header: headerLine(header),
      records,
      out: {
        write: async piece => {
          await file.write(piece);
        },
      },
    });
  } finally {
    await file.close();
  }
}

/** Lines of one's own, packed, without anything added. */
export function packedLines(lines: readonly unknown[]): Buffer {
  return gzipSync(lines.map(line => `${JSON.stringify(line)}\n`).join(''));
}

export async function readAll(input: ReadLog): Promise<{ lines: ReadLine[]; end: Outcome<ReadEnd> }> {
  const lines: ReadLine[] = [];
  const reading = readLog(input);
  for (;;) {
    const step = await reading.next();
    if (step.done) return { lines, end: step.value };
    lines.push(step.value);
  }
}
