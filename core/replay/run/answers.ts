import type { ReplayPorts } from '../ports.ts';
import type { RequestStep, Step } from '../recording.ts';

/** How the partner is answered while the replay runs, where a scenario says so. */
export interface Answers {
  /** This step has come to its end: the next one of its operation decides from now on. */
  past(step: RequestStep): void;
  /** As ever, whatever happened. */
  end(): void;
}

/** From the begin on: a partner may be ahead of the step at which it is waited for. */
export function createAnswers(steps: readonly Step[], ports: Pick<ReplayPorts, 'answerWith'>): Answers {
  const due = new Map<string, RequestStep[]>();
  for (const step of steps) {
    if (step.kind === 'flow' || step.by === 'us') continue;
    const { operation } = step.spoken;
    const known = due.get(operation);
    if (known === undefined) due.set(operation, [step]);
    else known.push(step);
  }
  const ends = new Map<string, () => void>();
  const decide = (operation: string) => {
    ends.get(operation)?.();
    ends.delete(operation);
    const policy = due.get(operation)?.[0]?.answerWith;
    if (policy !== undefined) ends.set(operation, ports.answerWith(operation, policy));
  };
  for (const operation of due.keys()) decide(operation);
  return {
    past(step) {
      const { operation } = step.spoken;
      const left = due.get(operation)?.filter(({ no }) => no > step.no) ?? [];
      due.set(operation, left);
      decide(operation);
    },
    end() {
      for (const end of ends.values()) end();
      ends.clear();
    },
  };
}
