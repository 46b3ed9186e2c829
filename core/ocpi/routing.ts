import { type Finding, finding } from './findings.ts';
import { formatPartyId, type PartyId, samePartyId } from './party-id.ts';
import { headerValues, type RawHeaders } from './raw-headers.ts';
import { isLongerThan } from './text-rules.ts';
import { atLeast22, type Version } from './versions.ts';

/** Addressee and sender of one message (digest 1.10). */
export interface Routing {
  readonly to?: PartyId;
  readonly from?: PartyId;
}

export interface RoutingRead extends Routing {
  readonly findings: readonly Finding[];
}

export interface RoutingContext {
  readonly version: Version | undefined;
  /** False for versions, credentials and hubclientinfo, which are never routed. */
  readonly functional: boolean;
  /** Several roles on either side: an absent addressee is a warning then, a note otherwise (T40). */
  readonly severalRoles?: boolean;
}

const NAMES = {
  to: { country: 'OCPI-to-country-code', party: 'OCPI-to-party-id' },
  from: { country: 'OCPI-from-country-code', party: 'OCPI-from-party-id' },
} as const;

/** Reads the four routing headers of a request or an answer; a party needs both of its headers. */
export function readRouting(headers: RawHeaders, context: RoutingContext): RoutingRead {
  const findings: Finding[] = [];
  const to = readParty(headers, 'to', findings);
  const from = readParty(headers, 'from', findings);
  if (!context.functional || (context.version !== undefined && !atLeast22(context.version))) {
    if (to || from) {
      const met = [to, from].flatMap(party => (party ? [formatPartyId(party)] : [])).join(', ');
      findings.push(finding('routing.unexpected', { pointer: 'header:OCPI-to-party-id', met, expected: 'no header' }));
    }
  } else if (!to && !from && findings.length === 0) {
    findings.push(
      finding('routing.missing', {
        pointer: 'header:OCPI-to-party-id',
        met: 'no routing headers',
        expected: 'to and from',
        ...(context.severalRoles && { severity: 'warning' }),
      }),
    );
  }
  if (to && from && samePartyId(to, from)) {
    const pointer = 'header:OCPI-to-party-id';
    findings.push(finding('routing.self-addressed', { pointer, met: formatPartyId(to), expected: 'two parties' }));
  }
  return { ...(to && { to }), ...(from && { from }), findings };
}

/** Header lines for the parties that are known, in the order the specification lists them. */
export function writeRouting({ to, from }: Routing): [string, string][] {
  const lines: [string, string][] = [];
  if (to) lines.push([NAMES.to.party, to.partyId], [NAMES.to.country, to.countryCode]);
  if (from) lines.push([NAMES.from.party, from.partyId], [NAMES.from.country, from.countryCode]);
  return lines;
}

/** The routing of the answer: addressee and sender change places. */
export function swapRouting({ to, from }: Routing): Routing {
  return { ...(from && { to: from }), ...(to && { from: to }) };
}

function readParty(headers: RawHeaders, which: 'to' | 'from', findings: Finding[]): PartyId | undefined {
  const countryCode = readOne(headers, NAMES[which].country, 2, findings);
  const partyId = readOne(headers, NAMES[which].party, 3, findings);
  if (countryCode !== undefined && partyId !== undefined) return { countryCode, partyId };
  if (countryCode !== undefined || partyId !== undefined) {
    const absent = countryCode === undefined ? NAMES[which].country : NAMES[which].party;
    const details = { pointer: `header:${absent}`, met: 'no header', expected: 'both headers of the pair' };
    findings.push(finding('routing.incomplete', details));
  }
  return undefined;
}

function readOne(headers: RawHeaders, name: string, longest: number, findings: Finding[]): string | undefined {
  const values = headerValues(headers, name)
    .map(value => value.trim())
    .filter(value => value !== '');
  const [value] = values;
  if (value === undefined) return undefined;
  const pointer = `header:${name}`;
  if (isLongerThan(value, longest) || (longest === 2 && value.length < longest)) {
    const expected = longest === 2 ? '2 characters' : `up to ${longest} characters`;
    findings.push(finding('routing.length', { pointer, met: value, expected }));
  }
  if (values.some(other => other !== value)) {
    findings.push(finding('routing.repeated', { pointer, met: values.join(', '), expected: 'one header' }));
  }
  return value;
}
