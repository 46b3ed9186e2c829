import * as z from 'zod';
import { formatPartyId } from '../../ocpi/party-id.ts';
import { AIM, aimWords, countWords, hitObjects, objectWords, WhichObject } from '../editing/aim.ts';
import { altered, nothing, onRequest, withMessage } from '../editing/altered.ts';
import { isId, isParty } from '../editing/fields.ts';
import { hasObjects } from '../editing/fitting.ts';
import { hasHeader, setHeader, withHeaders } from '../editing/headers.ts';
import { changeObjects, contentsOf, NO_OBJECTS } from '../editing/objects.ts';
import { onEveryField, onFields } from '../editing/on-fields.ts';
import { otherUrl, PartyText, partyFrom } from '../editing/parties.ts';
import { type FaultKind, faultKind } from '../kind.ts';

const BOTH = ['answer', 'send'] as const;
const LOCATIONS = { operation: 'locations.list', version: '2.2.1', direction: 'answer' } as const;
const SESSION = { operation: 'sessions.put', version: '2.2.1', direction: 'send' } as const;

const Case = z.enum(['other', 'lower', 'upper']).default('other');

function inCase(text: string, to: z.infer<typeof Case>): string {
  if (to === 'upper') return text.toUpperCase();
  return to === 'lower' || text !== text.toLowerCase() ? text.toLowerCase() : text.toUpperCase();
}

const idCase = faultKind({
  kind: 'object.id-case',
  family: 'object',
  title: 'Id in another case',
  explain: parameters =>
    `Writes ${aimWords(parameters, 'id')} in ${parameters.to === 'other' ? 'the other' : parameters.to} case.`,
  parameters: z.strictObject({
    ...AIM,
    to: Case.describe('Lower or upper case; other: lower where it has capitals, else upper.'),
  }),
  cases: [23],
  directions: BOTH,
  fits: hasObjects,
  sample: LOCATIONS,
  alter: onFields({
    fits: ({ field, using }) =>
      isId(field) && typeof field.value === 'string' && inCase(field.value, using.parameters.to) !== field.value,
    edits: ({ field: { at, value }, using }) => [{ at, set: inCase(String(value), using.parameters.to) }],
    did: where => `${where} was written in another case`,
    none: 'no id that has another case',
  }),
});

const idCaseUrl = faultKind({
  kind: 'object.id-case-url',
  family: 'object',
  title: 'Id in another case in the URL',
  explain: ({ to }) =>
    `Writes the ids in the URL of our request in ${to === 'other' ? 'the other' : to} case; the body keeps them.`,
  parameters: z.strictObject({
    to: Case.describe('Lower or upper case; other: lower where it has capitals, else upper.'),
  }),
  cases: [23],
  directions: ['send'],
  fits: ({ path }) => path.some(step => step.startsWith('{') && !isParty(step.slice(1, -1))),
  sample: SESSION,
  alter: onRequest((message, draft, { parameters, facts }) => {
    const ids = Object.entries(facts.params).filter(([name]) => !isParty(name));
    const changes = ids.map(([name, value]) => ({ name, value: inCase(value, parameters.to) }));
    const url = otherUrl(message, facts, changes);
    if (url === undefined) return nothing('no id in the URL has another case');
    return altered(withMessage(draft, { ...message, url }), 'the ids in the URL were written in another case');
  }),
});

const Stranger = PartyText.default('ZZ-ZZZ');

const partyBody = faultKind({
  kind: 'object.party-body',
  family: 'object',
  title: 'Another party in the object',
  explain: ({ object, party }) =>
    `Names ${party} as the owner in ${objectWords(object)}, while URL and headers name the right one.`,
  parameters: z.strictObject({ object: WhichObject, party: Stranger.describe('The party that is named, as NL-TNM.') }),
  cases: [22],
  directions: BOTH,
  fits: hasObjects,
  sample: LOCATIONS,
  alter: (draft, { parameters, facts, draw }) => {
    const contents = contentsOf(draft.message, facts);
    if (contents === undefined) return nothing(NO_OBJECTS);
    const { countryCode, partyId } = partyFrom(parameters.party);
    const hit = hitObjects(contents, {
      which: parameters.object,
      draw,
      fits: ({ json }) => json['party_id'] !== undefined && json['party_id'] !== partyId,
    });
    if (hit.length === 0) return nothing('no object of this message names its party');
    const changes = hit.map(({ index, json }) => ({
      index,
      edits: [
        { at: '/party_id', set: partyId },
        ...(json['country_code'] === undefined ? [] : [{ at: '/country_code', set: countryCode }]),
      ],
    }));
    const did = `the owner of ${countWords(hit, contents)} became ${formatPartyId({ countryCode, partyId })}`;
    return altered(changeObjects(draft, contents, changes), did);
  },
});

