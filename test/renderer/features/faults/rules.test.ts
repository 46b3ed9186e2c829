import { beforeAll, describe, expect, it } from 'vitest';
import type { ExchangeSummary } from '../../../../core/contract/exchange.ts';
import type { FaultHit } from '../../../../core/contract/fault.ts';
import { viewKinds } from '../../../../core/workbench/faulting/kind-view.ts';
import { laidOut } from '../../../../renderer/exchange/laid-out.ts';
import { operationWords } from '../../../../renderer/exchange/operation-words.ts';
import { caseTitle } from '../../../../renderer/features/faults/case-list.tsx';
import { foundKinds } from '../../../../renderer/features/faults/catalogue/kind-search.ts';
import { fittingExchanges } from '../../../../renderer/features/faults/editor/fitting-exchanges.ts';
import { modulesFor, operationsFor } from '../../../../renderer/features/faults/editor/operation-choices.ts';
import { olderThan } from '../../../../renderer/features/faults/hits/use-hits.ts';
import { occasionWords, scopeWords } from '../../../../renderer/features/faults/rule-words.ts';
import { type Move, movesOf, type Way } from '../../../../renderer/features/faults/rules/rule-order.ts';
import { FaultsSearch } from '../../../../renderer/features/faults/search.ts';
import { en } from '../../../../renderer/texts/catalogue.ts';
import { readyTexts } from '../../../../renderer/texts/language.ts';
import { textsOf } from '../../../../renderer/texts/use-texts.ts';

const kinds = await viewKinds();

beforeAll(() => readyTexts('en'));

describe('the order of rules', () => {
  const moved = (order: readonly number[], chosen: readonly number[], way: Way) => {
    const after = [...order];
    for (const { id, before } of movesOf(order, chosen, way) as readonly Move[]) {
      after.splice(after.indexOf(id), 1);
      after.splice(before === null ? after.length : after.indexOf(before), 0, id);
    }
    return after;
  };

  it('changes by one place, for one rule and for several', () => {
    expect(moved([1, 2, 3, 4], [3], 'up')).toEqual([1, 3, 2, 4]);
    expect(moved([1, 2, 3, 4], [1], 'down')).toEqual([2, 1, 3, 4]);
    expect(moved([1, 2, 3, 4], [2, 3], 'up')).toEqual([2, 3, 1, 4]);
    expect(moved([1, 2, 3, 4], [2, 4], 'up')).toEqual([2, 1, 4, 3]);
    expect(moved([1, 2, 3, 4], [1, 3], 'down')).toEqual([2, 1, 4, 3]);
    expect(moved([1, 2, 3, 4], [3], 'down')).toEqual([1, 2, 4, 3]);
  });

  it('stays where there is no further to go', () => {
    expect(movesOf([1, 2, 3], [1, 2], 'up')).toEqual([]);
    expect(movesOf([1, 2, 3], [3], 'down')).toEqual([]);
    expect(movesOf([1, 2, 3], [], 'down')).toEqual([]);
  });
});

describe('a rule in words', () => {
  const words = () => ({ t: textsOf('faults'), operation: operationWords(textsOf('traffic')) });

  it('tells which exchanges it looks at', () => {
    expect(scopeWords({}, words())).toBe('everything');
    expect(
      scopeWords({ link: 'acme', direction: 'answer', module: 'locations', operation: 'locations.list' }, words()),
    ).toBe('acme · we answer · locations, list');
    expect(scopeWords({ module: 'cdrs', version: '2.2.1', party: 'NL-TNM', object: 'CDR1' }, words())).toBe(
      'cdrs · 2.2.1 · NL-TNM · CDR1',
    );
    expect(scopeWords({ side: 'SENDER', until: '2026-11-22T09:40:00Z' }, words())).toMatch(
      /^its SENDER side · until 2026-11-2\d \d\d:\d\d$/,
    );
  });

  it('tells which of them are hit', () => {
    const { t } = words();
    expect(occasionWords({}, t)).toBe('each');
    expect(occasionWords({ everyNth: 5, after: 10, times: 1, probability: 0.125 }, t)).toBe(
      'every 5th · behind the first 10 · once · 12.5 % of them',
    );
    expect(occasionWords({ nth: 3 }, t)).toBe('no. 3');
  });
});

