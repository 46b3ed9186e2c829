import { parentPort, workerData } from 'node:worker_threads';
import type { FromThread, ToThread } from '../../../history/objects/asking-thread.ts';
import { openLogMover } from '../../../history/worker/log-mover.ts';
import { createTally } from '../../../session-log/read/contents.ts';
import { readLog } from '../../../session-log/read/read-log.ts';
import { toldWhole } from '../../../session-log/read/told-whole.ts';
import { handedOver } from './import-bodies.ts';
import { createLogGroups, type LogGroups } from './import-groups.ts';
import type { LogImportAnswer, LogImportProgress, LogImportQuestion, LogImportStart } from './import-messages.ts';

const port = parentPort;
if (!port) throw new Error('this file is run by a worker thread');

/** Groups after which the log of the database is moved: far below where the answering thread would have to. */
const LOG_MOVED_EVERY = 192;
/** Lines between two words on how far the look through a file has come. */
const TOLD_EVERY = 1000;

type Told = FromThread<LogImportAnswer, LogImportProgress>;

const log = openLogMover((workerData as LogImportStart).file);
const cancelling = new Map<number, AbortController>();
const reading = new AbortController();
let handed = 0;
let groups: LogGroups | undefined;
/** One question after the other. */
let last: Promise<void> = Promise.resolve();

interface Looking {
  readonly path: string;
  readonly name: string;
  readonly signal: AbortSignal;
  readonly told: (lines: number) => void;
}

/** All of the file is read and checked, nothing is kept. */
async function inspect({ path, name, signal, told }: Looking): Promise<LogImportAnswer> {
  const tally = createTally();
  const lines = readLog({ path, name, signal });
  for (let count = 1; ; count++) {
    const step = await lines.next();
    if (!step.done) {
      tally.add(step.value);
      if (count % TOLD_EVERY === 0) told(count);
      continue;
    }
    const contents = step.value.ok ? tally.contents(name, step.value.value) : step.value;
    return contents.ok
      ? { kind: 'inspected', contents: contents.value }
      : { kind: 'failed', failure: contents.failure };
  }
}

/** Storing reads every line: whether they can be read is found out then. */
async function check(looking: Looking): Promise<LogImportAnswer> {
  const header = await toldWhole(looking);
  return header === undefined ? inspect(looking) : { kind: 'whole', exchanges: header.exchanges };
}

async function answer(
  question: LogImportQuestion,
  looking: Pick<Looking, 'signal' | 'told'>,
): Promise<LogImportAnswer> {
  if (question.kind === 'inspect') return inspect({ ...question, ...looking });
  if (question.kind === 'check') return check({ ...question, ...looking });
  if (question.kind === 'open') {
    const { path, name, at } = question;
    groups = createLogGroups(readLog({ path, name, signal: reading.signal }), { at });
    return { kind: 'opened' };
  }
  if (groups === undefined) return { kind: 'gone', reason: 'nothing was opened' };
  if (question.known !== undefined) groups.know(question.known);
  if (question.names !== undefined) groups.name(question.names);
  // What was handed over before is stored when more is asked for.
  if (++handed % LOG_MOVED_EVERY === 0) log.move();
  return groups.next();
}

/** A reader that is told to stop throws. */
async function answered(ask: number, question: LogImportQuestion, signal: AbortSignal): Promise<LogImportAnswer> {
  try {
    return await answer(question, {
      signal,
      told: progress => port?.postMessage({ kind: 'progress', ask, progress } satisfies Told),
    });
  } catch (error) {
    if (signal.aborted || reading.signal.aborted) return { kind: 'gone', reason: 'it was told to stop' };
    throw error;
  }
}

port.on('message', (message: ToThread<LogImportQuestion>) => {
  if (message.kind === 'close') {
    reading.abort();
    for (const one of cancelling.values()) one.abort();
    last = last.then(() => {
      log.close();
      port.close();
    });
    return;
  }
  if (message.kind === 'cancel') {
    cancelling.get(message.ask)?.abort();
    return;
  }
  const { ask, question } = message;
  const cancel = new AbortController();
  cancelling.set(ask, cancel);
  last = last.then(async () => {
    const given = await answered(ask, question, cancel.signal);
    cancelling.delete(ask);
    if (given.kind !== 'group') {
      port.postMessage({ kind: 'answer', ask, answer: given } satisfies Told);
      return;
    }
    const { records, buffers } = handedOver(given.records);
    port.postMessage({ kind: 'answer', ask, answer: { ...given, records } } satisfies Told, [...buffers]);
  });
});
