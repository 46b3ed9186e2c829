import type { Clock } from '../../clock.ts';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import { createAskingThread } from '../../history/objects/asking-thread.ts';
import type { FiguresAnswer, FiguresQuestion, FiguresStart, LinkFigures } from './figures-messages.ts';

/** What exchanges and runs tell of links, counted away from the thread that answers partners. */
export interface Figures {
  /** Of these links, in this order. `behind`: exchanges that are not counted yet, after a while of counting. */
  of(linkIds: readonly number[]): Promise<Outcome<{ links: readonly LinkFigures[]; behind: number }>>;
  close(): Promise<void>;
}

/** Milliseconds: a question takes about so long where there is much to count. */
const COUNT_TIME = 100;
/** Links asked about at once: what is told of them is read on the thread that answers partners. */
const LINKS = 50;
/** Questions in a row: in the first seconds with a large database there is much to count. */
const MOST_QUESTIONS = 100;

export function createFigures({ file, clock }: FiguresStart & { readonly clock: Pick<Clock, 'now'> }): Figures {
  const thread = createAskingThread<FiguresQuestion, FiguresAnswer>({
    script: new URL('./figures-worker.ts', import.meta.url),
    workerData: { file } satisfies FiguresStart,
    gone: reason => ({ kind: 'gone', reason }),
  });
  return {
    async of(linkIds) {
      const told: LinkFigures[] = [];
      let left = 0;
      for (let asked = 1; told.length < linkIds.length; asked++) {
        const some = linkIds.slice(told.length, told.length + LINKS);
        const answer = await thread.ask({ linkIds: some, now: clock.now(), time: COUNT_TIME });
        if (answer.kind === 'gone')
          return failed('OPERATION_FAILED', `exchanges could not be counted: ${answer.reason}`, 'Try again.');
        left = answer.behind;
        if (left === 0 || asked >= MOST_QUESTIONS) told.push(...answer.links);
      }
      return done({ links: told, behind: left });
    },
    close: thread.close,
  };
}
