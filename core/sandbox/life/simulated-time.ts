import type { Clock } from '../../clock.ts';

/**
 * Time as it passes for what is simulated: from an anchor on, `speed` times as fast as it really does. All moments in the
 * objects are told by it. It begins at the real moment, so that at speed 1 it is the real time, and at speed 100 an hour of
 * charging is told within 36 seconds, with moments that lie so far ahead; as soon as nothing goes on any more it begins
 * at the real moment again.
 */
export interface SimulatedTime {
  /** Milliseconds since the epoch. */
  now(): number;
  readonly speed: number;
  /** False while it stands. */
  readonly runs: boolean;
  setSpeed(speed: number): void;
  stand(): void;
  run(): void;
  /** From here on it is so late. */
  setTo(moment: number): void;
  /** Real milliseconds until a simulated moment; 0 where it has come, Infinity while time stands. */
  until(moment: number): number;
}

export function createSimulatedTime(
  clock: Clock,
  { at, speed: first, runs: running }: { readonly at: number; readonly speed: number; readonly runs: boolean },
): SimulatedTime {
  let speed = first;
  let runs = running;
  let anchor = { simulated: at, real: clock.elapsed() };
  const now = () => (runs ? anchor.simulated + (clock.elapsed() - anchor.real) * speed : anchor.simulated);
  const anew = (moment: number) => {
    anchor = { simulated: moment, real: clock.elapsed() };
  };
  return {
    now,
    get speed() {
      return speed;
    },
    get runs() {
      return runs;
    },
    setSpeed: wanted => {
      anew(now());
      speed = wanted;
    },
    stand: () => {
      anew(now());
      runs = false;
    },
    run: () => {
      anew(now());
      runs = true;
    },
    setTo: anew,
    until: moment => (runs ? Math.max(0, (moment - now()) / speed) : Number.POSITIVE_INFINITY),
  };
}
