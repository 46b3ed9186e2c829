import type { PriceDoubt } from '../../contract/price.ts';

/** Doubts by their code, each told once: of two with one code the one that matters stays. */
export class Doubts {
  readonly #found = new Map<string, PriceDoubt>();

  /** `matters`: another reading of it would change the total. */
  add(code: string, sentence: string, matters: boolean): void {
    const known = this.#found.get(code);
    if (known === undefined || (matters && !known.matters)) this.#found.set(code, { code, sentence, matters });
  }

  takeAll(others: Doubts): void {
    for (const { code, sentence, matters } of others.all) this.add(code, sentence, matters);
  }

  /** Nobody can be sure of what is doubted so far. */
  worsen(code: string): void {
    const known = this.#found.get(code);
    if (known !== undefined) this.#found.set(code, { ...known, matters: true });
  }

  get all(): PriceDoubt[] {
    return [...this.#found.values()];
  }

  /** What could be otherwise, the decisive ones first; undefined where nothing matters. */
  get decisive(): PriceDoubt | undefined {
    return this.all.find(({ matters }) => matters);
  }
}
