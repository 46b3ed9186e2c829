import { afterAll, expect } from 'vitest';
import type { OwnParty } from '../../../core/contract/platform.ts';
import type { Run } from '../../../core/contract/run.ts';
import type { PushInput } from '../../../core/contract/sending.ts';
import { MODULE_IDS } from '../../../core/ocpi/modules.ts';
import { VERSIONS, type Version } from '../../../core/ocpi/versions.ts';
import { fixture } from '../../ocpi/fixtures.ts';
import type { Action } from '../../support/partner/action.ts';
import { type Partner, startPartner } from '../../support/partner/partner.ts';
import { endOf, newName, registerWith, sharedPlatform, type TestPlatform } from '../../support/platform.ts';

const MODULES = MODULE_IDS.filter(id => id !== 'versions' && id !== 'credentials').flatMap(identifier =>
  (['SENDER', 'RECEIVER'] as const).map(role => ({ identifier, role })),
);

/** One of us and a raw partner (DE-PRT, in both roles, with every module), registered in a version. */
export interface Met {
  readonly us: TestPlatform;
  readonly name: string;
  readonly version: Version;
  readonly partner: Partner;
  /** Path of one of its endpoints, with what stands below. 2.1.1 has one for both sides: the first. */
  at(module: string, side: 'sender' | 'receiver', ...rest: readonly string[]): string;
  /** What the partner does with the next requests of a path. */
  answer(method: string, path: string, ...actions: readonly Action[]): void;
  /** Requests below a module, as `METHOD path`. */
  heard(module: string): string[];
  /** A push, once it has ended. */
  pushed(input: Omit<PushInput, 'name'>): Promise<Run>;
}

export const PARTIES: readonly OwnParty[] = (['EMSP', 'CPO'] as const).map(role => ({
  countryCode: 'NL',
  partyId: 'WBX',
  role,
  name: 'Us',
}));

export const ours = sharedPlatform({ parties: PARTIES });

const partners: Partner[] = [];
afterAll(() => Promise.all(partners.splice(0).map(partner => partner.stop())));

export async function meet(version: Version, environment: 'test' | 'production' = 'test'): Promise<Met> {
  const us = await ours();
  const name = newName();
  const partner = await startPartner({ modules: MODULES, roles: ['CPO', 'EMSP'] });
  partners.push(partner);
  expect((await registerWith(us, partner, { name, version })).state).toBe('done');
  if (environment === 'production') await us.client.links.set({ name, environment, confirmed: true });
  return {
    us,
    name,
    version,
    partner,
    at: (module, side, ...rest) =>
      [`/ocpi/${version}/${version === '2.1.1' ? 'sender' : side}/${module}`, ...rest].join('/'),
    answer: (method, path, ...actions) => partner.override(`${method} ${path}`, actions),
    heard: module =>
      partner.requests
        .filter(({ url }) => url.includes(`/${module}`))
        .map(({ method, url }) => `${method} ${url.replace(/^.*?er\//, '')}`),
    pushed: async input => endOf(us, await us.client.sending.push({ name, ...input })),
  };
}

const met = new Map<Version, Met>();

/** Before the tests of a file: one partner for each version. */
export async function meetAll(): Promise<void> {
  for (const version of VERSIONS) met.set(version, await meet(version));
}

export function partnerOf(version: Version): Met {
  const found = met.get(version);
  if (found === undefined) throw new Error(`nobody speaks ${version}`);
  return found;
}

/** A fixture as NL-WBX would own it. */
export function own(version: Version, type: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  const owner = version === '2.1.1' ? {} : { country_code: 'NL', party_id: 'WBX' };
  const { country_code: _, party_id: __, ...rest } = fixture(version, type);
  return { ...owner, ...rest, ...changes };
}

export const GOOD: Action = {
  do: 'answer',
  status: 200,
  headers: [['Content-Type', 'application/json']],
  body: '{"status_code":1000,"status_message":"Success","timestamp":"2026-01-01T00:00:00Z"}',
};

/** An envelope with whatever in it. */
export function says(http: number, code: number, data?: unknown, headers: [string, string][] = []): Action {
  const body = JSON.stringify({
    ...(data === undefined ? {} : { data }),
    status_code: code,
    timestamp: '2026-01-01T00:00:00Z',
  });
  return { do: 'answer', status: http, headers: [['Content-Type', 'application/json'], ...headers], body };
}
