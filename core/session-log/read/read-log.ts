import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { done, type Outcome } from '../../contract/failure.ts';
import type { LogContents } from '../../contract/session-log.ts';
import type { HeaderLine, LogRecord } from '../format/records.ts';
import { createTally } from './contents.ts';
import { READ_LIMITS, type ReadLimits } from './limits.ts';
import { createLineReader, type Wholeness } from './line-reader.ts';
import { createLineSplitter } from './line-splitter.ts';
import { openFile, unreadable } from './open-file.ts';
import { type Refusal, refuseBeginning, refuseBomb, refuseLongLine } from './refusals.ts';
import { FORMAT_STEPS, type FormatStep } from './steps.ts';
import { unpack } from './unpack.ts';

export interface ReadLog {
  readonly path: string;
  /** What the file is called in failures; the last part of the path unless said. */
  readonly name?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly limits?: ReadLimits | undefined;
  /** From format 1 on, to the newest that is read; ours unless said. */
  readonly steps?: readonly FormatStep[] | undefined;
}

/** A line that cannot be read; reading goes on behind it. */
export interface OddLine {
  readonly type: 'odd';
  /** From 1 on. */
  readonly line: number;
  /** A clause: `it is no JSON: ...`. */
  readonly reason: string;
}

export type ReadLine = HeaderLine | LogRecord | OddLine;

export interface ReadEnd extends Wholeness {
  /** Of the file. */
  readonly bytes: number;
}

/** Of the first line, which tells whether it is a log at all; a selection of 100,000 exchanges is in it at most. */
const LONGEST_HEADER = 16 * 1024 * 1024;

/**
 * Reads a session log, packed or unpacked by hand, line by line: the header first. Lines that cannot be read come as `odd`, lines
 * of types that are not known here not at all. At its end it tells how whole the file is, or why nothing (more) of it is read:
 * not there, no log, of a newer format, damaged from its beginning, made to fill the memory. Flat in memory but for the line at
 * hand. Throws the signal's reason.
 */
export async function* readLog(input: ReadLog): AsyncGenerator<ReadLine, Outcome<ReadEnd>> {
  const name = input.name ?? basename(input.path);
  const opened = await openFile(input.path, name);
  if (!opened.ok) return opened;
  const { file, size } = opened.value;
  try {
    return yield* readLines({ ...input, name, file, size });
  } catch (error) {
    if (input.signal?.aborted) throw error;
    return unreadable(error, name);
  } finally {
    await file.close();
  }
}

async function* readLines({
  file,
  size,
  name,
  signal,
  limits = READ_LIMITS,
  steps = FORMAT_STEPS,
}: ReadLog & {
  readonly name: string;
  readonly file: FileHandle;
  readonly size: number;
}): AsyncGenerator<ReadLine, Outcome<ReadEnd>> {
  const reader = createLineReader({ name, newest: steps.length + 1, steps });
  const splitter = createLineSplitter();
  const unpacking = unpack({ file, size, signal });
  const most = Math.max(limits.unpacked, size * limits.ratio);
  const ended = (end: Wholeness | Refusal): Outcome<ReadEnd> => ('ok' in end ? end : done({ ...end, bytes: size }));
  let unpacked = 0;
  let lines = 0;
  try {
    for (;;) {
      const step = await unpacking.next();
      if (step.done) {
        const empty = size === 0 ? refuseBeginning(new Uint8Array(), name) : undefined;
        return empty ?? ended(reader.end(step.value, splitter.rest()));
      }
      const piece = step.value;
      const refusal = unpacked === 0 ? refuseBeginning(piece, name) : undefined;
      if (refusal !== undefined) return refusal;
      unpacked += piece.length;
      if (unpacked > size && unpacked > most) return refuseBomb(name, { packed: size, limit: most });
      for (const line of splitter.push(piece)) {
        lines++;
        const read = reader.take(line);
        if (read === undefined) continue;
        if ('ok' in read) return read;
        yield read;
      }
      const limit = lines === 0 ? Math.min(limits.line, LONGEST_HEADER) : limits.line;
      if (splitter.begun > limit) return refuseLongLine(name, { line: lines + 1, limit });
      // That something stands behind the end is told; nobody needs to see it.
      if (reader.overrun || (reader.finished && splitter.begun > 0)) {
        return ended(reader.end({ how: 'whole' }, splitter.rest()));
      }
    }
  } finally {
    await unpacking.return({ how: 'cut' });
  }
}

/**
 * What a file holds: all of it is read and checked, nothing is kept. `name` is what it is called (of an upload, not that of the
 * file it lies in). Throws the signal's reason.
 */
export async function inspectLog(
  path: string,
  signal?: AbortSignal,
  { name = basename(path), limits }: Pick<ReadLog, 'name' | 'limits'> = {},
): Promise<Outcome<LogContents>> {
  const tally = createTally();
  const reading = readLog({ path, name, signal, limits });
  for (;;) {
    const step = await reading.next();
    if (!step.done) tally.add(step.value);
    else return step.value.ok ? tally.contents(name, step.value.value) : step.value;
  }
}
