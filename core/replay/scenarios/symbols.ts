import type { ScenarioIdKind, ScenarioRole } from '../../contract/scenario.ts';
import type { PartyId } from '../../ocpi/party-id.ts';
import type { Version } from '../../ocpi/versions.ts';

/**
 * Who stands for the parties in the messages of a scenario until it is planned. The country codes are for private use in
 * ISO 3166, so that no real party is ever meant.
 */
export const SYMBOLIC_PARTIES: Readonly<Record<ScenarioRole, PartyId>> = {
  cpo: { countryCode: 'XC', partyId: 'CPO' },
  emsp: { countryCode: 'XE', partyId: 'MSP' },
  ptp: { countryCode: 'XP', partyId: 'PTP' },
};

interface Named {
  readonly kind: ScenarioIdKind;
  readonly name: string;
  /** Among the ids of its scenario, from 0 on. */
  readonly index: number;
}

/** What stands for an id in the messages: valid for every field it may stand in, and unlike every other one. */
export function symbolOf({ kind, name, index }: Named, version: Version): string {
  const number = String(index + 1).padStart(6, '0');
  // An int in 2.1.1 (digest 6.6).
  if (kind === 'reservation' && version === '2.1.1') return `7${number}`;
  if (kind === 'contract') return `XE-MSP-C00${number}`;
  return `${name.toUpperCase().slice(0, 20)}-${number}`;
}

/** What `{{name}}` becomes: a number where the version has one. */
export function idValue(named: Named, version: Version): string | number {
  const symbol = symbolOf(named, version);
  return named.kind === 'reservation' && version === '2.1.1' ? Number(symbol) : symbol;
}

/** `{{cpo_country}}`, `{{emsp_party}}`; undefined for every other name. */
export function partyValue(name: string): string | undefined {
  const [, role, what] = /^(cpo|emsp|ptp)_(country|party)$/.exec(name) ?? [];
  if (role === undefined) return undefined;
  const { countryCode, partyId } = SYMBOLIC_PARTIES[role as ScenarioRole];
  return what === 'country' ? countryCode : partyId;
}
