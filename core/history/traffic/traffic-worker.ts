import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../clock.ts';
import type { FromThread, ToThread } from '../objects/asking-thread.ts';
import { troubleOf } from '../trouble.ts';
import { createCountedParts } from './counted-parts.ts';
import { createLane } from './lane.ts';
import type { TrafficAnswer, TrafficQuestion, TrafficStart } from './messages.ts';
import {
  type Answering,
  answerCount,
  answerIds,
  answerPage,
  answerRelated,
  answerTroubles,
  type Turn,
} from './questions.ts';

/** Milliseconds after which it is looked whether somebody still wants the answer. */
const TURN = 6;

const port = parentPort;
if (!port) throw new Error('this file is run by a worker thread');
const { file } = workerData as TrafficStart;

class Cancelled extends Error {}

const counted = createCountedParts();
const lane = createLane(file, counted.forget);
/** Questions that are being answered; true once nobody wants the answer any more. */
const underWay = new Map<number, boolean>();
let closing = false;

function turnOf(ask: number): Turn {
  let began = systemClock.elapsed();
  return async () => {
    if (systemClock.elapsed() - began < TURN) return;
    await new Promise<void>(resolve => setImmediate(resolve));
    began = systemClock.elapsed();
    if (underWay.get(ask) !== false) throw new Cancelled();
  };
}

function answer(ask: number, question: TrafficQuestion): Promise<TrafficAnswer> {
  return lane.run(async opened => {
    if (underWay.get(ask) !== false) throw new Cancelled();
    const answering: Answering = { file: opened, counted, turn: turnOf(ask) };
    switch (question.kind) {
      case 'page':
        return { kind: 'page', found: await answerPage(answering, question) };
      case 'count':
        return { kind: 'count', found: await answerCount(answering, question) };
      case 'ids':
        return { kind: 'ids', found: await answerIds(answering, question) };
      case 'troubles':
        return { kind: 'troubles', found: await answerTroubles(answering, question) };
      case 'related':
        return { kind: 'related', found: await answerRelated(answering, question) };
    }
  });
}

async function answerSafely(ask: number, question: TrafficQuestion): Promise<void> {
  underWay.set(ask, false);
  try {
    say({ kind: 'answer', ask, answer: await answer(ask, question) });
  } catch (error) {
    const trouble = troubleOf(error);
    const reason = error instanceof Cancelled ? 'nobody waits for the answer' : trouble?.reason;
    if (reason === undefined) throw error;
    say({ kind: 'answer', ask, answer: { kind: 'gone', reason, damaged: trouble?.kind === 'damaged' } });
  } finally {
    underWay.delete(ask);
    if (closing && underWay.size === 0) await end();
  }
}

function say(message: FromThread<TrafficAnswer, never>): void {
  port?.postMessage(message);
}

async function end(): Promise<void> {
  await lane.close();
  port?.close();
}

port.on('message', (message: ToThread<TrafficQuestion>) => {
  if (message.kind === 'ask') void answerSafely(message.ask, message.question);
  else if (message.kind === 'cancel') {
    if (underWay.has(message.ask)) underWay.set(message.ask, true);
  } else {
    closing = true;
    if (underWay.size === 0) void end();
  }
});
