import type { ExchangeView } from '../../../../core/contract/exchange.ts';

const PHASES = ['queue', 'dns', 'connect', 'tls', 'firstByte', 'body'] as const;
export type PhaseName = (typeof PHASES)[number];

export interface Phase {
  readonly name: PhaseName;
  readonly ms: number;
  /** When it began, milliseconds after the exchange did. */
  readonly from: number;
}

/** One after the other, those that did not happen left out; what is left of the whole is reading the body. */
export function phasesOf(timings: NonNullable<ExchangeView['timings']>): readonly Phase[] {
  const phases: Phase[] = [];
  let from = 0;
  const add = (name: PhaseName, ms: number | null) => {
    if (ms === null) return;
    phases.push({ name, ms, from });
    from += ms;
  };
  for (const name of ['queue', 'dns', 'connect', 'tls', 'firstByte'] as const) add(name, timings[name]);
  if (timings.firstByte !== null) add('body', Math.max(0, timings.total - from));
  return phases;
}
