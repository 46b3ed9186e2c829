import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../clock.ts';
import { failed } from '../../contract/failure.ts';
import { openBooks } from '../../history/books/books.ts';
import type { FromThread, ToThread } from '../../history/objects/asking-thread.ts';
import { troubleOf } from '../../history/trouble.ts';
import type { MoneyAnswer, MoneyQuestion, MoneyStart } from './money-messages.ts';
import { matchedPayments } from './payments-page.ts';
import { priceAsked } from './pricing.ts';

const LOW_PRIORITY = 10;

const port = parentPort;
if (!port) throw new Error('this file is run by a worker thread');

// On Linux this is the priority of the calling thread alone: whoever answers partners comes first.
if (process.platform === 'linux') setPriority(0, LOW_PRIORITY);

const books = openBooks((workerData as MoneyStart).file);
/** Questions that are being answered; true once nobody wants the answer any more. */
const underWay = new Map<number, boolean>();
let closing = false;

async function answer(ask: number, question: MoneyQuestion): Promise<MoneyAnswer> {
  if (question.kind === 'price') return { kind: 'price', priced: priceAsked(question.question, books) };
  const pause = async () => {
    await systemClock.sleep(0);
    return closing || underWay.get(ask) === true;
  };
  return { kind: 'payments', found: await matchedPayments(question.question, { books, pause }) };
}

async function answerSafely(ask: number, question: MoneyQuestion): Promise<void> {
  underWay.set(ask, false);
  try {
    say({ kind: 'answer', ask, answer: await answer(ask, question) });
  } catch (error) {
    const trouble = troubleOf(error);
    if (!trouble) throw error;
    const refused = failed('OPERATION_FAILED', `it could not be read: ${trouble.reason}`, trouble.advice);
    const { kind } = question;
    say({ kind: 'answer', ask, answer: kind === 'price' ? { kind, priced: refused } : { kind, found: refused } });
  } finally {
    underWay.delete(ask);
    if (closing && underWay.size === 0) end();
  }
}

function say(message: FromThread<MoneyAnswer, never>): void {
  port?.postMessage(message);
}

function end(): void {
  books.close();
  port?.close();
}

port.on('message', (message: ToThread<MoneyQuestion>) => {
  if (message.kind === 'ask') void answerSafely(message.ask, message.question);
  else if (message.kind === 'cancel') {
    if (underWay.has(message.ask)) underWay.set(message.ask, true);
  } else {
    closing = true;
    if (underWay.size === 0) end();
  }
});
