/**
 * Prices the CDRs of a database one after the other, as somebody does who looks through them: on `price` as many as the
 * second argument says, answered with `Priced`; `stop` ends that early.
 */
import { answerAsked } from './asked-workbench.ts';

export interface Priced {
  readonly seconds: number;
  /** Of the processor, all threads: seconds. */
  readonly processor: number;
  readonly bills: number;
  readonly right: number;
}

export const idOf = (number: number) => `BENCH-${number}`;

if (import.meta.main) {
  const count = Number(process.argv[3]);
  let stopped = false;
  await answerAsked(async (message: 'price' | 'stop', { money }): Promise<Priced | undefined> => {
    stopped = message === 'stop';
    if (stopped) return undefined;
    const began = performance.now();
    const before = process.cpuUsage();
    let [bills, right] = [0, 0];
    for (; bills < count && !stopped; bills++) {
      const { verdict } = await money.price({ bill: { own: 'cdrs', id: idOf(bills) } });
      if (verdict === 'right') right++;
    }
    const { user, system } = process.cpuUsage(before);
    return { seconds: (performance.now() - began) / 1000, processor: (user + system) / 1e6, bills, right };
  });
}
