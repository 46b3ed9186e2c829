import { done, type Outcome } from '../../contract/failure.ts';
import type { FactsDesk } from '../reports/facts-desk.ts';
import type { StatusAnswer, StatusQuestion } from './status-messages.ts';

/** Asks what EVSEs said. `behind`: objects that changed and are not looked at yet. */
export type AskStatuses = (
  question: StatusQuestion,
  signal?: AbortSignal,
) => Promise<Outcome<{ readonly answer: StatusAnswer; readonly behind: number }>>;

export function createStatusAsking(facts: Pick<FactsDesk, 'ask'>): AskStatuses {
  return async (asked, signal) => {
    const answered = await facts.ask('statuses', toFollow => ({ kind: 'statuses', ...toFollow, asked }), signal);
    if (!answered.ok) return answered;
    const { told, followed } = answered.value;
    return done({ answer: told, behind: followed.behind });
  };
}
