import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../clock.ts';
import type { FromThread, ToThread } from '../../history/objects/asking-thread.ts';
import { openFactsAnswers } from './facts-answers.ts';
import type { FactsAnswer, FactsQuestion, FactsStart } from './facts-messages.ts';

const LOW_PRIORITY = 10;

const port = parentPort;
if (!port) throw new Error('this file is run by a worker thread');

// On Linux this is the priority of the calling thread alone: whoever answers partners comes first.
if (process.platform === 'linux') setPriority(0, LOW_PRIORITY);

const facts = openFactsAnswers({ ...(workerData as FactsStart), clock: systemClock });

// What SQLite throws ends the thread; whoever asked hears of it, and the next question starts it anew.
port.on('message', (message: ToThread<FactsQuestion>) => {
  if (message.kind === 'ask') {
    const answer = facts.answer(message.question);
    port.postMessage({ kind: 'answer', ask: message.ask, answer } satisfies FromThread<FactsAnswer, never>);
  } else if (message.kind === 'close') {
    facts.close();
    port.close();
  }
});
