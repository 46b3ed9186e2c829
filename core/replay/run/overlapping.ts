import type { RequestStep } from '../recording.ts';
import { type After, type Course, ON } from './course.ts';
import { mayOverlap, moduleOfUse, objectKeyOf } from './object-key.ts';
import { readied, send } from './sending.ts';

/** Requests under way at once. */
const AT_ONCE = 8;

interface UnderWay {
  readonly key: string;
  readonly step: RequestStep;
  readonly over: Promise<void>;
}

/**
 * As fast as possible: writes of different objects need not wait for each other. Those of one object keep their order, and
 * whatever else there is waits until all of them are over, as something that refers to an object has to find it.
 */
export function createOverlapping(course: Course): {
  /** Whether this step may go beside others. */
  takes(step: RequestStep): boolean;
  /** Resolves when it is on its way. */
  send(step: RequestStep): Promise<After>;
  /** All of them are over. */
  settled(): Promise<After>;
} {
  const underWay = new Set<UnderWay>();
  let after: After = ON;

  const oldest = () => underWay.values().next().value?.over;
  const settled = async () => {
    while (underWay.size > 0) await oldest();
    return after;
  };
  /** What refers to another object has to find it; a PATCH makes none, so it refers to what is there already. */
  const beside = (step: RequestStep) => {
    const module = moduleOfUse(step.spoken.operation);
    const patch = step.spoken.method === 'PATCH';
    for (const { step: other } of underWay) {
      if (moduleOfUse(other.spoken.operation) !== module && !(patch && other.spoken.method === 'PATCH')) return false;
    }
    return true;
  };

  return {
    takes: mayOverlap,
    settled,
    async send(step) {
      if (!beside(step)) await settled();
      const ready = readied(course, step);
      if (ready.ok) {
        const key = objectKeyOf(ready.value);
        while (underWay.size >= AT_ONCE) await Promise.race(Array.from(underWay, ({ over }) => over));
        for (const other of [...underWay]) if (other.key === key) await other.over;
        if (!after.goesOn) return settled();
        const entry: UnderWay = {
          key,
          step,
          over: send(course, step, ready).then(came => {
            underWay.delete(entry);
            if (!came.goesOn) after = came;
          }),
        };
        underWay.add(entry);
        return after;
      }
      after = await send(course, step, ready);
      return settled();
    },
  };
}
