import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapePointer } from '../../../core/ocpi/walk.ts';
import { differences, spoken } from './made.ts';

/** Names no rule speaks of, and some that rules do. */
const name = fc.oneof(fc.stringMatching(/^[a-z~/]{1,6}$/), fc.constantFrom('id', 'uid', 'name', 'status', '__proto__'));
const scalar = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.integer({ min: -1000, max: 1000 }),
  fc.boolean(),
  fc.constant(null),
  fc.constant('2026-05-04T09:00:00Z'),
);
const value = fc.letrec<{ any: unknown; list: unknown[]; object: Record<string, unknown> }>(tie => ({
  any: fc.oneof({ depthSize: 'small' }, scalar, tie('list'), tie('object')),
  list: fc.array(tie('any'), { maxLength: 4 }),
  object: fc.array(fc.tuple(name, tie('any')), { maxLength: 5 }).map(pairs => Object.fromEntries(pairs)),
}));

/** Every place of a value: where it stands, and a copy with something else there. */
interface Place {
  readonly pointer: string;
  readonly value: unknown;
  readonly replaced: (by: unknown) => unknown;
  readonly dropped?: () => unknown;
}

function placesIn(whole: unknown): Place[] {
  const places: Place[] = [];
  const walk = (here: unknown, pointer: string, put: (by: unknown) => unknown, drop?: () => unknown) => {
    places.push({ pointer, value: here, replaced: put, ...(drop && { dropped: drop }) });
    if (Array.isArray(here)) {
      here.forEach((element, at) => {
        walk(
          element,
          `${pointer}/${at}`,
          by => put(here.with(at, by)),
          () => put(here.toSpliced(at, 1)),
        );
      });
    } else if (typeof here === 'object' && here !== null) {
      const entries = Object.entries(here);
      entries.forEach(([key, inner], at) => {
        const other = (by: unknown) => put(Object.fromEntries(entries.with(at, [key, by])));
        walk(inner, `${pointer}/${escapePointer(key)}`, other, () => put(Object.fromEntries(entries.toSpliced(at, 1))));
      });
    }
  };
  walk(whole, '', by => by);
  return places;
}

const where = (found: ReturnType<typeof differences>) => found.map(one => one.where);
/** The place itself, or the list or object it stands in. */
const tells = (found: ReturnType<typeof differences>, pointer: string) =>
  where(found).some(place => `answer/data${pointer}`.startsWith(place) || place.startsWith(`answer/data${pointer}`));

/** What no rule takes for anything: the shapes of a table do not matter to an operation nobody knows. */
const answered = (data: unknown) =>
  spoken({ operation: 'unknown', answer: JSON.stringify({ data, status_code: 1000 }) });

describe('comparing', () => {
  it('a message with itself finds nothing', () => {
    fc.assert(
      fc.property(value.any, data => {
        expect(differences(answered(data), answered(data))).toEqual([]);
      }),
    );
  });

  it('finds a value of another type at its place', () => {
    fc.assert(
      fc.property(value.object, fc.nat(), (data, pick) => {
        const places = placesIn(data);
        const place = places[pick % places.length];
        if (place === undefined) return;
        const other = typeof place.value === 'string' ? 4711 : 'another';
        expect(tells(differences(answered(data), answered(place.replaced(other))), place.pointer)).toBe(true);
      }),
    );
  });

  it('finds another value of the same type at its place', () => {
    fc.assert(
      fc.property(value.object, fc.nat(), (data, pick) => {
        const scalars = placesIn(data).filter(place => ['string', 'number', 'boolean'].includes(typeof place.value));
        const place = scalars[pick % scalars.length];
        if (place === undefined) return;
        const { value: before } = place;
        const other = typeof before === 'string' ? `${before}!` : typeof before === 'number' ? before + 1 : !before;
        expect(tells(differences(answered(data), answered(place.replaced(other))), place.pointer)).toBe(true);
      }),
    );
  });

  it('finds what was left out', () => {
    fc.assert(
      fc.property(value.object, fc.nat(), (data, pick) => {
        const inner = placesIn(data).filter(place => place.dropped !== undefined);
        const place = inner[pick % inner.length];
        if (place?.dropped === undefined) return;
        const parent = place.pointer.slice(0, place.pointer.lastIndexOf('/'));
        expect(tells(differences(answered(data), answered(place.dropped())), parent)).toBe(true);
      }),
    );
  });

  it('finds another HTTP status, and another code', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), fc.integer({ min: 1000, max: 4999 }), (status, code) => {
        const answer = (ocpi: number) => JSON.stringify({ data: 1, status_code: ocpi });
        const recorded = spoken({ operation: 'unknown', answer: answer(1000) });
        expect(differences(recorded, spoken({ operation: 'unknown', answer: answer(1000), status })).length > 0).toBe(
          status !== 200,
        );
        const found = differences(recorded, spoken({ operation: 'unknown', answer: answer(code) }));
        expect(where(found).includes('answer/status_code')).toBe(code !== 1000);
      }),
    );
  });

  it('finds nothing in other moments, however far apart', () => {
    const moment = fc
      .date({ min: new Date('2001-01-01'), max: new Date('2026-05-04T09:00:00Z'), noInvalidDate: true })
      .map(date => `${date.toISOString().slice(0, 19)}Z`);
    fc.assert(
      fc.property(moment, moment, (then, now) => {
        const data = (at: string) => ({ last_updated: at, list: [{ from: at }], odd: { other_time: at } });
        expect(differences(answered(data(then)), answered(data(now)))).toEqual([]);
      }),
    );
  });
});
