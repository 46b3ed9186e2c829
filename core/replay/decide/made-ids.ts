import type { RewriteKind } from '../../contract/rewrite-kind.ts';
import { longestId } from '../rebase/field-kinds.ts';
import type { Mark } from '../rebase/marks.ts';
import { newId, newUuid } from '../rebase/new-id.ts';
import { mappedAs } from '../rebase/value-now.ts';
import type { Decisions } from './decisions.ts';

const NAMES: Partial<Record<RewriteKind, string>> = {
  session: 'a new session',
  cdr: 'a new CDR',
  authorization_reference: 'a new reference',
  reservation: 'a new reservation',
};

export interface MadeIds {
  /** Something the flow makes: it gets an id that was never used. */
  made(mark: Mark): void;
}

/** New ids, the same ones for the same seed. `written`: those of a scenario, whose names have no shape to keep. */
export function decideMadeIds(decisions: Decisions, { seed, written }: { seed: string; written: boolean }): MadeIds {
  return {
    made(mark) {
      const { kind, value } = mark;
      const from = mappedAs(mark);
      if (decisions.has(kind, from)) return;
      const number = (mark.number || (!mark.quoted && mark.pointer !== 'url')) && /^\d+$/.test(value);
      for (let attempt = 0; ; attempt++) {
        const drawnFrom = `${seed} ${kind} ${from.toLowerCase()}${attempt === 0 ? '' : ` ${attempt}`}`;
        const to =
          written && !number
            ? newUuid(drawnFrom)
            : newId({ drawnFrom, like: value, maxLength: longestId(kind), number });
        if ((to === value || !decisions.isFree(kind, to)) && attempt < 100) continue;
        decisions.decide({ kind, from, to, why: NAMES[kind] ?? 'a new id' });
        return;
      }
    },
  };
}
