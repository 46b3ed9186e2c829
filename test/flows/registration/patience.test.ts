import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import { done, failed, type Outcome } from '../../../core/contract/failure.ts';
import { patiently } from '../../../core/flows/registration/patience.ts';

/** A storage that refuses so many times, and how often it was asked. */
function storage(refusals: number) {
  let asked = 0;
  const store = (): Outcome<void> =>
    asked++ < refusals ? failed('DATABASE_UNUSABLE', `refusal ${asked}`, 'wait') : done(undefined);
  return { store, asked: () => asked };
}

describe('storing with patience', () => {
  it('tries at once, before anything else can happen', () => {
    const { store, asked } = storage(0);
    void patiently(store, { clock: systemClock });
    expect(asked()).toBe(1);
  });

  it('tries again until it is stored', async () => {
    const { store, asked } = storage(2);
    expect(await patiently(store, { clock: systemClock, forMs: 5000 })).toEqual({ ok: true, value: undefined });
    expect(asked()).toBe(3);
  });

  it('gives the last refusal when the time is up', async () => {
    const { store } = storage(Number.POSITIVE_INFINITY);
    expect(await patiently(store, { clock: systemClock, forMs: 200 })).toMatchObject({
      ok: false,
      failure: { message: 'refusal 2' },
    });
  });

  it('ends at once when it is stopped, after a last try', async () => {
    const { store, asked } = storage(Number.POSITIVE_INFINITY);
    const stop = new AbortController();
    const began = systemClock.elapsed();
    const stored = patiently(store, { clock: systemClock, signal: stop.signal });
    stop.abort();
    expect((await stored).ok).toBe(false);
    expect(asked()).toBe(2);
    expect(systemClock.elapsed() - began).toBeLessThan(200);
  });
});
