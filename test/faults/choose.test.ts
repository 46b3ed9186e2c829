import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FaultOccasion, FaultScope } from '../../core/contract/fault.ts';
import { choose, indexRules, notItsTurn } from '../../core/faults/choose.ts';
import type { Facts, FaultKind } from '../../core/faults/kind.ts';
import type { Rule } from '../../core/faults/rule.ts';
import type { Sort } from '../../core/faults/scope.ts';
import { factsOf, ruleOf, STAMPING } from './made.ts';

const VOLTA = { name: 'volta', isProduction: false };

function sortOf(facts: Facts, link?: Sort['link']): Sort {
  const { direction, operation, entry, version } = facts;
  return { direction, operation, entry, version, link };
}

interface Where {
  /** Null: nobody knows it. */
  readonly link?: Sort['link'] | null;
  readonly party?: string;
}

/** How each rule takes part, by its name. */
function chosen(rules: readonly Rule[], facts: Facts, { link = VOLTA, party }: Where = {}) {
  const candidates = indexRules(rules).candidates('one', () => sortOf(facts, link ?? undefined));
  return choose(candidates, { facts, party }).map(({ rule, how }) => `${rule.name}: ${how}`);
}

function meets(scope: FaultScope, facts: Facts = factsOf(), more: Where = {}): boolean {
  return chosen([ruleOf({ scope })], facts, more).length === 1;
}

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

