import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import type { Notice } from '../../../core/contract/health.ts';
import { theirsOf } from '../../support/registered-partner.ts';
import { clock, DAY, HOUR, watched } from './watched.ts';

type Watched = Awaited<ReturnType<typeof watched>>;

interface ToldEvse {
  readonly uid: string;
  readonly status: string;
  /** Milliseconds before now; just now unless said. */
  readonly age?: number;
}

const at = (age: number) => new Date(clock.now() - age).toISOString();

/** The partner pushes a location with these EVSEs. */
async function pushes({ send }: Watched, id: string, evses: readonly ToldEvse[], name = `Location ${id}`) {
  const like = (theirsOf('2.2.1', 'Location')['evses'] as readonly object[])[0];
  const location = theirsOf('2.2.1', 'Location', {
    ...{ country_code: 'DE', party_id: 'PRT', id, name, last_updated: at(0) },
    evses: evses.map(({ uid, status, age = 0 }) => ({ ...like, uid, status, last_updated: at(age) })),
  });
  const answer = await send('PUT', `/ocpi/2.2.1/receiver/locations/DE/PRT/${id}`, location);
  expect(answer.body).toContain('"status_code":1000');
}

describe('an EVSE', () => {
  it('that goes out of order by a push is told without anybody asking, and its end too', async () => {
    const partner = await watched();
    const { client, name } = partner;
    await client.health.look({});
    await pushes(partner, 'L1', [{ uid: 'E1', status: 'AVAILABLE' }]);
    const arrives = async (fits: (open: readonly Notice[]) => boolean) => {
      const until = systemClock.elapsed() + 8000;
      for (;;) {
        const { notices } = await client.health.notices({ link: name, open: true });
        if (fits(notices)) return notices;
        if (systemClock.elapsed() > until) throw new Error(`it is still ${JSON.stringify(notices)}`);
        await systemClock.sleep(20);
      }
    };
    const heard: boolean[] = [];
    const stopped = new AbortController();
    const listening = (async () => {
      for await (const { health, refetch } of await client.events.watch(undefined, { signal: stopped.signal }))
        if (!refetch) heard.push(health);
    })().catch(() => {});
    await pushes(partner, 'L1', [{ uid: 'E1', status: 'OUTOFORDER' }]);
    const notices = await arrives(open => open.length === 1);
    expect(notices).toMatchObject([
      {
        ...{ kind: 'evse-out-of-order', severity: 'error', link: name, party: 'DE-PRT', location: 'L1', evse: 'E1' },
        subject: 'DE-PRT L1 E1',
        sentence: expect.stringMatching(/^EVSE E1 at L1 \(Location L1\) has said OUTOFORDER since \S+Z\.$/),
        acknowledged: false,
        until: null,
      },
    ]);
    await pushes(partner, 'L1', [{ uid: 'E1', status: 'CHARGING' }]);
    await arrives(open => open.length === 0);
    await expect.poll(() => heard.filter(Boolean).length).toBeGreaterThanOrEqual(2);
    stopped.abort();
    await listening;
  });

  it('is told as inoperative after the minutes that are asked for, or never', async () => {
    const partner = await watched();
    const { client, name, kinds, sentences } = partner;
    await pushes(partner, 'L1', [{ uid: 'E1', status: 'INOPERATIVE', age: HOUR }]);
    expect(await kinds()).toEqual([]);
    await client.health.setThresholds({ link: name, thresholds: { inoperativeMinutes: 90 } });
    expect(await kinds()).toEqual([]);
    clock.pass(31 * 60_000);
    expect(await kinds()).toEqual(['evse-inoperative']);
    expect((await sentences('evse-inoperative'))[0]).toMatch(/INOPERATIVE since \S+Z, for more than 90 minutes\.$/);
    await client.health.setThresholds({ link: name, thresholds: { inoperativeMinutes: null } });
    expect(await kinds()).toEqual([]);
  });

  it('that says the same for weeks is stuck, unless it is free, planned or removed; free again it is not', async () => {
    const partner = await watched();
    const { client, name, kinds, sentences } = partner;
    const statuses = ['AVAILABLE', 'PLANNED', 'REMOVED', 'CHARGING', 'BLOCKED', 'RESERVED', 'UNKNOWN'];
    await pushes(
      partner,
      'L1',
      statuses.map(status => ({ uid: status, status, age: 15 * DAY })),
    );
    expect(await kinds()).toEqual(['evse-stuck', 'evse-stuck', 'evse-stuck', 'evse-stuck']);
    expect((await sentences('evse-stuck')).every(sentence => sentence.endsWith(', for more than 14 days.'))).toBe(true);
    const { rows } = await client.health.locations({ link: name, only: 'stuck' });
    expect(rows).toMatchObject([{ id: 'L1', stuck: 4, evses: 6, notices: 4 }]);
    await pushes(partner, 'L1', [{ uid: 'CHARGING', status: 'AVAILABLE' }]);
    expect(await kinds()).toEqual([]);
  });

  it('of a location that could hardly be used is told by the location, until it could be used enough', async () => {
    const partner = await watched();
    const { client, name, kinds, sentences } = partner;
    await client.health.setThresholds({ link: name, thresholds: { availability: 0.5, outOfOrderMinutes: null } });
    await pushes(partner, 'L1', [
      { uid: 'E1', status: 'OUTOFORDER', age: 2 * DAY },
      { uid: 'E2', status: 'AVAILABLE', age: 2 * DAY },
    ]);
    expect(await kinds()).toEqual([]);
    await pushes(partner, 'L1', [
      { uid: 'E1', status: 'OUTOFORDER', age: 2 * DAY },
      { uid: 'E2', status: 'BLOCKED', age: 6 * HOUR },
    ]);
    expect(await kinds()).toEqual(['availability-low']);
    expect(await sentences('availability-low')).toEqual([
      '2 EVSEs at L1 (Location L1) could be used in 37.5 % of the last 24 hours, with 50 % as the limit.',
    ]);
    await pushes(partner, 'L1', [
      { uid: 'E1', status: 'AVAILABLE' },
      { uid: 'E2', status: 'AVAILABLE' },
    ]);
    // A little over the limit is not well again yet.
    clock.pass(8 * HOUR);
    expect(await kinds()).toEqual(['availability-low']);
    clock.pass(4 * HOUR);
    expect(await kinds()).toEqual([]);
  });
});

