import { expect, it } from 'vitest';
import { fuzz } from '../bench/fuzz.ts';

it('2,000 random and mutated requests harm nobody: no 5xx, no crash, and good requests are answered in between', async () => {
  const { faults, seed, statuses, recorded } = await fuzz({ requests: 2_000, patienceMs: 300 });
  expect(faults, `seed ${seed}`).toEqual([]);
  expect(Object.keys(statuses)).toEqual(expect.arrayContaining(['200', '400', '401', '404', '405']));
  expect(recorded).toBeGreaterThan(1_000);
});