describe('the scope of a rule', () => {
  it('is every exchange where it says nothing, except versions and credentials', () => {
    expect(meets({})).toBe(true);
    for (const operation of ['versions.list', 'versions.details', 'credentials.post']) {
      expect(meets({}, factsOf(operation))).toBe(false);
      expect(chosen([ruleOf({ reachesRegistration: true })], factsOf(operation))).toHaveLength(1);
    }
  });

  it('looks at direction, link, version, module, side and operation, names without regard to case', () => {
    const cases: readonly [FaultScope, boolean][] = [
      [{ direction: 'answer' }, true],
      [{ direction: 'send' }, false],
      [{ link: 'VOLTA' }, true],
      [{ link: 'other' }, false],
      [{ version: '2.2.1' }, true],
      [{ version: '2.1.1' }, false],
      [{ module: 'Locations' }, true],
      [{ module: 'tokens' }, false],
      [{ side: 'SENDER' }, true],
      [{ side: 'RECEIVER' }, false],
      [{ operation: 'locations.list' }, true],
      [{ operation: 'locations.get' }, false],
      [
        { direction: 'answer', link: 'volta', version: '2.2.1', module: 'locations', operation: 'locations.list' },
        true,
      ],
      [
        { direction: 'answer', link: 'volta', version: '2.2.1', module: 'locations', operation: 'locations.get' },
        false,
      ],
    ];
    expect(cases.map(([scope]) => [scope, meets(scope)])).toEqual(cases);
    expect(meets({ link: 'volta' }, factsOf(), { link: null })).toBe(false);
  });

  it('looks at the other party however it is written', () => {
    expect(meets({ party: 'se-vlt' }, factsOf(), { party: 'SE-VLT' })).toBe(true);
    expect(meets({ party: 'SEVLT' }, factsOf(), { party: 'SE-VLT' })).toBe(true);
    expect(meets({ party: 'SE-VLT' }, factsOf(), { party: 'SE-OTH' })).toBe(false);
    expect(meets({ party: 'SE-VLT' })).toBe(false);
  });

  it('begins and ends with its time window', () => {
    const window = { from: '2026-01-15T12:00:00Z', until: '2026-01-15T14:00:00+01:00' };
    const at = (text: string) => meets(window, factsOf('locations.list', { now: Date.parse(text) }));
    expect(['11:59:59.999Z', '12:00:00Z', '12:59:59Z', '13:00:00Z'].map(time => at(`2026-01-15T${time}`))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('finds an object in the path and in the body, at any depth, without regard to case', () => {
    const put = factsOf('locations.put', { params: { country_code: 'NL', party_id: 'WBX', location_id: 'Loc-7' } });
    expect(meets({ object: 'LOC-7' }, put)).toBe(true);
    expect(meets({ object: 'LOC-8' }, put)).toBe(false);
    // Whose it is, is no object.
    expect(meets({ object: 'NL' }, put)).toBe(false);
    const held = (body: unknown) => {
      const request = { ...put.request, body: typeof body === 'string' ? new TextEncoder().encode(body) : json(body) };
      return meets({ object: 'é-9' }, { ...put, params: {}, direction: 'send', request });
    };
    expect(held({ evses: [{ uid: 'É-9' }] })).toBe(true);
    expect(held({ location_id: 'é-9' })).toBe(true);
    expect(held({ name: 'é-9', party_id: 'é-9', ids: ['é-9'] })).toBe(false);
    expect(held('{"id":"é-9"')).toBe(false);
    expect(held('')).toBe(false);
  });

  it('leaves it open where the object may still stand in the answer', () => {
    expect(chosen([ruleOf({ name: 'a', scope: { object: 'LOC1' } })], factsOf())).toEqual(['a: later']);
  });

  it('leaves production links alone unless somebody said yes to it', () => {
    const link = { name: 'live', isProduction: true };
    expect(meets({}, factsOf(), { link })).toBe(false);
    expect(meets({ link: 'live' }, factsOf(), { link })).toBe(false);
    expect(chosen([ruleOf({ reachesProduction: true })], factsOf(), { link })).toHaveLength(1);
  });

  it('is empty where the kind has nothing to do; one that waits for something hears of it all the same', () => {
    const kind: FaultKind = { ...STAMPING, directions: ['answer'], fits: ({ method }) => method === 'PATCH' };
    expect(chosen([ruleOf({ kind })], factsOf('locations.put'))).toEqual([]);
    expect(chosen([ruleOf({ kind })], factsOf('locations.patch'))).toHaveLength(1);
    const listening = ruleOf({ name: 'l', kind: { ...kind, observe: () => {} } });
    expect(chosen([listening], factsOf('locations.put'))).toEqual(['l: listens']);
    expect(chosen([listening], factsOf('locations.patch', { direction: 'send' }))).toEqual(['l: listens']);
    expect(chosen([{ ...listening, armed: false }], factsOf('locations.patch'))).toEqual([]);
  });

  it('keeps the order of the rules, and sorts them out once for each kind of exchange', () => {
    const rules = [ruleOf({ name: 'b' }), ruleOf({ name: 'x', scope: { module: 'tokens' } }), ruleOf({ name: 'a' })];
    const index = indexRules(rules);
    let sorted = 0;
    const look = () =>
      index.candidates('key', () => {
        sorted++;
        return sortOf(factsOf(), VOLTA);
      });
    expect(look().map(({ rule }) => rule.name)).toEqual(['b', 'a']);
    expect(look()).toBe(look());
    expect(sorted).toBe(1);
  });
});

describe('whose turn it is', () => {
  const fires = (when: FaultOccasion, hits: number): number[] => {
    let fired = 0;
    return Array.from({ length: hits }, (_, at) => at + 1).filter(hit => {
      const due = notItsTurn({ rule: { when, seed: 's', name: 'r' }, link: 'volta', hit, fired }) === undefined;
      if (due) fired++;
      return due;
    });
  };

  it('is said by number, every how manieth, after how many, and how often; all that is said holds', () => {
    expect(fires({}, 3)).toEqual([1, 2, 3]);
    expect(fires({ nth: 2 }, 5)).toEqual([2]);
    expect(fires({ everyNth: 3 }, 7)).toEqual([3, 6]);
    expect(fires({ after: 2 }, 4)).toEqual([3, 4]);
    expect(fires({ times: 2 }, 4)).toEqual([1, 2]);
    expect(fires({ everyNth: 2, after: 3, times: 2 }, 12)).toEqual([4, 6]);
    expect(fires({ nth: 3, everyNth: 2 }, 12)).toEqual([]);
  });

  it('is drawn about as often as the chance says, the same way each time', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 0.95, noNaN: true }), probability => {
        const drawn = fires({ probability }, 2_000);
        expect(drawn).toEqual(fires({ probability }, 2_000));
        expect(Math.abs(drawn.length / 2_000 - probability)).toBeLessThan(0.06);
      }),
      { numRuns: 20 },
    );
    expect(fires({ probability: 1 }, 50)).toHaveLength(50);
  });

  it('says why not', () => {
    const why = (when: FaultOccasion) =>
      notItsTurn({ rule: { when, seed: 's', name: 'r' }, link: '', hit: 1, fired: 1 });
    expect(why({ nth: 2 })).toBe('it fires at number 2, and this is number 1');
    expect(why({ times: 1 })).toBe('it has fired 1 time, and that was all');
    expect(why({ after: 1 })).toContain('leaves the first 1 alone');
  });
});
