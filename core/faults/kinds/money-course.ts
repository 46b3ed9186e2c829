import * as z from 'zod';
import { readDateTime, writeDateTime } from '../../ocpi/date-time.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { headerValue } from '../../ocpi/raw-headers.ts';
import { definitionOf } from '../../ocpi/schema.ts';
import { objectWords, WhichObject } from '../editing/aim.ts';
import { altered, nothing, onAnswer } from '../editing/altered.ts';
import { tidy } from '../editing/amounts.ts';
import { idOf } from '../editing/fields.ts';
import { holds, only } from '../editing/fitting.ts';
import { dropHeaders, withHeaders } from '../editing/headers.ts';
import { editJson, objectBody, withJson } from '../editing/json.ts';
import { repeatObject } from '../editing/list.ts';
import { changeObjects, contentsOf, type MessageObject, NO_OBJECTS } from '../editing/objects.ts';
import { onObjects } from '../editing/on-objects.ts';
import { NO_PARAMETERS } from '../editing/parameters.ts';
import { objectKey } from '../editing/push-urls.ts';
import { remember, remembered } from '../editing/remembering.ts';
import { Delay, sentAgain } from '../editing/sending.ts';
import { type Facts, type FaultKind, faultKind, type Memory } from '../kind.ts';
import { milliseconds } from '../wire-words.ts';

const BOTH = ['answer', 'send'] as const;
const SESSION = { operation: 'sessions.put', version: '2.2.1', direction: 'send' } as const;
const CDR_POST = { operation: 'cdrs.post', version: '2.2.1', direction: 'send' } as const;
const CDR_TAKEN = { ...CDR_POST, direction: 'answer' } as const;

/** As its version spells it. */
const ENDS = ['end_date_time', 'end_datetime'];

const cdrEarly = faultKind({
  kind: 'money.cdr-early',
  family: 'money',
  title: 'CDR before the session ends',
  explain: ({ ms }) =>
    `The last push of a session, which says COMPLETED, leaves ${milliseconds(ms)} late, behind the CDR; where sessions are asked for, ended ones are still ACTIVE.`,
  parameters: z.strictObject({
    ms: Delay.default(10_000).describe('Milliseconds by which the last push is late.'),
  }),
  cases: [],
  directions: BOTH,
  fits: only('sessions.put', 'sessions.patch', 'sessions.list', 'sessions.get-pushed'),
  sample: SESSION,
  alter: (draft, using) => {
    const { ms } = using.parameters;
    if (draft.message.side === 'answer') {
      return endless(draft, { ...using, parameters: { object: 'all' } });
    }
    if (objectBody(draft.message)?.json['status'] !== 'COMPLETED') return nothing('the session does not end with it');
    if (draft.withheld || draft.later !== undefined) return nothing('an earlier rule keeps the request back already');
    return altered({ ...draft, later: { ms } }, `the end of the session was kept back for ${milliseconds(ms)}`);
  },
});

/** Ended sessions as they were before. */
const endless = onObjects<{ object: WhichObject }>({
  edits: ({ json }) =>
    json['status'] !== 'COMPLETED'
      ? undefined
      : [
          { at: '/status', set: 'ACTIVE' },
          ...ENDS.filter(name => json[name] !== undefined).map(name => ({ at: `/${name}`, drop: true as const })),
        ],
  did: objects => `${objects} became ACTIVE again`,
  none: 'no session in it has ended',
});