describe('locations', () => {
  it('are listed worst first, searched, narrowed and paged, with what they could be used', async () => {
    const partner = await watched();
    const { client, name } = partner;
    await pushes(partner, 'A', [{ uid: '1', status: 'AVAILABLE', age: 2 * DAY }], 'Fine place');
    await pushes(partner, 'B', [
      { uid: '1', status: 'OUTOFORDER', age: 12 * HOUR },
      { uid: '2', status: 'OUTOFORDER', age: 2 * DAY },
    ]);
    await pushes(partner, 'C', [{ uid: '1', status: 'INOPERATIVE', age: 2 * DAY }]);
    await client.health.look({});
    const all = await client.health.locations({ link: name });
    expect(all).toMatchObject({ count: 3, behind: 0 });
    expect(all.rows.map(({ id, outOfOrder, inoperative, notices }) => [id, outOfOrder, inoperative, notices])).toEqual([
      ['B', 2, 0, 2],
      ['C', 0, 1, 0],
      ['A', 0, 0, 0],
    ]);
    expect(all.rows.map(({ availability }) => availability)).toEqual([expect.closeTo(0, 2), 0, 1]);
    const ids = async (input: object) =>
      (await client.health.locations({ link: name, ...input })).rows.map(({ id }) => id);
    expect(await ids({ order: 'name' })).toEqual(['A', 'B', 'C']);
    expect(await ids({ order: 'availability', offset: 1, limit: 2 })).toEqual(['C', 'A']);
    expect(await ids({ search: 'FINE' })).toEqual(['A']);
    expect(await ids({ only: 'out-of-order' })).toEqual(['B']);
    expect(await ids({ only: 'inoperative' })).toEqual(['C']);
    expect(await ids({ only: 'notices' })).toEqual(['B']);
    const { links } = await client.health.links({ link: name });
    expect(links[0]).toMatchObject({
      ...{ locations: 3, evses: 4, statuses: { AVAILABLE: 1, OUTOFORDER: 2, INOPERATIVE: 1 } },
    });
  });

  it('tell each EVSE over time, from when it says itself that it began', async () => {
    const partner = await watched();
    const { client, name } = partner;
    const begun = clock.now();
    await pushes(partner, 'L1', [{ uid: 'E1', status: 'AVAILABLE', age: 10 * HOUR }]);
    clock.pass(2 * HOUR);
    await pushes(partner, 'L1', [{ uid: 'E1', status: 'OUTOFORDER', age: HOUR }]);
    clock.pass(HOUR);
    const told = await client.health.location({ link: name, id: 'l1', hours: 16 });
    const [timeline] = told.timelines;
    expect(told).toMatchObject({ id: 'L1', party: 'DE-PRT', link: name, evses: 1, outOfOrder: 1 });
    expect(timeline).toMatchObject({ evse: 'E1', status: 'OUTOFORDER', stuck: false });
    expect(timeline?.spans.map(({ status }) => status)).toEqual([null, 'AVAILABLE', 'OUTOFORDER']);
    const hours = timeline?.spans.map(({ from, to }) => Math.round((Date.parse(to) - Date.parse(from)) / HOUR));
    expect(hours).toEqual([3, 11, 2]);
    expect(timeline?.availability).toBeCloseTo(11 / 13, 2);
    expect(told.availability).toBeCloseTo(11 / 13, 2);
    expect(Date.parse(timeline?.since ?? '')).toBeGreaterThan(begun);
  });

  it('that there are not are refused by their names', async () => {
    const { client, name } = await watched();
    await expect(client.health.location({ link: name, id: 'nowhere' })).rejects.toThrow(
      `${name} has no location "nowhere"`,
    );
    await expect(client.health.location({ link: name, party: 'NL-XXX', id: 'L1' })).rejects.toThrow(
      `NL-XXX at ${name} has no location "L1"`,
    );
  });
});
