import type { RequestStep } from '../recording.ts';
import { type After, type Course, ON } from './course.ts';
import { mayOverlap, moduleOfUse, objectKeyOf } from './object-key.ts';
import { readied, send } from './sending.ts';

/** Requests under way at once. What happens at one moment shares a commit, so with fewer the disk sets the pace. */
const AT_ONCE = 16;

interface UnderWay {
  readonly module: string;
  readonly patches: boolean;
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
  /** By what they are about: of one object there is one. */
  const underWay = new Map<string, UnderWay>();
  let after: After = ON;
  let broken: { readonly error: unknown } | undefined;
  let wake: () => void = () => {};

  /** Waits for one after the other to be over, until it is so. Only one waits at a time: whoever takes step after step. */
  const until = async (isSo: () => boolean) => {
    while (broken === undefined && !isSo()) {
      await new Promise<void>(resolve => {
        wake = resolve;
      });
    }
    if (broken !== undefined) throw broken.error;
  };
  const settled = async () => {
    await until(() => underWay.size === 0);
    return after;
  };
  /** What refers to another object has to find it; a PATCH makes none, so it refers to what is there already. */
  const beside = ({ module, patches }: UnderWay) => {
    for (const other of underWay.values()) {
      if (other.module !== module && !(patches && other.patches)) return false;
    }
    return true;
  };

  return {
    takes: mayOverlap,
    settled,
    async send(step) {
      const entry = { module: moduleOfUse(step.spoken.operation), patches: step.spoken.method === 'PATCH' };
      if (!beside(entry)) await settled();
      const ready = readied(course, step);
      if (!ready.ok) {
        after = await send(course, step, ready);
        return settled();
      }
      const key = objectKeyOf(ready.value);
      await until(() => underWay.size < AT_ONCE && !underWay.has(key));
      if (!after.goesOn) return settled();
      const over = (came: After) => {
        underWay.delete(key);
        if (!came.goesOn) after = came;
        wake();
      };
      underWay.set(key, entry);
      send(course, step, ready).then(over, (error: unknown) => {
        broken ??= { error };
        over(ON);
      });
      return after;
    },
  };
}
