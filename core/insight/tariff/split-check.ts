import type { Period } from './bill.ts';
import type { Doubts } from './doubts.ts';
import { compare, distance, type Ratio, ratio, toNumber, ZERO } from './ratio.ts';
import type { Component } from './terms.ts';
import type { Use } from './uses.ts';

/**
 * Notes where a period goes on over the begin of another price. A period should begin there (digest 6.3): how much was used before
 * and after is then only known where time alone counts, or where energy itself is the limit.
 */
export class SplitCheck {
  readonly #period: Period;
  readonly #doubts: Doubts;

  constructor(period: Period, doubts: Doubts) {
    this.#period = period;
    this.#doubts = doubts;
  }

  see(last: Use, next: Use, by: 'time' | 'energy'): void {
    const isEnergy = next.dimension === 'ENERGY';
    if (isEnergy ? by === 'energy' : by === 'time' && this.#lastsAll(next.dimension)) return;
    const less = compare(last.volume, next.volume) < 0 ? last.volume : next.volume;
    const apart = toNumber(distance(unitOf(last.component), unitOf(next.component)));
    this.#doubts.add(
      'volume-split',
      `Period ${this.#period.index} goes on while another price begins: its ${isEnergy ? 'energy' : 'time'} was shared out evenly.`,
      apart * Math.abs(toNumber(less)) > 0.01,
    );
  }

  /** The time that is billed is all of the period, so that its moments are known. */
  #lastsAll(dimension: Use['dimension']): boolean {
    const { from, to, time, parking, reserved } = this.#period;
    const volume = dimension === 'TIME' ? time : dimension === 'PARKING_TIME' ? parking : reserved[0]?.volume;
    if (from === undefined || to === undefined || volume === undefined) return false;
    return compare(volume.amount, ratio(to - from, 3_600_000)) === 0;
  }
}

function unitOf(component: Component | undefined): Ratio {
  return component?.before ?? ZERO;
}
