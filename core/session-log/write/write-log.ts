import { createHash } from 'node:crypto';
import { type EndLine, type HeaderLine, LOG_FORMAT, type LogRecord } from '../format/records.ts';
import { fittingLine } from './fitting-line.ts';
import { createPacker } from './packer.ts';

export interface WriteLog {
  readonly header: Omit<HeaderLine, 'type' | 'format'>;
  /** In the order of a log: links, rules, runs, exchanges by their ids, objects. Sealed and redacted. */
  readonly records: Iterable<LogRecord> | AsyncIterable<LogRecord>;
  /** Takes the bytes of the file in their order; the next piece comes once the one before it was taken. */
  readonly out: { write(piece: Uint8Array): Promise<void> };
  readonly signal?: AbortSignal | undefined;
}

/** Unpacked bytes that are handed to the packer at once. */
const PIECE = 256 * 1024;

/**
 * Writes a session log: header, records and the end line, gzipped. Flat in memory. Every MiB or so the packing is brought to a
 * point from which everything before can be read, so that a file that is cut later loses no more than that.
 * Bytes and lines written. Rejects with what `out` or `records` rejected with, and with the signal's reason.
 */
export async function writeLog({ header, records, out, signal }: WriteLog): Promise<{ bytes: number; lines: number }> {
  const packer = createPacker(out);
  const digest = createHash('sha256');
  let text = '';
  let lines = 0;
  const handOver = async () => {
    const piece = Buffer.from(text);
    text = '';
    digest.update(piece);
    await packer.write(piece);
  };
  const put = (line: string): Promise<void> | undefined => {
    text += `${line}\n`;
    lines++;
    return text.length >= PIECE ? handOver() : undefined;
  };
  try {
    signal?.throwIfAborted();
    await put(JSON.stringify({ type: 'ocpilog', format: LOG_FORMAT, ...header } satisfies HeaderLine));
    for await (const record of records) {
      signal?.throwIfAborted();
      const full = put(fittingLine(record));
      if (full !== undefined) await full;
    }
    await handOver();
    const end: EndLine = { type: 'end', lines, sha256: digest.digest('hex') };
    await packer.write(Buffer.from(`${JSON.stringify(end)}\n`));
    return { bytes: await packer.end(), lines: lines + 1 };
  } finally {
    await packer.close();
  }
}
