import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../clock.ts';
import { openFiguresReader } from '../../history/figures/figures-reader.ts';
import type { FromThread, ToThread } from '../../history/objects/asking-thread.ts';
import { createExchangeCounting } from './exchange-counting.ts';
import type { FiguresAnswer, FiguresQuestion, FiguresStart, LinkFigures } from './figures-messages.ts';
import { createRunCounting } from './run-counting.ts';

const LOW_PRIORITY = 10;

const port = parentPort;
if (!port) throw new Error('this file is run by a worker thread');

// On Linux this is the priority of the calling thread alone: whoever answers partners comes first.
if (process.platform === 'linux') setPriority(0, LOW_PRIORITY);

const reader = openFiguresReader((workerData as FiguresStart).file);
const counting = createExchangeCounting(reader.exchanges, systemClock);
const runs = createRunCounting(reader.runs);

const answer = ({ linkIds, now, time }: FiguresQuestion): FiguresAnswer => {
  const behind = counting.count(now, time);
  runs.count();
  const links = linkIds.map((linkId): LinkFigures => {
    const tally = counting.tallyOf(linkId);
    return {
      linkId,
      lastHeard: counting.lastHeard(linkId),
      hour: tally.lastHour(now),
      hours: tally.hours(now),
      overdue: runs.overdueOf(linkId, now),
      pulls: runs.pullsOf(linkId),
    };
  });
  return { kind: 'figures', links, behind };
};

// What SQLite throws ends the thread; whoever asked hears of it, and the next question starts it anew.
port.on('message', (message: ToThread<FiguresQuestion>) => {
  if (message.kind === 'ask') {
    const given = answer(message.question);
    port.postMessage({ kind: 'answer', ask: message.ask, answer: given } satisfies FromThread<FiguresAnswer, never>);
  } else if (message.kind === 'close') {
    reader.close();
    port.close();
  }
});
