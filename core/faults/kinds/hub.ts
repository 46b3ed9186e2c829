import * as z from 'zod';
import { parsePartyId, partyKey, partyNamedIn } from '../../ocpi/party-id.ts';
import type { AnswerMessage } from '../draft.ts';
import { countWords, drawn } from '../editing/aim.ts';
import { altered, nothing, onAnswer } from '../editing/altered.ts';
import { fieldsOf, isId, isParty } from '../editing/fields.ts';
import { isList } from '../editing/fitting.ts';
import { changeObjects, contentsOf, type MessageObject } from '../editing/objects.ts';
import { HttpStatus, OcpiStatus } from '../editing/parameters.ts';
import { refuse } from '../editing/refusal.ts';
import { type Asked, type FaultKind, faultKind, type Using } from '../kind.ts';
import { cap } from './paging-counts.ts';

const LIST = { operation: 'locations.list', version: '2.2.1', direction: 'answer' } as const;
const SINCE_22 = 'a hub speaks OCPI 2.2.1 or 2.3.0';

interface HubCode {
  readonly kind: `hub.${string}`;
  readonly title: string;
  readonly code: number;
  readonly message: string;
}

/** What a hub says of its own (digest 2): the party behind it never hears of the request. */
function hubKind({ kind, title, code, message }: HubCode): FaultKind {
  return faultKind({
    kind,
    family: 'hub',
    title,
    explain: ({ status }) =>
      `Whatever is asked is answered HTTP ${status} and OCPI ${code} (${message}); nothing is done.`,
    parameters: z.strictObject({
      status: HttpStatus.default(200).describe('HTTP status of the answer; 401 is how it is mistaken for a bad token.'),
    }),
    cases: [35],
    directions: ['answer'],
    fits: ({ functional }) => functional,
    sample: LIST,
    before: (_ask, { parameters: { status }, facts }) => {
      if (facts.version === '2.1.1') return undefined;
      const refusal = { status, body: 'envelope', ocpi: code, message } as const;
      return refuse(refusal, facts, `it was answered HTTP ${status} and OCPI ${code}, as by a hub`);
    },
    alter: () => nothing(SINCE_22),
  });
}

const Party = z
  .string()
  .regex(/^(?:[A-Za-z]{2}-?[A-Za-z0-9]{3})?$/, 'a country code and a party id, as NL-TNM, or nothing')
  .default('');

/** Which party is the broken one: the one that is named, else one that is drawn once and then stays. */
function brokenParty(
  { parameters, memory, draw }: Using<{ party: string }>,
  parties: readonly string[],
): string | undefined {
  const named = parsePartyId(parameters.party);
  if (named !== undefined) return partyKey(named);
  const known = memory.get('party') ?? drawn([...new Set(parties)].sort(), draw('party'));
  memory.set('party', known);
  return known;
}

function ownerOf({ json }: MessageObject): string | undefined {
  const party = partyNamedIn(json);
  return party && partyKey(party);
}

const brokenObjects = faultKind({
  kind: 'hub.broken-party',
  family: 'hub',
  title: 'One broken party among many',
  explain: ({ party, fields }) =>
    `Leaves ${fields} required ${fields === 1 ? 'field' : 'fields'} out of every object of ${party === '' ? 'one party' : party}; those of the other parties stay good.`,
  parameters: z.strictObject({
    party: Party.describe('The broken party, as NL-TNM; empty: one of those in the first list that is hit.'),
    fields: z.int().min(1).max(10).default(1).describe('How many required fields are left out of each object.'),
  }),
  cases: [25],
  directions: ['answer'],
  fits: isList,
  sample: LIST,
  alter: onAnswer((message: AnswerMessage, draft, using) => {
    const contents = contentsOf(message, using.facts);
    if (contents === undefined || !contents.isList) return nothing('there is no list of objects in this answer');
    const broken = brokenParty(
      using,
      contents.objects.flatMap(object => ownerOf(object) ?? []),
    );
    const theirs = contents.objects.filter(object => broken !== undefined && ownerOf(object) === broken);
    if (theirs.length === 0) return nothing('nothing in this list belongs to the broken party');
    const changes = theirs.map(object => ({ index: object.index, edits: spoiled(object, using) }));
    return altered(
      changeObjects(draft, contents, changes),
      `required fields of ${countWords(theirs, contents)} were left out`,
    );
  }),
});

