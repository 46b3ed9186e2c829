import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../../temporary-folder.ts';
import type { ExchangeLine } from '../format/records.ts';

/** Exchanges put aside in a file, to be had again by their places: bodies of a long log do not stand in memory. */
export interface Spool {
  readonly count: number;
  /** Throws what the disk throws. */
  add(line: ExchangeLine): void;
  line(at: number): ExchangeLine;
  close(): void;
}

/** Bytes written at once. */
const AT_ONCE = 1024 * 1024;

/** Only whoever runs this may read it; gone with `close`. Throws what the disk throws. */
export async function openSpool(): Promise<Spool> {
  const folder = await makeTemporaryFolder('diff');
  const file = openSync(join(folder, 'exchanges'), 'wx+', 0o600);
  /** Where each line begins, and where the last one ends. */
  const begins = [0];
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  const flush = () => {
    if (waitingBytes === 0) return;
    const bytes = Buffer.concat(waiting);
    const from = (begins.at(-1) ?? 0) - waitingBytes;
    for (let written = 0; written < bytes.length; ) {
      written += writeSync(file, bytes, written, bytes.length - written, from + written);
    }
    waiting = [];
    waitingBytes = 0;
  };
  return {
    get count() {
      return begins.length - 1;
    },
    add(line) {
      const bytes = Buffer.from(JSON.stringify(line));
      waiting.push(bytes);
      waitingBytes += bytes.length;
      begins.push((begins.at(-1) ?? 0) + bytes.length);
      if (waitingBytes >= AT_ONCE) flush();
    },
    line(at) {
      flush();
      const [from, to] = [begins[at], begins[at + 1]];
      if (from === undefined || to === undefined) throw new Error(`there is no exchange at ${at}`);
      const bytes = Buffer.allocUnsafe(to - from);
      for (let read = 0; read < bytes.length; ) {
        const more = readSync(file, bytes, read, bytes.length - read, from + read);
        if (more === 0) throw new Error('a file of this comparison was cut');
        read += more;
      }
      return JSON.parse(bytes.toString('utf8')) as ExchangeLine;
    },
    close() {
      closeSync(file);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
