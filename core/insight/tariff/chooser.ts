import type { Doubts } from './doubts.ts';
import { type Match, type Moment, matches } from './matching.ts';
import type { Purpose } from './restrictions.ts';
import type { Component, Dimension, Element, Terms } from './terms.ts';

/** `first`: as it ought to be. The others ignore the restrictions: the first one listed, the last one listed. */
export type Pick = 'first' | 'listed-first' | 'listed-last';

/** Which component prices what at one moment. */
export class Chooser {
  readonly #matches = new Map<Element, Match>();
  readonly #elements: readonly Element[];
  readonly #moment: Moment;
  readonly #pick: Pick;
  readonly #doubts: Doubts;

  constructor(terms: Terms | undefined, moment: Moment, pick: Pick, doubts: Doubts) {
    this.#elements = terms?.elements ?? [];
    this.#moment = moment;
    this.#pick = pick;
    this.#doubts = doubts;
  }

  /** Of the first purpose for which the tariff has a price in force. */
  choose(
    dimension: Dimension,
    purposes: readonly Purpose[],
    accept?: (component: Component) => boolean,
  ): Component | undefined {
    for (const purpose of purposes) {
      const found = this.#first(dimension, purpose, accept);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #first(dimension: Dimension, purpose: Purpose, accept?: (component: Component) => boolean): Component | undefined {
    let listed: Component | undefined;
    for (const element of this.#elements) {
      if (element.purpose !== purpose) continue;
      const component = element.components[dimension];
      if (component === undefined || (accept !== undefined && !accept(component))) continue;
      if (this.#pick === 'first' ? this.#holds(element) : this.#pick === 'listed-first') return component;
      listed = component;
    }
    return this.#pick === 'listed-last' ? listed : undefined;
  }

  #holds(element: Element): boolean {
    if (element.restrictions === undefined) return true;
    const known = this.#matches.get(element) ?? matches(element.restrictions, this.#moment, this.#doubts);
    this.#matches.set(element, known);
    return known.holds;
  }
}