/** Without as many required fields of the object itself; whose it is stays to be seen. */
function spoiled(object: MessageObject, { parameters, draw }: Using<{ fields: number }>) {
  const left = fieldsOf(object).filter(
    field =>
      field.required &&
      !field.isElement &&
      field.value !== undefined &&
      field.within.at === '' &&
      !isParty(field.name) &&
      !isId(field),
  );
  const count = Math.min(parameters.fields, left.length);
  return Array.from({ length: count }, (_, at) => {
    const index = Math.floor(draw(`field ${object.index} ${at}`) * left.length);
    const [field] = left.splice(index, 1);
    return { at: field?.at ?? '/', drop: true as const };
  });
}

const partyErrors = faultKind({
  kind: 'hub.party-errors',
  family: 'hub',
  title: 'Errors for one party',
  explain: ({ party, status, code }) =>
    `Requests to ${party === '' ? 'one party' : party} are answered HTTP ${status} and OCPI ${code}, those to others as ever.`,
  parameters: z.strictObject({
    party: Party.describe('The party as the requests address it, as NL-TNM; empty: the first one that is asked.'),
    status: HttpStatus.default(200).describe('HTTP status of the answer.'),
    code: OcpiStatus.default(3000).describe('OCPI status code of the answer.'),
  }),
  cases: [],
  directions: ['answer'],
  fits: ({ functional }) => functional,
  sample: LIST,
  before: (_ask, using) => {
    const { facts, parameters } = using;
    // Of an answer of ours the sender is who was asked.
    const asked = facts.from === undefined ? undefined : parsePartyId(facts.from);
    if (asked === undefined || brokenParty(using, [partyKey(asked)]) !== partyKey(asked)) return undefined;
    const { status, code } = parameters;
    const refusal = { status, body: 'envelope', ocpi: code, message: 'the party failed' } as const;
    return refuse(refusal, facts, `it was addressed to the broken party, and answered HTTP ${status} and OCPI ${code}`);
  },
  alter: () => nothing('the request was not addressed to the broken party'),
});

const pageCap = faultKind({
  kind: 'hub.page-cap',
  family: 'hub',
  title: 'Pages capped as by a hub',
  explain: ({ locations, cdrs, others }) =>
    `Puts at most ${locations} locations, ${cdrs} CDRs and ${others} other objects on a page, however many are asked for.`,
  parameters: z.strictObject({
    locations: z.int().min(1).max(10_000).default(100).describe('The most locations on a page.'),
    cdrs: z.int().min(1).max(10_000).default(20).describe('The most CDRs on a page.'),
    others: z.int().min(1).max(10_000).default(100).describe('The most objects of other modules on a page.'),
  }),
  cases: [34],
  directions: ['answer'],
  fits: isList,
  sample: { operation: 'cdrs.list', version: '2.2.1', direction: 'answer', query: 'limit=100' },
  before: ({ query }, { parameters: { locations, cdrs, others }, facts }): Asked => {
    const module = facts.entry?.module;
    return cap(query, module === 'locations' ? locations : module === 'cdrs' ? cdrs : others);
  },
});

/** What stands between two parties. */
export const HUB_KINDS: readonly FaultKind[] = [
  hubKind({ kind: 'hub.unknown-receiver', title: '4001, unknown receiver', code: 4001, message: 'unknown receiver' }),
  hubKind({
    kind: 'hub.receiver-timeout',
    title: '4002, the receiver did not answer',
    code: 4002,
    message: 'timeout on the forwarded request',
  }),
  hubKind({
    kind: 'hub.receiver-not-connected',
    title: '4003, the receiver is not connected',
    code: 4003,
    message: 'receiver not connected',
  }),
  brokenObjects,
  partyErrors,
  pageCap,
];
