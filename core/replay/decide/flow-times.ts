import { marksOf } from '../rebase/message-marks.ts';
import { momentOf } from '../rebase/shift-time.ts';
import type { Recording, Step } from '../recording.ts';

const DAY_MS = 24 * 3600 * 1000;
const SECOND_MS = 1000;
const CHARGES: ReadonlySet<string> = new Set(['Session', 'CDR']);

export interface FlowTimes {
  /** Whole seconds, in milliseconds. */
  readonly shiftMs: number;
  /** Milliseconds since the epoch: times before it are none of the flow. */
  readonly movesFrom: number;
}

export interface FlowTimesInput {
  readonly recording: Recording;
  readonly steps: readonly Step[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The last step is now, instead of the first. */
  readonly end: boolean;
}

/**
 * How far the times in the messages move: as far as the messages themselves, so that a session that began ten seconds before
 * it was told does so again. Where no time is near those of the exchanges (a log that was imported, with examples of another
 * year), the first or last time in the messages counts instead.
 */
export function flowTimes({ recording, steps, now, end }: FlowTimesInput): FlowTimes {
  const first = recording.startedAt + (steps[0]?.at ?? 0);
  const last = recording.startedAt + (steps.at(-1)?.at ?? 0);
  const told = timesIn(recording, steps);
  const near = told.earliest === undefined || told.near(first - DAY_MS, last + DAY_MS);
  const start = near ? first : (told.earliest ?? first);
  const finish = near ? last : (told.latest ?? last);
  const shiftMs = Math.floor((now - (end ? finish : start)) / SECOND_MS) * SECOND_MS;
  return { shiftMs, movesFrom: start - DAY_MS };
}

function timesIn({ version }: Recording, steps: readonly Step[]) {
  const all: number[] = [];
  const ofCharges: number[] = [];
  for (const step of steps) {
    if (step.kind !== 'request') continue;
    for (const { kind, value, group } of marksOf(step.spoken, version).request) {
      const moment = kind === 'time' ? momentOf(value, version) : undefined;
      if (moment === undefined) continue;
      all.push(moment);
      if (CHARGES.has(group.type)) ofCharges.push(moment);
    }
  }
  // Tariffs have been valid for years; a charge is what the flow is about.
  const moments = (ofCharges.length > 0 ? ofCharges : all).sort((left, right) => left - right);
  return {
    earliest: moments[0],
    latest: moments.at(-1),
    near: (from: number, until: number) => moments.some(moment => moment >= from && moment <= until),
  };
}
