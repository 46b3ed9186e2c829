import { expect, it } from 'vitest';
import { Refresher } from '../../../renderer/bridge/refresher.ts';

it('a thousand things told at once are asked for a few times, one after another, the last of them included', async () => {
  let newest = 0;
  let under = 0;
  const seen: number[] = [];
  const refresher = new Refresher(async () => {
    under += 1;
    expect(under).toBe(1);
    const asked = newest;
    await new Promise(resolve => setTimeout(resolve, 5));
    seen.push(asked);
    under -= 1;
  }, 10);
  for (newest = 1; newest <= 1000; newest += 1) {
    refresher.tell();
    if (newest % 100 === 0) await new Promise(resolve => setTimeout(resolve, 2));
  }
  newest = 1000;
  while (seen.at(-1) !== 1000) await new Promise(resolve => setTimeout(resolve, 5));
  expect(seen.length).toBeLessThan(20);
});
