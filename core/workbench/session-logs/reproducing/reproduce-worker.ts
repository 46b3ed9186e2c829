import { parentPort, workerData } from 'node:worker_threads';
import { failed, type Outcome } from '../../../contract/failure.ts';
import type { HeaderLine, LogRecord } from '../../../session-log/format/records.ts';
import { LOG_FORMAT } from '../../../session-log/format/records.ts';
import { readLog } from '../../../session-log/read/read-log.ts';
import type { KnownRequest } from '../../../session-log/reproduce/known-request.ts';
import { type Collector, createCollector } from '../../../session-log/reproduce/recorded-side.ts';
import type { FromReading, ReadingThreadStart, RecordingSource } from './reproduce-messages.ts';
import { writeSpool } from './reproduce-spool.ts';

const port = parentPort;
if (!port) throw new Error('this file is run by a worker thread');

/** Requests told at once. */
const AT_ONCE = 500;

const { source, as, link, spool: path, stopped } = workerData as ReadingThreadStart;
const tell = (message: FromReading) => port.postMessage(message);

/** Nobody waits for it any more. */
class BrokenOff extends Error {}

function goOn(): void {
  if (Atomics.load(stopped, 0) === 1) throw new BrokenOff();
}

async function read(): Promise<void> {
  const spool = writeSpool(path);
  let requests: KnownRequest[] = [];
  const collector = createCollector({ as, link, keep: spool.keep });
  const take = (record: LogRecord) => {
    const known = collector.take(record);
    if (known !== undefined) requests.push(known);
    if (requests.length < AT_ONCE) return;
    tell({ kind: 'known', requests });
    requests = [];
  };
  let notes: Outcome<readonly string[]>;
  try {
    notes = await (source.kind === 'file' ? readFile(source, collector, take) : readImported(source, collector, take));
  } finally {
    spool.close();
  }
  tell({ kind: 'known', requests });
  tell(
    notes.ok ? { kind: 'read', side: collector.end(), notes: notes.value } : { kind: 'read', side: notes, notes: [] },
  );
}

type Taking = (record: LogRecord) => void;

async function readFile(
  { path: file, name }: Extract<RecordingSource, { kind: 'file' }>,
  collector: Collector,
  take: Taking,
): Promise<Outcome<readonly string[]>> {
  const lines = readLog({ path: file, name });
  let odd = 0;
  for (;;) {
    goOn();
    const step = await lines.next();
    if (step.done) {
      if (!step.value.ok) return step.value;
      const { problem } = step.value.value;
      const left = odd === 0 ? [] : [`${odd} ${odd === 1 ? 'line' : 'lines'} of the log cannot be read.`];
      return { ok: true, value: [...(problem === '' ? [] : [`${problem}.`]), ...left] };
    }
    const { value } = step;
    if (value.type === 'ocpilog') collector.header(value);
    else if (value.type === 'odd') odd++;
    else take(value);
  }
}

async function readImported(
  { database, linkIds, about, problem }: Extract<RecordingSource, { kind: 'imported' }>,
  collector: Collector,
  take: Taking,
): Promise<Outcome<readonly string[]>> {
  // A file is read without SQLite, and so without waiting for it.
  const { linesOf } = await import('../exporting/exchange-lines.ts');
  const header: HeaderLine = { ...about, type: 'ocpilog', format: LOG_FORMAT };
  collector.header(header);
  for (const record of linesOf(database, { linkIds })) {
    goOn();
    take(record);
  }
  return { ok: true, value: problem === '' ? [] : [problem] };
}

read().catch((error: unknown) => {
  if (error instanceof BrokenOff) return;
  const { code = '', message } = error as NodeJS.ErrnoException;
  const reason =
    code === 'ENOSPC' || code === 'EDQUOT' || code === 'EACCES' || code === 'EROFS'
      ? failed(
          'OPERATION_FAILED',
          `the recording cannot be unpacked for its reproduction: ${message}`,
          'It is unpacked in the folder for temporary files: make room there, or name another folder with TMPDIR.',
        )
      : undefined;
  if (reason === undefined) throw error;
  tell({ kind: 'read', side: reason, notes: [] });
});
