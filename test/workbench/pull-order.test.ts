import { describe, expect, it } from 'vitest';
import { type Link, LinkSettings } from '../../core/contract/link.ts';
import type { PullInput } from '../../core/contract/objects.ts';
import { type OrderContext, orderOf } from '../../core/workbench/pull-order.ts';

const link = (parts: Partial<Link> = {}): Link => ({
  id: 1,
  name: 'acme',
  organisation: 'Acme',
  environment: 'test',
  state: 'registered',
  readOnly: false,
  version: '2.2.1',
  offeredVersions: [],
  endpoints: [
    { identifier: 'locations', role: 'SENDER', url: 'https://acme.example/cpo/locations' },
    { identifier: 'locations', role: 'RECEIVER', url: 'https://acme.example/emsp/locations' },
    { identifier: 'tokens', role: 'RECEIVER', url: 'https://acme.example/cpo/tokens' },
  ],
  parties: [
    { countryCode: 'DE', partyId: 'MSP', role: 'EMSP' },
    { countryCode: 'DE', partyId: 'CPO', role: 'CPO' },
  ],
  settings: LinkSettings.parse({}),
  createdAt: 0,
  updatedAt: 0,
  ...parts,
});

const context = (parts: Partial<Link> = {}): OrderContext => ({
  link: link(parts),
  ownParties: [
    { countryCode: 'NL', partyId: 'CCC', role: 'CPO', name: 'ours' },
    { countryCode: 'NL', partyId: 'EEE', role: 'EMSP', name: 'ours' },
  ],
  hasCursor: false,
  now: Date.parse('2026-11-22T10:00:00Z'),
});

function ordered(input: Partial<PullInput>, parts: Partial<Link> = {}) {
  const outcome = orderOf({ name: 'acme', module: 'locations', ...input }, context(parts));
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
}

function refusal(input: Partial<PullInput>, parts: Partial<Link> = {}) {
  const outcome = orderOf({ name: 'acme', module: 'locations', ...input }, context(parts));
  return outcome.ok ? undefined : outcome.failure;
}

const party = (text: string) => ({ countryCode: text.slice(0, 2), partyId: text.slice(3) });

describe('what a pull asks for', () => {
  it('goes to the SENDER, from our party in the fitting role to the owner of the objects', () => {
    const { order } = ordered({});
    expect(order.endpoint).toBe('https://acme.example/cpo/locations');
    expect(order.routing).toEqual({ from: party('NL-EEE'), to: party('DE-CPO') });
  });

  it('is sent by the own party that was chosen for the link, and to the party asked for', () => {
    const settings = LinkSettings.parse({ ownParty: 'NL-CCC' });
    const value = ordered({ party: 'de*msp' }, { settings });
    expect(value.order.routing).toEqual({ from: party('NL-CCC'), to: { countryCode: 'de', partyId: 'msp' } });
    expect(value.what === 'lists' && value.order.oneParty).toBe(true);
  });

  it('is addressed to the hub for lists, and to nobody for one object behind it', () => {
    expect(ordered({}, { hubPartyId: 'NLHUB' }).order.routing?.to).toEqual(party('NL-HUB'));
    const parties = [{ countryCode: 'SE', partyId: 'HUB', role: 'HUB' }];
    expect(ordered({}, { parties }).order.routing?.to).toEqual(party('SE-HUB'));
    expect(ordered({ object: 'L1' }, { parties }).order.routing).toEqual({ from: party('NL-EEE') });
  });

  it('names no parties on 2.1.1, whose endpoints have no roles', () => {
    const endpoints = [{ identifier: 'Locations', url: 'https://acme.example/locations' }];
    const { order } = ordered({}, { version: '2.1.1', endpoints });
    expect(order).toMatchObject({ endpoint: 'https://acme.example/locations', version: '2.1.1' });
    expect(order.routing).toBeUndefined();
  });

  it('of one object takes its path apart, parents first', () => {
    expect(ordered({ object: 'L%2F1/E1/2' })).toMatchObject({
      what: 'one',
      order: {
        target: { operation: 'locations.get-connector', path: ['L/1', 'E1', '2'] },
        within: ['L/1', 'E1'],
      },
    });
    const endpoints = [{ identifier: 'payments', role: 'SENDER', url: 'https://acme.example/payments' }];
    expect(ordered({ module: 'payments', object: 'Terminals/T1' }, { version: '2.3.0', endpoints })).toMatchObject({
      order: {
        target: { operation: 'payments.get-terminal', path: ['terminals', 'T1'] },
        within: [],
        list: 'terminals',
      },
    });
  });

  it('is refused, with what to do, where the partner or the link does not allow it', () => {
    expect(refusal({ module: 'tokens' })?.message).toBe('acme offers tokens as receiver only');
    expect(refusal({ module: 'cdrs' })?.message).toBe('acme offers no cdrs');
    expect(refusal({}, { state: 'suspended' })).toMatchObject({
      code: 'WRONG_STATE',
      advice: expect.stringContaining('--resume'),
    });
    expect(refusal({}, { state: 'invited' })).toMatchObject({ code: 'WRONG_STATE' });
    expect(refusal({ object: 'a//b' })).toMatchObject({
      code: 'INVALID_INPUT',
      advice: expect.stringContaining('{location_id}'),
    });
  });

  it('is refused where windows would begin nowhere, or be too many', () => {
    const endpoints = [{ identifier: 'cdrs', role: 'SENDER', url: 'https://acme.example/cdrs' }];
    const windows = (input: Partial<PullInput>) => refusal({ module: 'cdrs', window: 60_000, ...input }, { endpoints });
    expect(windows({})?.message).toBe('windows need a beginning');
    expect(windows({ dateFrom: '2020-01-01T00:00:00Z' })?.message).toBe('more than 10000 windows');
    expect(windows({ dateFrom: '2026-11-22T09:00:00Z' })).toBeUndefined();
    expect(refusal({ window: 60_000 })?.message).toBe('windows are for sessions and cdrs');
  });
});
