import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { statusDeriver } from '../../../core/history/facts/evse-statuses.ts';
import type { FollowedObject, ObjectDeriver } from '../../../core/history/facts/following.ts';
import { createPlaceRows } from '../../../core/history/facts/place-rows.ts';
import { createStatusReading, type StatusReading } from '../../../core/history/facts/status-reading.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-11-23T12:00:00Z');
const LINK = 7;

let facts: Database.Database;
let deriver: ObjectDeriver;
let reading: StatusReading;

beforeEach(() => {
  facts = new Database(':memory:');
  facts.exec(statusDeriver.tables);
  deriver = statusDeriver.open(facts);
  reading = createStatusReading(facts);
});

interface Told {
  readonly objectId?: number;
  readonly revision?: number;
  readonly seen?: number;
  readonly isNewest?: boolean;
  readonly isVanished?: boolean;
  readonly linkId?: number | null;
  /** uid, status, and when it says that began; not said: undefined. */
  readonly evses: readonly (readonly [uid: unknown, status: unknown, updated?: number])[];
}

function take({ objectId = 1, revision = 1, seen = NOW, isNewest = true, isVanished = false, ...told }: Told) {
  const evses = told.evses.map(([uid, status, updated]) => ({
    ...{ uid, status },
    ...(updated === undefined ? {} : { last_updated: new Date(updated).toISOString() }),
  }));
  const object = { id: `L${objectId}`, name: 'Here', evses } as FollowedObject['object'];
  deriver.take({
    ...{
      objectId,
      revision,
      isNewest,
      isVanished,
      object,
      text: JSON.stringify(object),
      module: 'locations',
      list: '',
    },
    ...{ linkId: told.linkId === undefined ? LINK : told.linkId, party: 'NL-TNM', id: `L${objectId}` },
    ...{ version: '2.2.1', changedAt: seen, lastUpdated: undefined },
  });
}

const spans = (objectId = 1) =>
  reading
    .evsesOf(objectId)
    .map(({ uid, id }) => [uid, reading.beginsOf(id, 0).map(({ began, status }) => [status, began - NOW])]);
const now = () => reading.now([LINK])[0];
const NONE = { outOfOrderSince: null, inoperativeSince: null, stuckSince: null, availabilityBelow: null };

