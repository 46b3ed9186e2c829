import { type Step, TIME_QUANTUM, toQuantum } from '../world/course.ts';
import { type Charge, isOver, touched } from './charge.ts';
import { drawUntil, limitedTo, nextChange, powerAt } from './demand.ts';

const MINUTE = 60;
/** So long after a session has ended its CDR is made. */
const BILLING = MINUTE;
/** So long a cable is in and nothing flows yet. */
export const PLUGGING = 12;

/** The car draws power from now on. A reservation that comes to its end by that stays in the session, as its first step. */
export function activated(charge: Charge, now: number): Charge {
  const begin = Math.floor(now);
  const reserved = charge.reservation === undefined ? 0 : toQuantum(begin - charge.start);
  const start = charge.reservation === undefined ? begin : charge.start;
  const steps: Step[] = reserved > 0 ? [{ kind: 'reservation', seconds: reserved, watts: 0 }] : [];
  const at = start + reserved;
  return { ...charge, status: 'ACTIVE', start, at, steps, nextReport: at + MINUTE, ...touched(charge, now) };
}

/** What happened until now; the car has gone where it has all it wants. */
export function progressed(charge: Charge, now: number): Charge {
  if (charge.status !== 'ACTIVE') return charge;
  const { steps, demand, at } = drawUntil({ ...charge, from: charge.at }, now);
  const nextReport = now < charge.nextReport ? charge.nextReport : at + intervalOf(charge);
  const further = { ...charge, steps: [...charge.steps, ...steps], demand: [...demand], at, nextReport };
  return demand.length > 0 ? { ...further, ...touched(further, now) } : over(further, now);
}

/** Somebody ended it. */
export function ended(charge: Charge, now: number): Charge {
  if (isOver(charge)) return charge;
  const last = progressed(charge, now);
  return isOver(last) ? last : over(last, now);
}

/** A charge without a moment of charging is not billed; a reservation nobody came for is over, and no more than that. */
function over(charge: Charge, now: number): Charge {
  const bare = charge.steps.length === 0;
  const unused = charge.status === 'RESERVATION';
  return {
    ...charge,
    status: bare && !unused ? 'INVALID' : 'COMPLETED',
    end: bare ? Math.floor(now) : charge.at,
    demand: [],
    nextReport: now + BILLING,
    ...touched(charge, now),
  };
}

/** A CDR is due: something was delivered, or time at the plug was used. */
export function isBilled(charge: Charge): boolean {
  return charge.status === 'COMPLETED' && charge.steps.length > 0;
}

/** Another limit on its power, from now on. */
export function limited(charge: Charge, change: Pick<Charge, 'limits' | 'profile'>, now: number): Charge {
  const { profile: _, ...rest } = progressed(charge, now);
  return { ...rest, ...change };
}

/** No more than so much energy from now on. */
export function satisfiedWith(charge: Charge, wattHours: number, now: number): Charge {
  const current = progressed(charge, now);
  return { ...current, demand: limitedTo(current.demand, wattHours) };
}

/** The moment at which it has to be looked at again. */
export function dueAt(charge: Charge): number {
  const { status, reservation, at, nextReport } = charge;
  if (status === 'RESERVATION') return reservation?.until ?? at;
  if (status !== 'ACTIVE') return nextReport;
  // At a limit that changes within a quantum nothing can be told yet.
  return Math.max(at + TIME_QUANTUM, Math.min(nextReport, nextChange({ ...charge, from: at })));
}

export function wattsOf(charge: Charge): number {
  return charge.status === 'ACTIVE' ? powerAt({ ...charge, from: charge.at }) : 0;
}

/** Enough to see it move, and not every minute (digest 6.2). */
function intervalOf({ power }: Charge): number {
  return (power.powerType === 'DC' ? 5 : 15) * MINUTE;
}
