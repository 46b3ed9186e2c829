import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import { distanceOf, repeat } from '../../../core/flows/pull/schedule.ts';
import { correctPage, locations } from '../../support/paging-server.ts';
import { meet } from './pulling.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('the distance between repeated pulls', () => {
  it('is moved at random by its jitter', () => {
    const every = { every: 10 * MINUTE, jitter: 0.1, failures: 0 };
    expect(distanceOf(every, 0)).toBe(9 * MINUTE);
    expect(distanceOf(every, 0.5)).toBe(10 * MINUTE);
    expect(distanceOf(every, 1)).toBe(11 * MINUTE);
  });

  it('doubles with each failure in a row, up to a day, and is never shorter than asked for', () => {
    const at = (failures: number, every = MINUTE) => distanceOf({ every, jitter: 0, failures }, 0.5);
    expect([0, 1, 2, 3].map(failures => at(failures))).toEqual([MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]);
    expect(at(1000)).toBe(DAY);
    expect(at(5, 3 * DAY)).toBe(3 * DAY);
  });
});

describe('a repeated pull', () => {
  it('goes on after failures, remembers them, and ends when its schedule is gone', async () => {
    let schedule: { every: number; jitter: number; failures: number } | undefined = {
      every: 1000,
      jitter: 0,
      failures: 0,
    };
    const slept: number[] = [];
    const outcomes = [false, false, true];
    const ended: boolean[] = [];
    await repeat({
      clock: { ...systemClock, sleep: async ms => void slept.push(ms) },
      random: () => 0.5,
      signal: new AbortController().signal,
      schedule: () => schedule,
      due: () => {},
      pull: async () => outcomes[ended.length] ?? true,
      ended: ok => {
        ended.push(ok);
        const failures = ok ? 0 : (schedule?.failures ?? 0) + 1;
        schedule = ended.length === 3 ? undefined : { every: 1000, jitter: 0, failures };
      },
    });
    expect(slept).toEqual([1000, 2000, 4000]);
    expect(ended).toEqual([false, false, true]);
  });

  it('runs while the workbench serves, and not otherwise', async () => {
    const { platform, name, server } = await meet({ answer: request => correctPage(locations(2), request) });
    const { client, workbench } = platform;
    const [waiting] = await client.pulls.schedule({ name, module: 'locations', every: 1000, jitter: 0 });
    expect(waiting).toMatchObject({ link: name, module: 'locations', every: 1000, failures: 0, nextAt: null });
    await workbench.serving.start();
    const [due] = await client.pulls.schedules();
    expect(due?.nextAt).toBeGreaterThan(Date.now());
    while (server.requests.length < 1) await systemClock.sleep(20);
    await workbench.serving.stop();
    const asked = server.requests.length;
    await systemClock.sleep(1300);
    expect(server.requests).toHaveLength(asked);
    expect(await client.pulls.schedule({ name, module: 'locations', every: null })).toEqual([]);
  });
});
