import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../core/ocpi/checked-document.ts';
import { findType } from '../../core/ocpi/types.ts';
import type { Sandbox } from '../../core/sandbox/sandbox.ts';
import { must } from '../support/platform.ts';
import { asGuest, NOW, openTestSandbox } from './guest.ts';

const LIST = '/ocpi/2.2.1/sender/locations';
/** A clock that stands still, so that every moment below is known. */
const standing = (now: { at: number }) => ({
  now: () => now.at,
  elapsed: () => performance.now(),
  sleep: (ms: number) => new Promise<void>(resolve => void setTimeout(resolve, ms)),
  deadline: (ms: number, late: () => void) => {
    const timer = setTimeout(late, ms);
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
});

function placeOf({ world }: Sandbox, index: number) {
  const { id, evses } = world.location(index, '2.2.1');
  return { location: id, evse: evses?.[0]?.uid ?? '' };
}

describe('a change in the sandbox', () => {
  it('is shown with newer moments at the EVSE and at its location, which goes to the end of the list', async () => {
    const now = { at: NOW + 3_600_000 };
    const sandbox = await openTestSandbox({ locations: 40, clock: standing(now) });
    const guest = asGuest(sandbox);
    const place = placeOf(sandbox, 7);
    const moment = '2026-06-01T13:00:00Z';
    expect(must(sandbox.setStatus({ ...place, status: 'OUTOFORDER' }))).toEqual({ lastUpdated: moment });
    for (const version of ['2.1.1', '2.2.1', '2.3.0'] as const) {
      const { items } = await guest.all(`/ocpi/${version}/sender/locations?limit=13`);
      expect(items).toHaveLength(40);
      expect(new Set(items.map(({ id }) => id)).size).toBe(40);
      const made = sandbox.world.location(7, version);
      expect(items.at(-1)).toEqual({
        ...made,
        last_updated: moment,
        evses: made.evses?.map((evse, at) =>
          at === 0 ? { ...evse, status: 'OUTOFORDER', last_updated: moment } : evse,
        ),
      });
    }
  });

  it('is found by date filters at their exact edges, and nothing else is', async () => {
    const now = { at: NOW + 3_600_000 };
    const sandbox = await openTestSandbox({ locations: 40, clock: standing(now) });
    const guest = asGuest(sandbox);
    must(sandbox.touch({ module: 'locations', id: placeOf(sandbox, 2).location }));
    now.at += 60_000;
    must(sandbox.touch({ module: 'locations', id: placeOf(sandbox, 39).location }));
    const found = async (query: string) => (await guest.all(`${LIST}?${query}`)).items.map(({ id }) => id);
    const [two, last] = [placeOf(sandbox, 2).location, placeOf(sandbox, 39).location];
    expect(await found('date_from=2026-06-01T13:00:00Z')).toEqual([two, last]);
    expect(await found('date_from=2026-06-01T13:00:01Z')).toEqual([last]);
    expect(await found('date_from=2026-06-01T13:00:00Z&date_to=2026-06-01T13:01:00Z')).toEqual([two]);
    expect(await found('date_from=2026-06-01T13:01:01Z')).toEqual([]);
    // Both left the places where they had been.
    expect(await found('date_to=2026-06-01T13:00:00Z')).toHaveLength(38);
  });

  it('moves last_updated each time, several times a second as well', async () => {
    const sandbox = await openTestSandbox({ locations: 10, clock: standing({ at: NOW + 500 }) });
    const { location, evse } = placeOf(sandbox, 0);
    const moments = ['BLOCKED', 'AVAILABLE', 'RESERVED'].map(
      status => must(sandbox.setStatus({ location, evse, status: status as 'BLOCKED' })).lastUpdated,
    );
    expect(moments).toEqual(moments.toSorted());
    expect(new Set(moments).size).toBe(3);
    const body = JSON.parse((await asGuest(sandbox).get(`${LIST}/${location}/${evse}`)).body) as { data: object };
    expect(body.data).toMatchObject({ uid: evse, status: 'RESERVED', last_updated: moments[2] });
  });

  it('takes ids in any case, and says what is not there', async () => {
    const sandbox = await openTestSandbox({ locations: 10 });
    const { location, evse } = placeOf(sandbox, 4);
    must(sandbox.setStatus({ location: location.toLowerCase(), evse: evse.toLowerCase(), status: 'BLOCKED' }));
    const { items } = await asGuest(sandbox).all(LIST);
    expect(items.at(-1)?.evses?.[0]).toMatchObject({ uid: evse, status: 'BLOCKED' });
    expect(sandbox.touch({ module: 'locations', id: 'LOC-NOWHERE' })).toMatchObject({ failure: { code: 'NOT_FOUND' } });
    expect(sandbox.setStatus({ location, evse: 'NO-SUCH', status: 'BLOCKED' })).toMatchObject({
      failure: { code: 'NOT_FOUND', advice: expect.stringContaining(evse) },
    });
  });

  it('leaves every object valid', async () => {
    const sandbox = await openTestSandbox({ locations: 30 });
    for (let index = 0; index < 30; index++) must(sandbox.setStatus({ ...placeOf(sandbox, index), status: 'REMOVED' }));
    for (const version of ['2.1.1', '2.2.1', '2.3.0'] as const) {
      const type = findType(version, 'Location');
      if (type === undefined) throw new Error('every version has locations');
      const { body } = await asGuest(sandbox).get(`/ocpi/${version}/sender/locations`);
      expect(checkDocument(Buffer.from(body), { type })).toEqual({ objects: 30, findings: [] });
    }
  });
});
