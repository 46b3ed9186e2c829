import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { type HeaderLine, LOG_FORMAT } from '../format/records.ts';
import { READ_LIMITS } from './limits.ts';
import { openFile } from './open-file.ts';
import { parseEnd, parseHeader, parseObject } from './parse-line.ts';
import type { ReadLog } from './read-log.ts';
import { unpack } from './unpack.ts';

export interface ToldWhole extends Pick<ReadLog, 'path' | 'signal'> {
  /** Hears how many lines were passed so far. */
  readonly told?: (lines: number) => void;
}

const LINE_FEED = 0x0a;
/** Bytes that one line may have here: a file with longer ones is read. */
const LONGEST = 16 * 1024 * 1024;

/**
 * The first line of a log that is what its last line says: as many lines, the same digest. Takes a fourth of the time of
 * reading, since no line in between is looked into: whoever reads them later may still find one that cannot be read.
 * Undefined where that cannot be told so (cut, altered, of another format, written in another way, no log at all): reading
 * tells what it is. Flat in memory. Throws the signal's reason.
 */
export async function toldWhole({ path, signal, told }: ToldWhole): Promise<HeaderLine | undefined> {
  const opened = await openFile(path, basename(path));
  if (!opened.ok) return undefined;
  const { file, size } = opened.value;
  const most = Math.max(READ_LIMITS.unpacked, size * READ_LIMITS.ratio);
  const unpacking = unpack({ file, size, signal });
  const seen = createSeen();
  try {
    for (;;) {
      const step = await unpacking.next();
      if (step.done) return step.value.how === 'whole' ? seen.end() : undefined;
      seen.push(step.value);
      told?.(seen.lines);
      if (seen.held > LONGEST || seen.bytes > most) return undefined;
    }
  } finally {
    await unpacking.return({ how: 'cut' });
    await file.close();
  }
}

/** What was seen of a file: its first line, and what its last line must be held against. */
function createSeen() {
  const digest = createHash('sha256');
  /** From the beginning of the last line on: it may be the one that ends the file. */
  let parts: Uint8Array[] = [];
  let held = 0;
  let first: Uint8Array | undefined;
  let lines = 0;
  let bytes = 0;

  return {
    get lines() {
      return lines;
    },
    get held() {
      return held;
    },
    get bytes() {
      return bytes;
    },
    push(piece: Uint8Array): void {
      bytes += piece.length;
      parts.push(piece);
      held += piece.length;
      if (!piece.includes(LINE_FEED)) return;
      const text = parts.length === 1 ? piece : Buffer.concat(parts);
      const last = text.lastIndexOf(LINE_FEED, text.length - 2) + 1;
      for (let at = 0; at < last; ) {
        const end = text.indexOf(LINE_FEED, at);
        first ??= Uint8Array.from(text.subarray(at, end));
        lines++;
        at = end + 1;
      }
      digest.update(text.subarray(0, last));
      parts = [text.subarray(last)];
      held = text.length - last;
    },
    /** The first line, if the last one tells of what was seen. */
    end(): HeaderLine | undefined {
      const text = Buffer.concat(parts);
      if (first === undefined || text.at(-1) !== LINE_FEED) return undefined;
      const end = parseObject(text.subarray(0, -1));
      const header = parseObject(first);
      if (!end.ok || end.value['type'] !== 'end' || !header.ok || header.value['type'] !== 'ocpilog') return undefined;
      const said = parseEnd(end.value);
      const about = parseHeader(header.value);
      if (!said.ok || !about.ok || about.value.format !== LOG_FORMAT) return undefined;
      return said.value.lines === lines && said.value.sha256 === digest.digest('hex') ? about.value : undefined;
    },
  };
}
