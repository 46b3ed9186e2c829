import { describe, expect, it } from 'vitest';
import { TransactionConditions, TransactionState } from '../../../../core/contract/transaction.ts';
import { readFilter as readTraffic } from '../../../../renderer/exchange-filter/conditions.ts';
import { tokenKinds as trafficKinds } from '../../../../renderer/exchange-filter/token-kinds.ts';
import { trafficFilter } from '../../../../renderer/features/transactions/detail/traffic-filter.ts';
import { conditionsAt, readFilter, tokenKinds } from '../../../../renderer/features/transactions/list/filter.ts';
import {
  TransactionSearch,
  TransactionsSearch,
  transactionId,
} from '../../../../renderer/features/transactions/search.ts';
import { parseFilter } from '../../../../renderer/ui/filter-text.ts';

const said = <Name extends string>(...names: readonly Name[]): Readonly<Record<Name, string>> =>
  Object.fromEntries(names.map(name => [name, name as string])) as Record<Name, string>;
const KINDS = tokenKinds([{ value: 'volta' }], {
  meanings: said('link', 'state', 'is', 'problem', 'since', 'until'),
  states: said(...TransactionState.options),
  is: said('open', 'over', 'problem'),
  problems: said('error', 'warning', 'note'),
  since: said('15m', '1h', 'today', '24h', '7d'),
  wrong: said('state', 'is', 'problem', 'moment'),
});
const NOW = Date.parse('2026-11-22T10:00:00Z');
const conditions = (text: string) => conditionsAt(readFilter(text, KINDS), NOW);

describe('the filter of the transactions', () => {
  it.each([
    ['', {}],
    ['link:volta state:charging', { link: 'volta', state: 'charging' }],
    ['STATE:Billed', { state: 'billed' }],
    ['is:open', { open: true }],
    ['is:over', { open: false }],
    ['is:open is:over', {}],
    ['is:problem', { problem: 'note' }],
    ['problem:error is:problem', { problem: 'error' }],
    ['since:1h', { since: NOW - 3_600_000 }],
    ['since:2026-11-21T08:00Z until:2026-11-21T09:00Z', { since: NOW - 26 * 3_600_000, until: NOW - 25 * 3_600_000 }],
    ['SES-1 state:', { search: 'SES-1' }],
    ['link:volta link:watt', { link: 'watt' }],
  ])('%s', (text, expected) => {
    expect(conditions(text)).toEqual(expected);
    expect(TransactionConditions.safeParse(conditions(text)).success).toBe(true);
  });

  it('leaves out what it cannot read, and marks it', () => {
    for (const text of ['state:gone', 'is:nice', 'problem:some', 'since:once']) {
      expect(conditions(text)).toEqual({});
      expect(parseFilter(text, KINDS).problems).toHaveLength(1);
    }
  });

  it('asks for no longer a text than the core takes', () => {
    expect(TransactionConditions.safeParse(conditions('x'.repeat(300))).success).toBe(true);
  });
});

describe('addresses', () => {
  it('of another release or mistyped still lead somewhere', () => {
    expect(TransactionsSearch.parse({ q: 42 })).toEqual({ q: '42' });
    expect(TransactionSearch.parse({ show: 'spiral', exchange: -1, as: 'pie' })).toEqual({});
    expect(transactionId('12')).toBe(12);
    for (const text of ['', '0', '-3', '1.5', 'twelve', '9'.repeat(20)]) expect(transactionId(text)).toBeUndefined();
  });

  it('lead to the traffic with its partner from the first exchange to the newest', () => {
    const kinds = trafficKinds({ links: [], parties: [], modules: [], findings: [], faults: [] }, key => key);
    const over = { startedAt: '2026-11-22T09:00:00.250Z', updatedAt: '2026-11-22T09:30:00.000Z', open: false };
    const read = (text: string) => readTraffic(text, kinds, NOW);
    expect(read(trafficFilter({ ...over, link: 'volta' }))).toEqual({
      conditions: { link: 'volta', since: Date.parse(over.startedAt), until: Date.parse(over.updatedAt) + 1000 },
      problems: [],
      unknown: [],
    });
    expect(read(trafficFilter({ ...over, link: null, open: true })).conditions).toEqual({
      unlinked: true,
      since: Date.parse(over.startedAt),
    });
  });
});
