/**
 * Asks anew when told so, without ever piling up: one round at a time, another one after a pause if more was told
 * meanwhile. A thousand exchanges a second thus cost a few questions a second, and the last one is never missed.
 */
export class Refresher {
  readonly #refresh: () => Promise<unknown>;
  readonly #pauseMs: number;
  #busy = false;
  #again = false;

  constructor(refresh: () => Promise<unknown>, pauseMs: number) {
    this.#refresh = refresh;
    this.#pauseMs = pauseMs;
  }

  tell(): void {
    if (this.#busy) {
      this.#again = true;
      return;
    }
    this.#busy = true;
    void this.#round();
  }

  async #round(): Promise<void> {
    do {
      this.#again = false;
      await this.#refresh();
      await new Promise(resolve => setTimeout(resolve, this.#pauseMs));
    } while (this.#again);
    this.#busy = false;
  }
}
