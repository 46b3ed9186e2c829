import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RedactionGroup } from '../../../core/contract/session-log.ts';
import { bodyDifferences, bodyFit, bodyMeaning } from '../../../core/session-log/reproduce/body-meaning.ts';
import type { KnownRequest } from '../../../core/session-log/reproduce/known-request.ts';
import { createMatching } from '../../../core/session-log/reproduce/matching.ts';
import type { TokenSeen } from '../../../core/session-log/reproduce/tokens.ts';

const RIGHT: TokenSeen = { kind: 'known', id: 'aaa', form: 'base64' };

interface Given extends Partial<KnownRequest> {
  readonly body?: string;
}

/** A matching over these requests, asked with method, path with query, and body. */
function matchingOf(given: readonly Given[], redacted: readonly RedactionGroup[] = []) {
  const bodies = new Map<number, string>();
  const requests = given.map(({ body = '', ...known }, at): KnownRequest => {
    bodies.set(at + 1, body);
    return {
      id: at + 1,
      operation: 'unknown',
      method: 'GET',
      path: '/x',
      query: '',
      digest: bodyMeaning(body, { redacted }).digest,
      token: 'aaa base64',
      status: 200,
      startedAt: at,
      place: { at: 0, length: 0 },
      ...known,
    };
  });
  const matching = createMatching(requests, {
    redacted,
    bodiesOf: async known => known.map(({ id }) => bodyMeaning(bodies.get(id) ?? '', { redacted })),
  });
  return async (line: string, { body = '', token = RIGHT }: { body?: string; token?: TokenSeen } = {}) => {
    const [method = '', url = ''] = line.split(' ');
    const [path = '', query = ''] = url.split('?');
    return matching.match({ method, path, query, body: bodyMeaning(body, { redacted }), token });
  };
}

describe('a request that is known', () => {
  it('is the nth of those like it, and the last of them from then on', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 9 }), async (recorded, asked) => {
        const match = matchingOf(Array.from({ length: recorded }, () => ({})));
        for (let time = 1; time <= asked; time++) {
          const found = await match('GET /x');
          expect(found?.known.id).toBe(Math.min(time, recorded));
          expect(found?.differences.length).toBe(time > recorded ? 1 : 0);
        }
      }),
    );
  });

  it('is each recorded one once, in their order, whatever moments they ask from', async () => {
    const match = matchingOf(['01', '02', '03'].map(day => ({ query: `date_from=2026-03-${day}T00:00:00Z` })));
    const ids = [];
    for (const hour of ['10', '11', '12'])
      ids.push((await match(`GET /x?date_from=2026-11-01T${hour}:00:00Z`))?.known.id);
    expect(ids).toEqual([1, 2, 3]);
    expect((await match('GET /x?date_from=2026-03-02T00:00:00Z'))?.known.id).toBe(2);
  });

  it('is no other page, no other filter and no other method', async () => {
    const match = matchingOf([{ query: 'offset=0&limit=10' }, { query: 'offset=10&limit=10' }]);
    expect((await match('GET /x?limit=10'))?.known.id).toBe(1);
    expect((await match('GET /x?limit=10&offset=10'))?.known.id).toBe(2);
    expect(await match('GET /x?offset=20&limit=10')).toBeUndefined();
    expect(await match('GET /x?limit=10&type=RFID')).toBeUndefined();
    expect(await match('PUT /x?limit=10')).toBeUndefined();
    expect(await match('GET /y')).toBeUndefined();
  });

  it('is answered with another limit too, and told', async () => {
    const match = matchingOf([{ query: 'limit=10' }]);
    expect((await match('GET /x?limit=50'))?.differences).toEqual(['Limit is 50, then it was 10.']);
    expect((await match('GET /x'))?.differences[0]).toBe('It has no limit, then it had limit=10.');
  });

  it('is the one with the token it carried, in the form it was written in', async () => {
    const match = matchingOf([{ token: 'aaa base64', status: 401 }, { token: 'aaa raw' }, { token: '', status: 401 }]);
    expect((await match('GET /x'))?.known.id).toBe(1);
    expect((await match('GET /x', { token: { kind: 'known', id: 'aaa', form: 'raw' } }))?.known.id).toBe(2);
    expect((await match('GET /x', { token: { kind: 'none' } }))?.known.id).toBe(3);
    expect(await match('GET /x', { token: { kind: 'other' } })).toMatchObject({ known: { id: 1 } });
    expect((await match('GET /x', { token: { kind: 'known', id: 'aaa', form: 'base64url' } }))?.differences[0]).toMatch(
      /^Its token is written as base64url, then it was /,
    );
  });

  it('is one with another token uid where the recording has pseudonyms in their place, and only there', async () => {
    const known = { operation: 'tokens.get-pushed', path: '/tokens/NL/TNM/PSEUDO1' };
    expect(await matchingOf([known])('GET /tokens/NL/TNM/04AABB')).toBeUndefined();
    const match = matchingOf([known, { ...known, path: '/tokens/NL/TNM/PSEUDO2' }], ['personal']);
    expect((await match('GET /tokens/NL/TNM/04AABB'))?.known.id).toBe(1);
    expect((await match('GET /tokens/NL/TNM/04CCDD'))?.known.id).toBe(2);
    expect((await match('GET /tokens/NL/TNM/04AABB'))?.known.id).toBe(1);
    expect(await match('GET /tokens/DE/TNM/04AABB')).toBeUndefined();
  });
});

