import type { Clock } from '../../clock.ts';
import type { LifeView } from '../../contract/life.ts';
import type { LifeAnswer } from './ports.ts';

export interface FailureList {
  add(linkId: number | undefined, what: string, answer: Pick<LifeAnswer, 'reason' | 'exchangeId'>): void;
  /** Newest first. */
  list(): LifeView['failures'];
}

export interface FailureListParts {
  readonly clock: Clock;
  readonly nameOf: (linkId: number) => string | null;
  readonly onChange: () => void;
}

const MOST = 50;

/** The last things that did not work out. */
export function createFailureList({ clock, nameOf, onChange }: FailureListParts): FailureList {
  const failures: LifeView['failures'] = [];
  return {
    add: (linkId, what, { reason, exchangeId }) => {
      const link = linkId === undefined ? null : nameOf(linkId);
      failures.unshift({ at: clock.now(), link, what, reason, exchangeId: exchangeId ?? null });
      failures.splice(MOST);
      onChange();
    },
    list: () => [...failures],
  };
}
