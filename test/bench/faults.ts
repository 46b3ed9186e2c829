/** What fault rules cost that are loaded and never match, and what none cost: the same workbench, the same request. */
import type { Bench } from './figure.ts';
import { end, load, median, target, VERSIONS_REQUEST } from './load-runs.ts';

const RULES = 100;
const CONNECTIONS = 16;
const ROUNDS = 11;
const ROUND_MS = 1_000;

export const faultsBench: Bench = {
  name: 'faults',
  about: `GET versions, authenticated, sealed and fully recorded, ${CONNECTIONS} connections: ${RULES} armed rules that do not match, against none`,
  measure: async () => {
    const run = (port: number, ms = ROUND_MS) =>
      load({ port, connections: CONNECTIONS, ms, request: VERSIONS_REQUEST });
    const without = await target('workbench');
    const loaded = await target('workbench', String(RULES));
    try {
      for (const { port } of [without, loaded]) {
        const { answer } = await run(port, 500);
        if (!answer.includes('"status_code":1000')) throw new Error(answer);
      }
      const ratios: number[] = [];
      const p99s: number[] = [];
      const perSecond = { without: [] as number[], loaded: [] as number[] };
      for (let round = 0; round < ROUNDS; round++) {
        // Who goes first changes: whoever goes second meets a warmer machine.
        const first = round % 2 === 0 ? without : loaded;
        const one = await run(first.port);
        const other = await run((first === without ? loaded : without).port);
        const [bare, ruled] = first === without ? [one, other] : [other, one];
        ratios.push(ruled.perSecond / bare.perSecond);
        p99s.push(ruled.p99 / bare.p99);
        perSecond.without.push(bare.perSecond);
        perSecond.loaded.push(ruled.perSecond);
      }
      const note = `${Math.round(median(perSecond.loaded))}/s, ${Math.round(median(perSecond.without))}/s without`;
      return [
        {
          name: `throughput with ${RULES} rules, share of none`,
          value: median(ratios),
          unit: 'ratio',
          atLeast: 0.9,
          note,
        },
        { name: `p99 with ${RULES} rules, times that of none`, value: median(p99s), unit: 'ratio' },
      ];
    } finally {
      await Promise.all([end(without.process), end(loaded.process)]);
    }
  },
};