describe('what a body says', () => {
  const json = fc.jsonValue({ maxDepth: 3 }).filter(value => typeof value === 'object' && value !== null);
  const plain = { redacted: [] };

  it('does not depend on the order of its members, on blanks, or on what is null', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), members => {
        const backwards = Object.fromEntries(Object.entries(members).reverse());
        const one = bodyMeaning(JSON.stringify(members), plain);
        expect(bodyMeaning(JSON.stringify(backwards, undefined, 3), plain).digest).toBe(one.digest);
        expect(bodyFit(one, one)).toBe(1);
        expect(bodyDifferences(one, one)).toEqual([]);
      }),
    );
    expect(bodyMeaning('{"a":1,"b":null}', plain).digest).toBe(bodyMeaning('{"a":1}', plain).digest);
  });

  it('is not in its times, nor in what the asker makes up', () => {
    const one = { kwh: 1, last_updated: '2026-03-02T10:00:00Z', response_url: 'https://a.example/1' };
    const other = { kwh: 1, last_updated: '2026-11-02T11:00:00Z', response_url: 'https://b.example/2' };
    expect(bodyMeaning(JSON.stringify(one), plain).digest).toBe(bodyMeaning(JSON.stringify(other), plain).digest);
  });

  it('is not in what stands in the recording as a pseudonym', () => {
    const one = JSON.stringify({ cdr_token: { uid: 'A', contract_id: 'B' }, location_id: 'L' });
    const other = JSON.stringify({ cdr_token: { uid: 'C', contract_id: 'D' }, location_id: 'L' });
    const digest = (text: string, redacted: RedactionGroup[]) => bodyMeaning(text, { redacted }).digest;
    expect(digest(one, ['personal'])).toBe(digest(other, ['personal']));
    expect(digest(one, ['parties'])).not.toBe(digest(other, ['parties']));
  });

  it('is told apart member by member, the first few of them', () => {
    const meaning = (value: object) => bodyMeaning(JSON.stringify(value), plain);
    expect(bodyDifferences(meaning({ a: 1, b: [2] }), meaning({ a: 2, b: [] }))).toEqual([
      'a is 1, then it was 2',
      'b is missing, then it was []',
      'b/0 is 2, then it was not there',
    ]);
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`m${at}`, at]));
    expect(bodyDifferences(meaning({}), meaning(many)).at(-1)).toMatch(/^\d more fields of its body are not as then$/);
    expect(bodyDifferences(bodyMeaning('no json', plain), meaning({}))).toEqual(['its body is not the one of then']);
  });
});
