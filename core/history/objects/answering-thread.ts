import { setPriority } from 'node:os';
import type { MessagePort } from 'node:worker_threads';
import { systemClock } from '../../clock.ts';
import type { FromThread, ToThread } from './asking-thread.ts';

/** How far something has come. */
interface Doing {
  readonly doing: string;
}

export interface AnsweringOptions<Question, Answer, Progress extends Doing> {
  readonly port: MessagePort | null;
  readonly answer: (
    question: Question,
    how: { readonly signal: AbortSignal; readonly progress: (progress: Progress) => void },
  ) => Promise<Answer>;
  /** The answer where answering threw; throws what is a bug. */
  readonly gone: (error: unknown) => Answer;
}

/** Progress is told as often, and with every other thing that is done; milliseconds. */
const TOLD_EVERY = 100;
const LOW_PRIORITY = 10;

/**
 * The other side of `createAskingThread`, for questions that take long: answers them side by side; cancelled ones hear of it by
 * their signal, and so do all when the thread is to end, which it does once they are answered.
 */
export function answerQuestions<Question, Answer, Progress extends Doing>(
  options: AnsweringOptions<Question, Answer, Progress>,
): void {
  const { port, answer, gone } = options;
  if (!port) throw new Error('this file is run by a worker thread');
  const underWay = new Map<number, AbortController>();
  let closing = false;
  const say = (message: FromThread<Answer, Progress>) => port.postMessage(message);

  const telling = (ask: number): ((progress: Progress) => void) => {
    let told = Number.NEGATIVE_INFINITY;
    let doing = '';
    return progress => {
      const now = systemClock.elapsed();
      if (progress.doing === doing && now - told < TOLD_EVERY) return;
      told = now;
      doing = progress.doing;
      say({ kind: 'progress', ask, progress });
    };
  };
  const answerOne = async (ask: number, question: Question): Promise<void> => {
    const controller = new AbortController();
    underWay.set(ask, controller);
    try {
      const given = await answer(question, { signal: controller.signal, progress: telling(ask) });
      say({ kind: 'answer', ask, answer: given });
    } catch (error) {
      say({ kind: 'answer', ask, answer: gone(error) });
    } finally {
      underWay.delete(ask);
      if (closing && underWay.size === 0) port.close();
    }
  };

  port.on('message', (message: ToThread<Question>) => {
    if (message.kind === 'ask') void answerOne(message.ask, message.question);
    else if (message.kind === 'cancel') underWay.get(message.ask)?.abort();
    else {
      closing = true;
      for (const controller of underWay.values()) controller.abort();
      if (underWay.size === 0) port.close();
    }
  });
}

/** On Linux this is the priority of the calling thread alone: whoever answers partners comes first. */
export function giveWayToOthers(): void {
  if (process.platform === 'linux') setPriority(0, LOW_PRIORITY);
}