describe('statuses of EVSEs', () => {
  it('begin when the EVSE says so, unless that is to come, or lies before what it ends: then when we saw it', () => {
    take({
      seen: NOW - 10 * HOUR,
      evses: [
        ['said', 'AVAILABLE', NOW - DAY],
        ['future', 'AVAILABLE', NOW + DAY],
        ['unsaid', 'AVAILABLE'],
      ],
    });
    take({
      revision: 2,
      evses: [
        ['said', 'CHARGING', NOW - HOUR],
        ['future', 'CHARGING', NOW + DAY],
        ['unsaid', 'CHARGING', NOW - 2 * DAY],
      ],
    });
    expect(spans()).toEqual([
      [
        'future',
        [
          ['AVAILABLE', -10 * HOUR],
          ['CHARGING', 0],
        ],
      ],
      [
        'said',
        [
          ['AVAILABLE', -DAY],
          ['CHARGING', -HOUR],
        ],
      ],
      [
        'unsaid',
        [
          ['AVAILABLE', -10 * HOUR],
          ['CHARGING', 0],
        ],
      ],
    ]);
  });

  it('go on while another text says the same, and are read out of earlier texts as well', () => {
    take({ revision: 1, isNewest: false, seen: NOW - 3 * HOUR, evses: [['E', 'AVAILABLE']] });
    take({ revision: 2, isNewest: false, seen: NOW - 2 * HOUR, evses: [['e', 'available', NOW - 2 * HOUR]] });
    take({ revision: 3, seen: NOW - HOUR, evses: [['E', 'BLOCKED']] });
    expect(spans()).toEqual([
      [
        'E',
        [
          ['AVAILABLE', -3 * HOUR],
          ['BLOCKED', -HOUR],
        ],
      ],
    ]);
  });

  it('are the same where a change is handed over once more', () => {
    const told = { revision: 2, evses: [['E', 'BLOCKED', NOW - HOUR]] } as const;
    take({ seen: NOW - DAY, evses: [['E', 'AVAILABLE']] });
    take(told);
    const before = spans();
    take(told);
    take({ seen: NOW - DAY, isNewest: false, evses: [['E', 'AVAILABLE']] });
    expect(spans()).toEqual(before);
  });

  it('end as removed where an EVSE is in its location no more, and it may come back', () => {
    take({
      seen: NOW - DAY,
      evses: [
        ['E', 'AVAILABLE'],
        ['F', 'AVAILABLE'],
      ],
    });
    take({ revision: 2, seen: NOW - HOUR, evses: [['F', 'AVAILABLE']] });
    expect(now()).toMatchObject({ locations: 1, evses: 1, statuses: { AVAILABLE: 1 } });
    take({
      revision: 3,
      evses: [
        ['E', 'CHARGING'],
        ['F', 'AVAILABLE'],
      ],
    });
    expect(spans()[0]).toEqual([
      'E',
      [
        ['AVAILABLE', -DAY],
        ['REMOVED', -HOUR],
        ['CHARGING', 0],
      ],
    ]);
  });

  it('of what is no status are unknown; what has no uid is passed over, of two the same the last counts', () => {
    take({
      evses: [
        ['E', 7],
        [3, 'AVAILABLE'],
        ['', 'AVAILABLE'],
        ['F', 'AVAILABLE'],
        ['f', 'BLOCKED'],
      ],
    });
    expect(now()?.statuses).toEqual({ UNKNOWN: 1, BLOCKED: 1 });
  });

  it('of locations that vanished count for nothing until they are there again; our own are nobody’s', () => {
    take({ evses: [['E', 'OUTOFORDER', NOW - HOUR]] });
    take({ objectId: -4, linkId: null, evses: [['E', 'OUTOFORDER']] });
    const over = () => reading.over({ ...NONE, linkId: LINK, outOfOrderSince: NOW }, NOW).evses;
    expect(over()).toEqual([
      { party: 'NL-TNM', location: 'L1', name: 'Here', evse: 'E', status: 'OUTOFORDER', since: NOW - HOUR },
    ]);
    take({ isVanished: true, evses: [['E', 'OUTOFORDER', NOW - HOUR]] });
    expect([over(), now()]).toEqual([[], { linkId: LINK, locations: 0, evses: 0, statuses: {} }]);
    take({ evses: [['E', 'OUTOFORDER', NOW - HOUR]] });
    expect(over()).toHaveLength(1);
  });

  it('are dropped with their locations, some at a time', () => {
    for (const objectId of [1, 2, 3])
      take({
        objectId,
        evses: [
          ['E', 'AVAILABLE'],
          ['F', 'BLOCKED'],
        ],
      });
    let dropped = 0;
    for (let some = deriver.gone({ from: 1, before: 3 }, 3); some > 0; some = deriver.gone({ from: 1, before: 3 }, 3))
      dropped += some;
    expect(dropped).toBe(10);
    const left = ['status_place', 'status_evse', 'status_span'].map(table =>
      facts.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
    );
    expect(left).toEqual([1, 2, 2]);
    expect(
      createPlaceRows(facts)
        .all([LINK], null)
        .map(({ location }) => location),
    ).toEqual(['L3']);
  });

  it('over a limit are told by link, and locations that could hardly be used', () => {
    take({
      evses: [
        ['E', 'OUTOFORDER', NOW - 18 * HOUR],
        ['F', 'CHARGING', NOW - 20 * DAY],
      ],
    });
    take({ objectId: 2, linkId: 8, evses: [['E', 'OUTOFORDER', NOW - DAY]] });
    const told = reading.over(
      {
        linkId: LINK,
        outOfOrderSince: NOW - 19 * HOUR,
        inoperativeSince: NOW,
        stuckSince: NOW - DAY,
        availabilityBelow: 0.9,
      },
      NOW,
    );
    expect(told.evses.map(({ evse }) => evse)).toEqual(['F']);
    expect(told.locations).toEqual([
      { party: 'NL-TNM', location: 'L1', name: 'Here', evses: 2, availability: expect.closeTo(24 / 42, 5) },
    ]);
  });
});
