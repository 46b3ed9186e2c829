import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { systemClock } from '../../clock.ts';
import { createObjectBrowser } from '../browse/browser.ts';
import { troubleOf } from '../trouble.ts';
import type { FromThread, ToThread } from './asking-thread.ts';
import { createFullText } from './full-text.ts';
import { createObjectListing } from './object-listing.ts';
import type { ReaderAnswer, ReaderProgress, ReaderQuestion, ReaderStart } from './reader-messages.ts';
import { createRevisions } from './revisions.ts';

const PATIENCE = 1000;
const CACHE_KIB = 8 * 1024;

const port = parentPort;
if (!port) throw new Error('this file is run by a worker thread');
const { file } = workerData as ReaderStart;

const database = new Database(file, { readonly: true, timeout: PATIENCE });
database.pragma(`cache_size = -${CACHE_KIB}`);
const words = createFullText(file, database);
const list = createObjectListing(database, { words, clock: systemClock });
const revisions = createRevisions(database);
const browser = createObjectBrowser(database, { file, words, clock: systemClock });
/** Questions that are being answered; true once nobody wants the answer any more. */
const underWay = new Map<number, boolean>();
let closing = false;

async function answer(ask: number, question: ReaderQuestion): Promise<ReaderAnswer> {
  const cancelled = () => closing || underWay.get(ask) === true;
  switch (question.kind) {
    case 'list': {
      const progress = (told: ReaderProgress) => say({ kind: 'progress', ask, progress: told });
      return { kind: 'list', found: await list(question.query, question.link, { progress, cancelled }) };
    }
    case 'revisions':
      return { kind: 'revisions', found: { ok: true, revisions: revisions.of(question.key) } };
    case 'changes':
      return { kind: 'changes', found: { ok: true, changes: revisions.changes(question.query, question.link) } };
    case 'browse':
      return { kind: 'browse', found: await browser.answer(question.question, cancelled) };
  }
}

async function answerSafely(ask: number, question: ReaderQuestion): Promise<void> {
  underWay.set(ask, false);
  try {
    say({ kind: 'answer', ask, answer: await answer(ask, question) });
  } catch (error) {
    const trouble = troubleOf(error);
    if (!trouble) throw error;
    say({ kind: 'answer', ask, answer: { kind: question.kind, found: { ok: false, reason: trouble.reason } } });
  } finally {
    underWay.delete(ask);
    if (closing && underWay.size === 0) end();
  }
}

function say(message: FromThread<ReaderAnswer, ReaderProgress>): void {
  port?.postMessage(message);
}

function end(): void {
  browser.close();
  words.close();
  database.close();
  port?.close();
}

port.on('message', (message: ToThread<ReaderQuestion>) => {
  if (message.kind === 'ask') void answerSafely(message.ask, message.question);
  else if (message.kind === 'cancel') {
    if (underWay.has(message.ask)) underWay.set(message.ask, true);
  } else {
    closing = true;
    if (underWay.size === 0) end();
  }
});
