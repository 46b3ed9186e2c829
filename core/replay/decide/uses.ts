import type { RewriteKind } from '../../contract/rewrite-kind.ts';
import { type CatalogueEntry, entryById } from '../../ocpi/catalogue.ts';
import type { ModuleId } from '../../ocpi/modules.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { Mark } from '../rebase/marks.ts';
import { marksOf, requestMarks } from '../rebase/message-marks.ts';
import type { RequestStep, SpokenExchange, Step } from '../recording.ts';

export type Side = 'us' | 'them';

/** One id said by somebody. */
export interface Use {
  readonly mark: Mark;
  readonly step: RequestStep;
  readonly spoken: SpokenExchange;
  readonly said: 'request' | 'answer';
  readonly speaker: Side;
  /** Who runs the chargers: sessions, CDRs, places and tariffs are theirs. Undefined where the operation does not tell. */
  readonly cpo: Side | undefined;
}

/** Whose data a module moves (digest 4.1): RECEIVER operations are called by that side. */
const OF_CPO: ReadonlySet<ModuleId> = new Set<ModuleId>(['locations', 'sessions', 'cdrs', 'tariffs', 'bookings']);
const OF_OTHERS: ReadonlySet<ModuleId> = new Set<ModuleId>(['tokens', 'commands', 'chargingprofiles', 'payments']);

export function otherSide(side: Side): Side {
  return side === 'us' ? 'them' : 'us';
}

/** Which side of an exchange runs the chargers. */
export function cpoOf(entry: CatalogueEntry | undefined, by: Side): Side | undefined {
  if (entry === undefined || entry.interface === 'NONE') return undefined;
  const receiving = entry.interface === 'RECEIVER';
  if (OF_CPO.has(entry.module)) return receiving ? by : otherSide(by);
  if (OF_OTHERS.has(entry.module)) return receiving ? otherSide(by) : by;
  return undefined;
}

/** Whose things of a kind are; undefined where the operation does not tell. */
export function ownerOf(kind: RewriteKind, cpo: Side | undefined): Side | undefined {
  if (cpo === undefined) return undefined;
  const others = kind === 'token' || kind === 'contract' || kind === 'terminal' || kind === 'confirmation';
  return others ? otherSide(cpo) : cpo;
}

/** Everything that is said in these steps, in order; of lists nothing, as what stands in them is no part of the flow. */
export function* usesOf(steps: readonly Step[], version: Version): Generator<Use> {
  for (const step of steps) {
    if (step.kind !== 'request') continue;
    for (const spoken of [step.spoken, ...(step.also ?? [])]) {
      const marks = marksOf(spoken, version);
      const cpo = cpoOf(entryById(spoken.operation), step.by);
      for (const mark of requestMarks(marks)) {
        yield { mark, step, spoken, said: 'request', speaker: step.by, cpo };
      }
      if (marks.lists) continue;
      for (const mark of marks.answer) {
        yield { mark, step, spoken, said: 'answer', speaker: otherSide(step.by), cpo };
      }
    }
  }
}
