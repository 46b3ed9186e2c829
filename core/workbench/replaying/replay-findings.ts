import type { AskingThread } from '../../history/objects/asking-thread.ts';
import type { Judged } from '../../replay/ports.ts';
import type { LookingAnswer, LookingQuestion } from '../explaining/looking-messages.ts';

/** Codes of the findings of exchanges that make one flow, by their id; of none where it was aborted. */
export type FindingsOf = (
  judged: readonly Judged[],
  signal: AbortSignal,
) => Promise<ReadonlyMap<number, readonly string[]>>;

export interface ReplayFindingsOptions {
  readonly thread: Pick<AskingThread<LookingQuestion, LookingAnswer, never>, 'ask'>;
  readonly onTrouble: (what: string, error: unknown) => void;
}

/** Looked at in one go: whoever wants something explained meanwhile waits for no more. */
const AT_ONCE = 100;

/** The thread that looks at exchanges does it: ten thousand take seconds. */
export function createReplayFindings({ thread, onTrouble }: ReplayFindingsOptions): FindingsOf {
  let flows = 0;
  return async (judged, signal) => {
    const flow = ++flows;
    const found = new Map<number, readonly string[]>();
    for (let at = 0; at < judged.length && !signal.aborted; at += AT_ONCE) {
      const exchanges = judged.slice(at, at + AT_ONCE);
      const answer = await thread.ask({ kind: 'judge', flow, exchanges, last: at + AT_ONCE >= judged.length });
      if (answer.kind !== 'judged') {
        const reason = answer.kind === 'gone' ? answer.reason : 'an answer to another question';
        onTrouble('judging a replay', new Error(reason));
        return new Map();
      }
      for (const { id, codes } of answer.found) found.set(id, codes);
    }
    return found;
  };
}
