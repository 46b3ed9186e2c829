import type { Around } from './around.ts';
import { milliseconds, type Subject } from './subject.ts';

/** Milliseconds from which on a phase is worth telling. */
const SLOW = 5000;

/** Which phase of a call took long, as advice; undefined where none did. */
export function slowPhase({ timings }: Around, { they }: Subject): string | undefined {
  if (timings === undefined || timings.total < SLOW) return undefined;
  const { dns, connect, tls, firstByte } = timings;
  const phases = [
    ['the name took so long to resolve', dns],
    ['the connection took so long to come about', connect],
    ['the TLS handshake took so long', tls],
    [`${they} took so long to begin its answer`, firstByte],
  ] as const;
  const [words, ms] = phases.reduce((longest, one) => ((one[1] ?? 0) > (longest[1] ?? 0) ? one : longest));
  if (ms === null || ms < timings.total / 2)
    return `The whole call took ${milliseconds(timings.total)}: see where the time went.`;
  return `Of the ${milliseconds(timings.total)} it took, ${milliseconds(ms)} went by because ${words}.`;
}