const duplicateId = faultKind({
  kind: 'money.cdr-duplicate-id',
  family: 'money',
  title: 'Two CDRs with one id',
  explain: ({ ms }) =>
    `A CDR gets the id of the one before it. The first one that is sent is sent again ${milliseconds(ms)} later; the only one of a page stands there twice.`,
  parameters: z.strictObject({
    ms: Delay.default(1_000).describe('Milliseconds until the first CDR is sent again.'),
  }),
  cases: [30],
  directions: BOTH,
  fits: only('cdrs.post', 'cdrs.list'),
  sample: CDR_POST,
  alter: (draft, { parameters: { ms }, facts, draw, memory }) => {
    const contents = contentsOf(draft.message, facts);
    if (contents === undefined) return nothing(NO_OBJECTS);
    const named = contents.objects.filter(({ json }) => typeof json['id'] === 'string');
    if (named.length === 0) return nothing('no CDR of it has an id');
    if (contents.isList) {
      const at = Math.floor(draw('object') * Math.max(1, named.length - 1)) + 1;
      const [first, second] = [named[at - 1], named[at]];
      if (first !== undefined && second !== undefined && first.json['id'] !== second.json['id']) {
        const edits = [{ at: '/id', set: first.json['id'] }];
        const did = `object ${second.index + 1} got the id of object ${first.index + 1}`;
        return altered(changeObjects(draft, contents, [{ index: second.index, edits }]), did);
      }
      const index = first?.index ?? 0;
      return altered(repeatObject(draft, contents, index), `object ${index + 1} was sent twice`);
    }
    const own = named[0]?.json['id'];
    const before = memory.get('id');
    if (before === undefined || before === own) {
      memory.set('id', String(own));
      return sentAgain(draft, { times: 1, ms });
    }
    const edits = [{ at: '/id', set: before }];
    return altered(changeObjects(draft, contents, [{ index: 0, edits }]), 'the CDR got the id of the one before it');
  },
});

const kwhFalls = faultKind({
  kind: 'money.kwh-falls',
  family: 'money',
  title: 'kWh that fall',
  explain: ({ object, to }) =>
    `Says of ${objectWords(object)} ${Math.round(to * 100)} % of the kWh that were told last.`,
  parameters: z.strictObject({
    object: WhichObject,
    to: z.number().min(0).lt(1).default(0.5).describe('The share of what was told last that is told now, below 1.'),
  }),
  cases: [],
  directions: BOTH,
  fits: only('sessions.put', 'sessions.patch', 'sessions.list', 'sessions.get-pushed'),
  sample: SESSION,
  alter: (draft, using) => {
    const { facts, memory } = using;
    return onObjects<{ object: WhichObject; to: number }>({
      edits: (object, { parameters: { to } }) => {
        const { kwh } = object.json;
        if (typeof kwh !== 'number' || kwh <= 0) return undefined;
        const key = sessionKey(facts, object);
        const told = tidy(Math.min(toldBefore(facts, memory, key) ?? kwh, kwh) * to);
        remember(memory, key, JSON.stringify([told]));
        return [{ at: '/kwh', set: told }];
      },
      did: objects => `kwh of ${objects} fell`,
      none: 'no object of this message has kwh above 0',
    })(draft, using);
  },
  observe: (facts, memory) => {
    if (facts.direction !== 'send' || facts.entry?.module !== 'sessions') return;
    const json = objectBody({ headers: facts.request.headers, body: facts.request.body })?.json;
    const key = objectKey(facts);
    const kwh = json?.['kwh'];
    if (key === undefined || typeof kwh !== 'number') return;
    const now = kilowattHours(remembered(memory, key)).at(-1);
    remember(memory, key, JSON.stringify(now === undefined ? [kwh] : [now, kwh]));
  },
});

function sessionKey(facts: Facts, { json }: MessageObject): string {
  return objectKey(facts) ?? idOf(json) ?? '';
}

/** What was told last: of pushes before this one, which was heard of already; of answers by this rule. */
function toldBefore({ direction }: Facts, memory: Memory, key: string): number | undefined {
  const told = kilowattHours(remembered(memory, key));
  return direction === 'answer' ? told.at(-1) : told.length > 1 ? told[0] : undefined;
}

function kilowattHours(text: string | undefined): number[] {
  const list: unknown = text === undefined ? [] : JSON.parse(text);
  return Array.isArray(list) ? list.filter(one => typeof one === 'number') : [];
}