describe('the catalogue', () => {
  const search = (asked: string) => {
    const t = textsOf('faults');
    const words = {
      family: (family: (typeof kinds)[number]['family']) => t(`family-${family}`),
      failureCase: (number: number) => caseTitle(t, number),
    };
    return foundKinds(kinds, asked, words).flatMap(group => group.kinds.map(({ kind }) => kind));
  };

  it('shows every kind in the order of its families where nothing is asked', () => {
    expect(search('').toSorted()).toEqual(kinds.map(({ kind }) => kind).toSorted());
  });

  it('is searched by name, by what a kind does and by family, all words at once', () => {
    expect(search('transport.delay')).toEqual(['transport.delay']);
    expect(search('CONNECTION reset')).toContain('transport.reset');
    expect(search('no such words at all')).toEqual([]);
  });

  it('is searched by failure case, by number or by what it is called', () => {
    const ofCase = kinds.filter(({ cases }) => cases.includes(2)).map(({ kind }) => kind);
    expect(ofCase.length).toBeGreaterThan(0);
    expect(search('#2')).toEqual(expect.arrayContaining(ofCase));
    expect(search('2')).toEqual(expect.arrayContaining(ofCase));
    expect(search('line feed Base64')).toEqual(expect.arrayContaining(ofCase));
  });

  it('has a title for each of the 35 failure cases', () => {
    expect(Object.keys(en.faults).filter(key => /^case-\d+$/.test(key))).toHaveLength(35);
    expect(caseTitle(textsOf('faults'), 36)).toBe('');
  });
});

describe('what a scope can say', () => {
  it('is narrowed by version, module and side, and by what the kind can apply to', () => {
    const everything = { version: '', module: '', side: '' };
    const ids = (narrowing: Partial<typeof everything>, ofKind: readonly string[] | null = null) =>
      operationsFor(ofKind, { ...everything, ...narrowing }).map(({ id }) => id);
    expect(ids({ module: 'locations', side: 'SENDER' })).toContain('locations.list');
    expect(ids({ version: '2.1.1' }).some(id => id.startsWith('chargingprofiles'))).toBe(false);
    expect(ids({}, ['locations.list'])).toEqual(['locations.list']);
    expect(modulesFor(['locations.list'], everything)).toEqual(['locations']);
    expect(modulesFor(['locations.list'], { ...everything, module: 'cdrs' })).toEqual(['locations', 'cdrs']);
  });

  it('is tried on exchanges that fit it', () => {
    const row = (id: number, direction: 'in' | 'out', operation: string): ExchangeSummary =>
      ({ id, direction, operation, version: '2.2.1' }) as ExchangeSummary;
    const rows = [row(4, 'in', 'locations.list'), row(3, 'out', 'locations.list'), row(2, 'in', 'cdrs.list')];
    const ids = (fitting: Partial<Parameters<typeof fittingExchanges>[1]>) =>
      fittingExchanges(rows, { directions: ['answer', 'send'], operations: null, scope: {}, ...fitting }).map(
        ({ id }) => id,
      );
    expect(ids({})).toEqual([4, 3, 2]);
    expect(ids({ directions: ['answer'] })).toEqual([4, 2]);
    expect(ids({ operations: ['cdrs.list'] })).toEqual([2]);
    expect(ids({ scope: { module: 'locations', direction: 'send' } })).toEqual([3]);
    expect(ids({ scope: { operation: 'locations.list', side: 'RECEIVER' } })).toEqual([]);
    expect(ids({ scope: { version: '2.1.1' } })).toEqual([]);
  });
});

describe('the list of hits', () => {
  const hit = (exchangeId: number) => ({ exchangeId }) as FaultHit;

  it('goes on behind the oldest exchange of a full piece, several firings of one counted as one', () => {
    expect(olderThan([hit(9), hit(9), hit(7)], 2)).toBe(7);
    expect(olderThan([hit(9), hit(9)], 2)).toBeUndefined();
    expect(olderThan([], 2)).toBeUndefined();
  });
});

describe('a message laid out', () => {
  it('has its JSON a member a line, and anything else as it is', () => {
    expect(laidOut('HTTP/1.1 200 OK\r\nA: b\r\n\r\n{"data":[1]}')).toBe(
      'HTTP/1.1 200 OK\nA: b\n\n{\n  "data": [\n    1\n  ]\n}',
    );
    expect(laidOut('HTTP/1.1 502 Bad Gateway\n\n<html> </html>')).toBe('HTTP/1.1 502 Bad Gateway\n\n<html> </html>');
    expect(laidOut('HTTP/1.1 204 No Content\n')).toBe('HTTP/1.1 204 No Content\n');
  });
});

describe('the address of the area', () => {
  it('leaves out what cannot be read', () => {
    expect(FaultsSearch.parse({ tab: 'nonsense', rule: 'x', q: 12, whose: 'me', exchange: 3 })).toEqual({
      q: '12',
      exchange: 3,
    });
  });
});
