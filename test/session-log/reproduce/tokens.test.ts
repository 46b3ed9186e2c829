import { gunzipSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writtenForms } from '../../../core/http/token-forms.ts';
import { changedBody } from '../../../core/session-log/reproduce/line-body.ts';
import { createResultPairing } from '../../../core/session-log/reproduce/result-pairing.ts';
import { createReproducedTokens, tokenLengths } from '../../../core/session-log/reproduce/tokens.ts';

const lengthsOf = (...texts: string[]) => {
  const lengths = new Map<string, number>();
  for (const text of texts) tokenLengths(text, (id, length) => lengths.set(id, length));
  return lengths;
};

describe('made tokens', () => {
  it('stand in every form and place for the same recorded token, as long as it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 64 }), length => {
        for (const { form, text } of writtenForms('x'.repeat(length))) {
          const placeholder = `{token:id:${form}:${text.length}}`;
          const tokens = createReproducedTokens({ seed: 's', lengths: lengthsOf(placeholder) });
          const written = tokens.written(`Token ${placeholder} behind`);
          expect(written).toMatch(/^Token [\w+/=-]+ behind$/);
          const made = writtenForms(tokens.of('id')).map(one => one.text);
          expect(made).toContain(written.slice(6, -7));
          expect(written.length - 13).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are others in the next reproduction', () => {
    const lengths = new Map([['id', 36]]);
    const made = (seed: string) => createReproducedTokens({ seed, lengths }).of('id');
    expect(made('one')).toBe(made('one'));
    expect(made('one')).not.toBe(made('two'));
  });

  it('are known when they come back, in whatever form', () => {
    const tokens = createReproducedTokens({
      seed: 's',
      lengths: new Map(),
      given: { id: 'first', token: 'given-token' },
    });
    const base64 = Buffer.from('given-token').toString('base64');
    expect(tokens.seen([`Token ${base64}`])).toEqual({ kind: 'known', id: 'first', form: 'base64' });
    expect(tokens.seen(['Token given-token'])).toEqual({ kind: 'known', id: 'first', form: 'raw' });
    expect(tokens.seen(['Token nobodys'])).toEqual({ kind: 'other' });
    expect(tokens.seen(['Basic abc'])).toEqual({ kind: 'other' });
    expect(tokens.seen([])).toEqual({ kind: 'none' });
  });

  it('are replaced by the token that whoever is served has given', () => {
    const tokens = createReproducedTokens({ seed: 's', lengths: new Map([['b', 8]]) });
    tokens.learn('b', 'a much longer token of theirs "x"');
    expect(tokens.written('{"token":"{token:b:raw.json:8}"}')).toBe(
      '{"token":"a much longer token of theirs \\"x\\""}',
    );
  });
});

describe('a body whose text changes', () => {
  const GZIP = [['Content-Encoding', 'gzip']] as const;
  const change = (text: string) => text.replace('old', 'newer');

  it('leaves packed as its headers say, whether it is kept packed or not', () => {
    const packed = { base64: gzipSync('the old one').toString('base64') };
    expect(gunzipSync(changedBody(GZIP, packed, change)).toString()).toBe('the newer one');
    expect(gunzipSync(changedBody(GZIP, { text: '{"an":"old one"}' }, change)).toString()).toBe('{"an":"newer one"}');
  });

  it('stays byte for byte where nothing changes, or where it was cut', () => {
    const packed = gzipSync('the same');
    expect(changedBody(GZIP, { base64: packed.toString('base64') }, change)).toEqual(packed);
    const cut = gzipSync('the old one'.repeat(50)).subarray(0, 30);
    expect(changedBody(GZIP, { base64: cut.toString('base64') }, change)).toEqual(cut);
    expect(changedBody([], { base64: '/wD+' }, change)).toEqual(Buffer.from('/wD+', 'base64'));
  });
});

describe('what was sent because of a request', () => {
  const place = { at: 0, length: 0 };

  it('is paired with the last request that had named its URL, whichever line stands first', () => {
    const pairing = createResultPairing();
    pairing.told({ id: 3, startedAt: 15, place }, '/ocpi/2.2.1/commands/RESERVE_NOW/1');
    pairing.asked({ id: 1, startedAt: 10 }, 'https://wbx.example/front/ocpi/2.2.1/commands/RESERVE_NOW/1');
    pairing.asked({ id: 2, startedAt: 20 }, 'https://wbx.example/front/ocpi/2.2.1/commands/RESERVE_NOW/1');
    pairing.told({ id: 4, startedAt: 25, place }, '/ocpi/2.2.1/commands/RESERVE_NOW/1');
    pairing.told({ id: 5, startedAt: 26, place }, '/ocpi/2.2.1/commands/RESERVE_NOW/2');
    expect(pairing.results().map(({ id, of, afterMs }) => [id, of, afterMs])).toEqual([
      [3, 1, 5],
      [4, 2, 5],
    ]);
  });

  it('is a look at the versions only while the credentials were open', () => {
    const pairing = createResultPairing();
    pairing.registered({ id: 1, startedAt: 10, endedAt: 20 });
    for (const startedAt of [5, 12, 21]) pairing.looked({ id: startedAt, startedAt, place });
    expect(pairing.results()).toMatchObject([{ kind: 'look', id: 12, of: 1, afterMs: 2 }]);
  });

  it('is a look also where the request left some time after it was written down, but for what came once its sender asked on', () => {
    const pairing = createResultPairing();
    pairing.registered({ id: 1, startedAt: 10, endedAt: 20, mayLast: 100 });
    for (const startedAt of [12, 24]) pairing.looked({ id: startedAt, startedAt, place });
    pairing.wentOn(30);
    pairing.wentOn(60);
    for (const startedAt of [31, 70]) pairing.looked({ id: startedAt, startedAt, place });
    expect(pairing.results().map(({ id, of }) => [id, of])).toEqual([
      [12, 1],
      [24, 1],
    ]);
  });
});