const periodsOverlap = faultKind({
  kind: 'money.periods-overlap',
  family: 'money',
  title: 'Charging periods that overlap',
  explain: ({ object, seconds }) =>
    `Lets the last charging period of ${objectWords(object)} begin ${seconds} s before the one before it; the only one stands there twice.`,
  parameters: z.strictObject({
    object: WhichObject,
    seconds: z.int().min(0).max(86_400).default(600).describe('How many seconds before the period before it.'),
  }),
  cases: [],
  directions: BOTH,
  fits: holds('ChargingPeriod'),
  sample: CDR_POST,
  alter: onObjects({
    edits: (object, { parameters: { seconds } }) => {
      const place = periodsOf(object);
      if (place === undefined) return undefined;
      const { list, start, periods } = place;
      const last = periods.length - 1;
      if (last === 0) return [{ at: `/${list}/-`, set: periods[0] }];
      const before = periods[last - 1];
      const moment = isJsonObject(before) ? readDateTime(String(before[start]), '2.1.1').epochMs : undefined;
      if (moment === undefined || !isJsonObject(periods[last])) return undefined;
      return [{ at: `/${list}/${last}/${start}`, set: writeDateTime(Math.max(0, moment - seconds * 1000)) }];
    },
    did: objects => `the last charging period of ${objects} began before the one before it`,
    none: 'no object of this message has charging periods with readable dates',
  }),
});

/** The charging periods of an object, where they stand, and the field that says when one begins. */
function periodsOf({ type, json }: MessageObject) {
  for (const [list, schema] of Object.entries(type.shape)) {
    const definition = definitionOf(schema);
    const element = definition.kind === 'list' ? definitionOf(definition.of) : undefined;
    const periods: unknown = json[list];
    if (element?.kind !== 'object' || element.name !== 'ChargingPeriod') continue;
    const start = Object.entries(element.shape).find(([, field]) => definitionOf(field).kind === 'date-time')?.[0];
    if (start === undefined || !Array.isArray(periods) || periods.length === 0) continue;
    return { list, start, periods: periods as readonly unknown[] };
  }
  return undefined;
}

const LOCATION = 'Location';
const NO_LOCATION = 'the answer has no Location header';

const cdrUrlInBody = faultKind({
  kind: 'money.cdr-url-in-body',
  family: 'money',
  title: 'URL of the CDR in the body',
  explain: () => 'The URL of a CDR that was taken stands in data of the answer, not in its Location header.',
  parameters: NO_PARAMETERS,
  cases: [30],
  directions: ['answer'],
  fits: only('cdrs.post'),
  sample: CDR_TAKEN,
  alter: onAnswer((message, draft) => {
    const url = headerValue(message.headers, LOCATION);
    const body = objectBody(message);
    if (url === undefined) return nothing(NO_LOCATION);
    if (body === undefined) return nothing('the body is no envelope');
    const without = withHeaders(draft, dropHeaders(message.headers, LOCATION));
    const text = editJson(body.text, [{ at: '/data', set: url }]);
    return altered(withJson(without, text), 'the URL went from the Location header into data');
  }),
});

const cdrWithoutLocation = faultKind({
  kind: 'money.cdr-without-location',
  family: 'money',
  title: 'CDR taken without Location',
  explain: () => 'The answer to a CDR that was taken says nowhere where it is.',
  parameters: NO_PARAMETERS,
  cases: [30],
  directions: ['answer'],
  fits: only('cdrs.post'),
  sample: CDR_TAKEN,
  alter: onAnswer((message, draft) => {
    if (headerValue(message.headers, LOCATION) === undefined) return nothing(NO_LOCATION);
    return altered(withHeaders(draft, dropHeaders(message.headers, LOCATION)), 'the Location header was left out');
  }),
});

/** Sessions and CDRs that do not follow upon one another as they should. */
export const COURSE_KINDS: readonly FaultKind[] = [
  cdrEarly,
  duplicateId,
  kwhFalls,
  periodsOverlap,
  cdrUrlInBody,
  cdrWithoutLocation,
];
