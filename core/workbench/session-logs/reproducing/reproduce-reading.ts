import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { done, failed, type Outcome } from '../../../contract/failure.ts';
import type { KnownRequest } from '../../../session-log/reproduce/known-request.ts';
import type { RecordedSide } from '../../../session-log/reproduce/recorded-side.ts';
import { makeTemporaryFolder } from '../../../temporary-folder.ts';
import type { FromReading, ReadingStart, ReadingThreadStart } from './reproduce-messages.ts';
import { readSpool, type Spool } from './reproduce-spool.ts';

/** A recording as a reproduction has it: what can be asked stands in memory, what is answered lies in a file. */
export interface Recording {
  readonly side: RecordedSide;
  readonly requests: readonly KnownRequest[];
  readonly notes: readonly string[];
  readonly spool: Spool;
  /** Removes the file. */
  close(): Promise<void>;
}

/** Reads a recording in a thread of its own; nothing stays behind where it fails or the signal aborts. */
export async function readRecording(
  input: Omit<ReadingStart, 'spool'>,
  signal?: AbortSignal,
): Promise<Outcome<Recording>> {
  const folder = await newFolder();
  if (!folder.ok) return folder;
  const path = join(folder.value, 'lines');
  const remove = () => rm(folder.value, { recursive: true, force: true });
  try {
    const read = await inThread({ ...input, spool: path }, signal);
    if (!read.ok) {
      await remove();
      return read;
    }
    const spool = await readSpool(path);
    const close = async () => {
      await spool.close();
      await remove();
    };
    return done({ ...read.value, spool, close });
  } catch (error) {
    await remove();
    throw error;
  }
}

async function newFolder(): Promise<Outcome<string>> {
  try {
    return done(await makeTemporaryFolder('reproduction'));
  } catch (error) {
    return failed(
      'OPERATION_FAILED',
      `there is no folder for the recording to be unpacked in: ${(error as Error).message}`,
      'Name a folder for temporary files that can be written, with TMPDIR.',
    );
  }
}

function inThread(
  start: ReadingStart,
  signal: AbortSignal | undefined,
): Promise<Outcome<Pick<Recording, 'side' | 'requests' | 'notes'>>> {
  const requests: KnownRequest[] = [];
  const shared = createShared();
  const stopped = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const worker = new Worker(new URL('./reproduce-worker.ts', import.meta.url), {
    workerData: { ...start, stopped } satisfies ReadingThreadStart,
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  return new Promise((resolve, reject) => {
    // Cut off in SQLite, the thread could take the process with it.
    const cancel = () => void Atomics.store(stopped, 0, 1);
    signal?.addEventListener('abort', cancel, { once: true });
    if (signal?.aborted) cancel();
    worker.on('message', (message: FromReading) => {
      if (message.kind === 'known') for (const known of message.requests) requests.push(shared(known));
      else resolve(message.side.ok ? done({ side: message.side.value, requests, notes: message.notes }) : message.side);
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      signal?.removeEventListener('abort', cancel);
      // Of no effect where it had come to its end.
      resolve(failed('OPERATION_FAILED', 'reading the recording was broken off', 'Start the reproduction again.'));
    });
  });
}

/** Texts that come again and again (paths, operations, tokens) stand in memory once. */
function createShared(): (known: KnownRequest) => KnownRequest {
  const texts = new Map<string, string>();
  const once = (text: string) => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    texts.set(text, text);
    return text;
  };
  return known => ({
    ...known,
    operation: once(known.operation),
    method: once(known.method),
    path: once(known.path),
    query: once(known.query),
    digest: once(known.digest),
    token: once(known.token),
  });
}
