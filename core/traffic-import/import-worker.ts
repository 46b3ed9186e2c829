import { parentPort, workerData } from 'node:worker_threads';
import type { FromThread, ToThread } from '../history/objects/asking-thread.ts';
import { openLogMover } from '../history/worker/log-mover.ts';
import { createImportGroups, type ImportGroups } from './import-groups.ts';
import type { ImportAnswer, ImportQuestion, ImportStart } from './import-messages.ts';
import { readTraffic } from './read-file.ts';

const port = parentPort;
if (!port) throw new Error('this file is run by a worker thread');

/** Groups after which the log of the database is moved: far below where the answering thread would have to. */
const LOG_MOVED_EVERY = 32;

const log = openLogMover((workerData as ImportStart).file);
let pieces: string[] = [];
let handed = 0;
let groups: ImportGroups | undefined;

function answer(question: ImportQuestion): ImportAnswer {
  if (question.kind === 'piece') {
    pieces.push(question.text);
    return { kind: 'taken' };
  }
  if (question.kind === 'open') {
    const text = pieces.join('');
    pieces = [];
    const file = readTraffic(text, question.format);
    if (!file.ok) return { kind: 'bad', message: file.message, advice: file.advice };
    groups = createImportGroups(file.entries, { at: question.at });
    return { kind: 'opened', format: file.format };
  }
  if (groups === undefined) return { kind: 'gone', reason: 'nothing was opened' };
  if (question.known !== undefined) groups.know(question.known);
  if (question.names !== undefined) groups.name(question.names);
  // What was handed over before is stored when more is asked for.
  if (++handed % LOG_MOVED_EVERY === 0) log.move();
  return groups.next();
}

port.on('message', (message: ToThread<ImportQuestion>) => {
  if (message.kind === 'close') {
    log.close();
    port.close();
  } else if (message.kind === 'ask') {
    const told: FromThread<ImportAnswer, never> = {
      kind: 'answer',
      ask: message.ask,
      answer: answer(message.question),
    };
    port.postMessage(told);
  }
});
