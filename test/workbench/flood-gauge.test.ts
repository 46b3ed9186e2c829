import { describe, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { createFloodGauge } from '../../core/workbench/flood-gauge.ts';

function gaugeAt() {
  let now = 0;
  const gauge = createFloodGauge({ ...systemClock, elapsed: () => now });
  return {
    gauge,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

describe('what is done in the background', () => {
  it('goes on at once while little is recorded, and rests the longer the more is', () => {
    const { gauge, pass } = gaugeAt();
    const rests = [50, 500, 3000].map(perSecond => {
      for (let at = 0; at < perSecond; at++) gauge.count(1);
      pass(1000);
      const rest = gauge.rest();
      pass(1000);
      return rest;
    });
    expect(rests[0]).toBe(0);
    expect(rests[1]).toBeGreaterThan(0);
    expect(rests[2]).toBeGreaterThan(rests[1] ?? 0);
    expect(gauge.rest()).toBe(0);
  });

  it('lets an import go first, even a slow one, and goes on when it is over', () => {
    const { gauge, pass } = gaugeAt();
    const flood = () => {
      const { gauge: flooded } = gaugeAt();
      for (let at = 0; at < 5000; at++) flooded.count(1);
      return flooded.rest();
    };
    for (let group = 0; group < 20; group++) gauge.count(32);
    expect(gauge.rest()).toBeGreaterThan(flood());
    pass(1000);
    expect(gauge.rest()).toBeGreaterThan(flood());
    pass(1000);
    expect(gauge.rest()).toBe(0);
  });

  it('does not wait for an import of a few', () => {
    const { gauge } = gaugeAt();
    gauge.count(32);
    gauge.count(32);
    expect(gauge.rest()).toBe(0);
  });
});