const partyUrl = faultKind({
  kind: 'object.party-url',
  family: 'object',
  title: 'Another party in the URL',
  explain: ({ party }) =>
    `Names ${party} as the owner in the URL of our request, while the object names the right one.`,
  parameters: z.strictObject({ party: Stranger.describe('The party that is named, as NL-TNM.') }),
  cases: [22],
  directions: ['send'],
  fits: ({ path }) => path.includes('{party_id}'),
  sample: SESSION,
  alter: onRequest((message, draft, { parameters, facts }) => {
    const { countryCode, partyId } = partyFrom(parameters.party);
    const changes = [
      { name: 'country_code', value: countryCode },
      { name: 'party_id', value: partyId },
    ];
    const url = otherUrl(message, facts, changes);
    if (url === undefined) return nothing('the URL names no other party');
    const did = `the URL was made to name ${formatPartyId({ countryCode, partyId })}`;
    return altered(withMessage(draft, { ...message, url }), did);
  }),
});

const FROM_PARTY = 'OCPI-from-party-id';
const FROM_COUNTRY = 'OCPI-from-country-code';

const partyHeader = faultKind({
  kind: 'object.party-header',
  family: 'object',
  title: 'Another party in the headers',
  explain: ({ party }) =>
    `Says in the routing headers that the message comes from ${party}, while URL and object name the right one.`,
  parameters: z.strictObject({ party: Stranger.describe('The party that is named, as NL-TNM.') }),
  cases: [22],
  directions: BOTH,
  fits: ({ functional }) => functional,
  sample: SESSION,
  alter: (draft, { parameters, facts }) => {
    if (facts.version === '2.1.1') return nothing('2.1.1 has no routing headers');
    const { countryCode, partyId } = partyFrom(parameters.party);
    const { headers } = draft.message;
    const named = setHeader(setHeader(headers, FROM_PARTY, partyId), FROM_COUNTRY, countryCode);
    const did = `${hasHeader(headers, FROM_PARTY) ? 'the sender in the headers became' : 'headers were added that name'}`;
    return altered(withHeaders(draft, named), `${did} ${formatPartyId({ countryCode, partyId })}`);
  },
});

const DECIMALS = /^\s*[+-]?\d{1,3}(\.\d*)?\s*$/;

const coordinateDecimals = faultKind({
  kind: 'object.coordinate-decimals',
  family: 'object',
  title: 'Coordinates with 4 decimals',
  explain: ({ object, decimals }) =>
    `Writes the coordinates of ${objectWords(object)} with ${decimals} decimals, where five to seven are due.`,
  parameters: z.strictObject({
    object: WhichObject,
    decimals: z.int().min(0).max(20).default(4).describe('Decimals that are written.'),
  }),
  cases: [26],
  directions: BOTH,
  fits: hasObjects,
  sample: LOCATIONS,
  alter: onEveryField({
    fits: ({ field: { within, name, value }, using: { parameters } }) =>
      /GeoLocation$/.test(within.type.name) &&
      (name === 'latitude' || name === 'longitude') &&
      typeof value === 'string' &&
      DECIMALS.test(value) &&
      withDecimals(value, parameters.decimals) !== value,
    edits: ({ field: { at, value }, using: { parameters } }) => [
      { at, set: withDecimals(String(value), parameters.decimals) },
    ],
    did: (where, { parameters }) => `${where} was written with ${parameters.decimals} decimals`,
    none: 'no coordinate with other decimals',
  }),
});

/** Cut off or filled up, never rounded. */
function withDecimals(text: string, decimals: number): string {
  const [whole = '0', fraction = ''] = text.trim().split('.');
  return decimals === 0 ? whole : `${whole}.${fraction.slice(0, decimals).padEnd(decimals, '0')}`;
}

const evseIdFormat = faultKind({
  kind: 'object.evse-id-format',
  family: 'object',
  title: 'evse_id in another format',
  explain: ({ object, separator }) =>
    `Writes evse_id of ${objectWords(object)} ${separator === '' ? 'without separators' : `with ${separator} as separator`}.`,
  parameters: z.strictObject({
    object: WhichObject,
    separator: z.enum(['-', '', '_']).default('-').describe('What stands between its parts in place of *.'),
  }),
  cases: [26],
  directions: BOTH,
  fits: hasObjects,
  sample: { operation: 'cdrs.post', version: '2.2.1', direction: 'send' },
  alter: onEveryField({
    fits: ({ field: { name, value } }) => name === 'evse_id' && typeof value === 'string' && value.includes('*'),
    edits: ({ field: { at, value }, using: { parameters } }) => [
      { at, set: String(value).replaceAll('*', parameters.separator) },
    ],
    did: where => `${where} was written in another format`,
    none: 'no evse_id with *',
  }),
});

export const OBJECT_ID_KINDS: readonly FaultKind[] = [
  idCase,
  idCaseUrl,
  partyBody,
  partyUrl,
  partyHeader,
  coordinateDecimals,
  evseIdFormat,
];
