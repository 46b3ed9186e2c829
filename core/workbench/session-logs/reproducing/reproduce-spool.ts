import { closeSync, openSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { ExchangeLine } from '../../../session-log/format/records.ts';
import type { LinePlace } from '../../../session-log/reproduce/known-request.ts';

/** Takes the lines a reproduction will read again, for the thread that reads the recording. */
export interface SpoolWriter {
  /** Throws what the file system throws. */
  keep(text: string): LinePlace;
  close(): void;
}

/** Bytes written at once. */
const AT_ONCE = 1024 * 1024;

export function writeSpool(path: string): SpoolWriter {
  const file = openSync(path, 'wx', 0o600);
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let at = 0;
  const flush = () => {
    if (waitingBytes === 0) return;
    const bytes = Buffer.concat(waiting);
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    waiting = [];
    waitingBytes = 0;
  };
  return {
    keep: text => {
      const bytes = Buffer.from(text, 'utf8');
      const place = { at, length: bytes.length };
      at += bytes.length;
      waiting.push(bytes);
      waitingBytes += bytes.length;
      if (waitingBytes >= AT_ONCE) flush();
      return place;
    },
    close: () => {
      try {
        flush();
      } finally {
        closeSync(file);
      }
    },
  };
}

/** The lines that were kept, one at a time: bodies of a large recording never stand in memory. */
export interface Spool {
  line(place: LinePlace): Promise<ExchangeLine>;
  close(): Promise<void>;
}

export async function readSpool(path: string): Promise<Spool> {
  const file = await open(path, 'r');
  return {
    line: async ({ at, length }) => {
      const bytes = Buffer.allocUnsafe(length);
      const { bytesRead } = await file.read(bytes, 0, length, at);
      if (bytesRead !== length) throw new Error('the file of a reproduction was cut');
      return ExchangeLine.parse(JSON.parse(bytes.toString('utf8')));
    },
    close: () => file.close(),
  };
}
