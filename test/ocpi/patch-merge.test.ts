import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutMembers, joinMembers } from '../../core/ocpi/json-cut.ts';
import { findPart, withPart } from '../../core/ocpi/object-part.ts';
import { mergePatch } from '../../core/ocpi/patch-merge.ts';
import { Location } from '../../core/ocpi/v2_2_1/locations.ts';
import { Session } from '../../core/ocpi/v2_2_1/sessions.ts';

type Json = Record<string, unknown>;
type Evse = { uid: string } & Json;

/** Blanks wherever JSON allows them: no writer is a model for the others. */
const spaced = (json: unknown) => JSON.stringify(json, null, 3);
const merged = (object: Json, patch: Json) =>
  JSON.parse(mergePatch(spaced(object), spaced(patch), { schema: Location })) as Json;

const REQUIRED = ['address', 'city', 'coordinates'];
const OPTIONAL = ['name', 'directions', 'operator', 'an extra field', 'with "quotes" \\ and \u00e9'];
/** As JSON carries it: there is no -0. */
const value = fc
  .json({ maxDepth: 2 })
  .map((text): unknown => JSON.parse(text))
  .filter(one => one !== null);
const evse = fc.record(
  { uid: fc.constantFrom('E1', 'E2', 'E3'), status: fc.string(), physical_reference: fc.string() },
  { requiredKeys: ['uid'] },
);
const evses = fc.uniqueArray(evse, { selector: ({ uid }) => uid });
const fields = (ofField: fc.Arbitrary<unknown>) =>
  fc.record(Object.fromEntries([...REQUIRED, ...OPTIONAL].map(name => [name, ofField])), { requiredKeys: [] });
const part = (ofField: fc.Arbitrary<unknown>) =>
  fc
    .tuple(fields(ofField), fc.option(evses))
    .map(([plain, list]): Json => ({ ...plain, ...(list && { evses: list }) }));

/** What section 1.7 and T17 say, over values. */
function expected(object: Json, patch: Json): Json {
  const result = new Map(Object.entries(object));
  for (const [name, changed] of Object.entries(patch)) {
    if (changed === null && REQUIRED.includes(name)) continue;
    if (changed === null) result.delete(name);
    else if (name !== 'evses') result.set(name, changed);
    else {
      const list = [...((result.get('evses') as Evse[] | undefined) ?? [])];
      for (const one of changed as Evse[]) {
        const at = list.findIndex(({ uid }) => uid === one.uid);
        if (at < 0) list.push(one);
        else list[at] = { ...list[at], ...one };
      }
      result.set(name, list);
    }
  }
  return Object.fromEntries(result);
}

describe('a PATCH', () => {
  it('any sequence of them leaves the object the digest says', () => {
    fc.assert(
      fc.property(part(value), fc.array(part(fc.option(value))), (object, patches) => {
        expect(patches.reduce(merged, object)).toEqual(patches.reduce(expected, object));
      }),
    );
  });

  it('that is empty changes nothing, and the same one twice is the same as once', () => {
    fc.assert(
      fc.property(part(value), part(fc.option(value)), (object, patch) => {
        expect(merged(object, {})).toEqual(object);
        const once = merged(object, patch);
        expect(merged(once, patch)).toEqual(once);
      }),
    );
  });

  it('keeps numbers as they were written, in what it changes and in what it leaves', () => {
    const text = mergePatch('{"kwh":1.00,"total_cost":{"excl_vat":0.10000000000000000001}}', '{"kwh": 2.50 }', {
      schema: Session,
    });
    expect(text).toBe('{"kwh":2.50,"total_cost":{"excl_vat":0.10000000000000000001}}');
  });

  it('leaves ids as their owner spells them', () => {
    expect(merged({ id: 'Loc1', party_id: 'ABC' }, { id: 'LOC1', party_id: 'abc', name: 'N' })).toEqual({
      id: 'Loc1',
      party_id: 'ABC',
      name: 'N',
    });
  });

  it('merges nested children, and replaces a list of which one has no id', () => {
    const before = { evses: [{ uid: 'E1', connectors: [{ id: '1', a: 1 }, { id: '2' }] }] };
    const changed = { evses: [{ uid: 'e1', connectors: [{ id: '1', b: 2 }] }] };
    expect(merged(before, changed)).toEqual({
      evses: [{ uid: 'E1', connectors: [{ id: '1', a: 1, b: 2 }, { id: '2' }] }],
    });
    expect(merged(before, { evses: [{ uid: 'E9' }, {}] })).toEqual({ evses: [{ uid: 'E9' }, {}] });
  });

  it.each([[[]], [null]])('appends nothing where charging_periods are %j', charging_periods => {
    const text = '{"charging_periods":[1]}';
    const rules = { schema: Session, appended: ['charging_periods'] };
    expect(mergePatch(text, JSON.stringify({ charging_periods }), rules)).toBe(text);
  });
});

describe('a part of an object', () => {
  const steps = (...ids: readonly string[]) =>
    ids.map((id, depth) =>
      depth === 0 ? { list: 'evses', member: 'uid', id } : { list: 'connectors', member: 'id', id },
    );

  it('that was put is found again, whatever stood there', () => {
    fc.assert(
      fc.property(part(value), evse, (object, one) => {
        const text = withPart(spaced(object), { steps: steps(one.uid), part: spaced(one) });
        expect(findPart(text, steps(one.uid))).toEqual({ text: spaced(one) });
        const others = ((object['evses'] ?? []) as Evse[]).filter(({ uid }) => uid !== one.uid);
        expect((JSON.parse(text) as { evses: Evse[] }).evses.filter(({ uid }) => uid !== one.uid)).toEqual(others);
      }),
    );
  });

  it('is missing where no step leads to it, whatever stands there instead', () => {
    for (const evses of [undefined, null, 'none', [1, null, 'E1'], [{ uid: null }]]) {
      expect(findPart(JSON.stringify({ evses }), steps('E1', '1'))).toEqual({ missing: steps('E1')[0] });
    }
    expect(findPart('{"evses":[{"uid":"E1"}]}', steps('E1', '1'))).toEqual({ missing: steps('E1', '1')[1] });
  });
});

describe('the members of an object', () => {
  it('are those that JSON.parse reads, and make the object again', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), object => {
        const text = spaced(object);
        const read = JSON.parse(text) as Json;
        const members = cutMembers(text);
        expect(Array.from(members, ([name, member]) => [name, JSON.parse(member)])).toEqual(Object.entries(read));
        expect(JSON.parse(joinMembers(members))).toEqual(read);
      }),
    );
  });

  it('counts the last one of a name that occurs twice', () => {
    expect([...cutMembers('{"a":1,"b":2,"a":3}')]).toEqual([
      ['a', '3'],
      ['b', '2'],
    ]);
  });
});
