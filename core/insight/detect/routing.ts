import { type Finding, finding } from '../../ocpi/findings.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { readMessageIds } from '../../ocpi/message-ids.ts';
import { formatPartyId, type PartyId, partyNamedIn, samePartyId } from '../../ocpi/party-id.ts';
import { type Routing, readRouting } from '../../ocpi/routing.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import { isWhole, type Reading } from '../reading.ts';

/** Ids and routing headers of the request, and whether the answer goes back to who asked (digest 1.3, 1.10). */
export function routingFindings(reading: Reading): Finding[] {
  const { observed, entry } = reading;
  const { version, request, response } = observed;
  if (entry === undefined) return [];
  const context = { version, functional: entry.functional };
  const asked = readRouting(request.headers, context);
  const findings = [...readMessageIds(request.headers, version).findings, ...asked.findings];
  if (version === undefined || !atLeast22(version) || !entry.functional) return findings;
  findings.push(...ownerFindings(reading, asked));
  if (response === undefined || !isWhole(observed)) return findings;
  const answered = readRouting(response.headers, context);
  // Many leave them out of answers, which loses nothing (T40).
  findings.push(...answered.findings.filter(({ code }) => code !== 'routing.missing'));
  findings.push(...swapped(asked, answered));
  const self = selfAddressed(asked) ?? selfAddressed(answered);
  if (self !== undefined && entry.items !== undefined && isEmptyList(reading)) {
    const pointer = 'header:OCPI-to-party-id';
    findings.push(finding('paging.list.self-addressed', { pointer, met: `${self} twice`, expected: 'two parties' }));
  }
  return findings;
}

/** Sender and addressee of the answer are those of the request exchanged, except for what a hub leaves out. */
function swapped(asked: Routing, answered: Routing): Finding[] {
  const wrong = (met: PartyId | undefined, due: PartyId | undefined) =>
    met !== undefined && due !== undefined && !samePartyId(met, due);
  const pointer = wrong(answered.to, asked.from)
    ? 'header:OCPI-to-party-id'
    : wrong(answered.from, asked.to)
      ? 'header:OCPI-from-party-id'
      : undefined;
  if (pointer === undefined) return [];
  const met = `from ${nameOf(answered.from)} to ${nameOf(answered.to)}`;
  return [finding('routing.swapped', { pointer, met, expected: `from ${nameOf(asked.to)} to ${nameOf(asked.from)}` })];
}

/** T22: accepted, because a hub may speak for the owner. */
function ownerFindings({ observed, entry, params, body }: Reading, { from }: Routing): Finding[] {
  if (from === undefined || entry?.interface !== 'RECEIVER' || observed.method === 'GET') return [];
  if (entry.module === 'commands' || entry.module === 'chargingprofiles' || entry.module === 'payments') return [];
  const { country_code: countryCode, party_id: partyId } = params;
  const named = countryCode !== undefined && partyId !== undefined ? { countryCode, partyId } : undefined;
  const owner = named ?? (isJsonObject(body?.view) ? partyNamedIn(body.view) : undefined);
  if (owner === undefined || samePartyId(owner, from)) return [];
  const details = { pointer: 'header:OCPI-from-party-id', met: formatPartyId(from), expected: formatPartyId(owner) };
  return [finding('routing.other-party', details)];
}

function selfAddressed({ to, from }: Routing): string | undefined {
  return to && from && samePartyId(to, from) ? formatPartyId(to) : undefined;
}

function isEmptyList({ ok, answer }: Reading): boolean {
  return ok && Array.isArray(answer?.data) && answer.data.length === 0;
}

function nameOf(party: PartyId | undefined): string {
  return party === undefined ? 'nobody' : formatPartyId(party);
}
