import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../clock.ts';
import { openObservedFile } from '../../history/insight/observed-file.ts';
import type { FromThread, ToThread } from '../../history/objects/asking-thread.ts';
import { detect } from '../../insight/detect/detect.ts';
import { merge } from '../../insight/detect/merge.ts';
import type { Around } from '../../insight/explain/around.ts';
import { explain } from '../../insight/explain/explain.ts';
import type { Observed } from '../../insight/observed.ts';
import { createFlowJudging } from './flow-judging.ts';
import { createLooker } from './looker.ts';
import type { LookingAnswer, LookingQuestion, LookingStart } from './looking-messages.ts';
import { writeReport } from './report.ts';

const LOW_PRIORITY = 10;

const port = parentPort;
if (!port) throw new Error('this file is run by a worker thread');
const { file } = workerData as LookingStart;

// On Linux this is the priority of the calling thread alone: whoever answers partners comes first.
if (process.platform === 'linux') setPriority(0, LOW_PRIORITY);

const opened = openObservedFile(file);
const looker = createLooker({ rows: opened.rows, clock: systemClock });
const judgeFlow = createFlowJudging(opened.rows);

interface Met {
  readonly observed: Observed;
  readonly around: Around;
}

/** With what the detectors would say of it, where they have not looked yet. */
function met(id: number, looked: boolean): Met | undefined {
  const row = opened.rows.one(id);
  if (row === undefined) return undefined;
  const { observed } = row;
  const firings = opened.faults.get(id)?.firings;
  const timings = opened.timings(id);
  return {
    observed: looked ? observed : { ...observed, findings: merge(observed, detect(observed)) },
    around: {
      ...(firings === undefined ? {} : { firings }),
      ...(timings === undefined ? {} : { timings }),
    },
  };
}

function answer(question: LookingQuestion): LookingAnswer {
  if (question.kind === 'look') return looker.look(question);
  if (question.kind === 'judge') return { kind: 'judged', found: judgeFlow(question) };
  const known = met(question.id, question.looked);
  const explained = known === undefined ? null : explain(known.observed, known.around);
  if (question.kind === 'explain') return { kind: 'explained', explained };
  return {
    kind: 'reported',
    markdown: known && explained ? writeReport({ observed: known.observed, explained, place: question.place }) : null,
  };
}

// What SQLite throws ends the thread; whoever asked hears of it, and the next question starts it anew.
port.on('message', (message: ToThread<LookingQuestion>) => {
  if (message.kind === 'ask') {
    const said: FromThread<LookingAnswer, never> = {
      kind: 'answer',
      ask: message.ask,
      answer: answer(message.question),
    };
    port.postMessage(said);
  } else if (message.kind === 'close') {
    opened.close();
    port.close();
  }
});
