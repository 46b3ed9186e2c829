import type { Clock } from '../../clock.ts';
import type { History } from '../../history/history.ts';
import { createAskingThread } from '../../history/objects/asking-thread.ts';
import { createReplayFindings, type FindingsOf } from '../replaying/replay-findings.ts';
import type { Resending } from '../resending.ts';
import { createErrorsDesk, type ErrorsDesk } from './errors-desk.ts';
import { createFollowing } from './following.ts';
import type { LookingAnswer, LookingQuestion, LookingStart } from './looking-messages.ts';

/** What the operator asks about errors, and the background that looks at every exchange for it. */
export interface Explaining {
  readonly desk: ErrorsDesk;
  /** Of exchanges that make one flow, recorded or replayed. */
  readonly findingsOf: FindingsOf;
  /** Before the history is closed. */
  close(): Promise<void>;
}

export interface ExplainingOptions {
  readonly history: History;
  readonly curl: Resending['curl'];
  readonly clock: Clock;
  readonly onTrouble: (what: string, error: unknown) => void;
  readonly onlyWhenAsked: boolean;
}

/** Much of what is read lives for a batch only: with less room a fifth of the time goes into collecting it. */
const YOUNG_MEBIBYTES = 32;

export function createExplaining(options: ExplainingOptions): Explaining {
  const { history, curl, clock, onTrouble, onlyWhenAsked } = options;
  const thread = createAskingThread<LookingQuestion, LookingAnswer>({
    script: new URL('./looking-worker.ts', import.meta.url),
    workerData: { file: history.file } satisfies LookingStart,
    gone: reason => ({ kind: 'gone', reason }),
    youngMebibytes: YOUNG_MEBIBYTES,
  });
  const following = createFollowing({ history, thread, clock, onTrouble, onlyWhenAsked });
  return {
    desk: createErrorsDesk({ history, following, thread, curl, clock }),
    findingsOf: createReplayFindings({ thread, onTrouble }),
    close: following.close,
  };
}
