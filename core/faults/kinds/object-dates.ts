import * as z from 'zod';
import { readDateTime, writeDateTime } from '../../ocpi/date-time.ts';
import type { Draft } from '../draft.ts';
import { AIM, aimWords, countWords, hitObjects, objectWords, WhichObject } from '../editing/aim.ts';
import { altered, nothing } from '../editing/altered.ts';
import { type Field, fieldsOf } from '../editing/fields.ts';
import { hasObjects } from '../editing/fitting.ts';
import { changeObjects, contentsOf, type MessageObject, NO_OBJECTS } from '../editing/objects.ts';
import { onFields } from '../editing/on-fields.ts';
import { type Altered, type FaultKind, faultKind, type Using } from '../kind.ts';

const BOTH = ['answer', 'send'] as const;
const LOCATIONS = { operation: 'locations.list', version: '2.2.1', direction: 'answer' } as const;

/** What a date and time is written as: the moment to the second, and what follows it. */
const WRITTEN = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:)(\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/;

function isWritten({ definition, value }: Pick<Field, 'definition' | 'value'>): boolean {
  return definition.kind === 'date-time' && typeof value === 'string' && WRITTEN.test(value);
}

type Writing = (parts: { to: string; second: string; fraction: string; zone: string }) => string;

/** The same moment, written otherwise. */
function rewritten(value: unknown, write: Writing): string {
  const [, to = '', second = '', fraction = '', zone = ''] = WRITTEN.exec(String(value)) ?? [];
  return write({ to, second, fraction, zone });
}

const dateWithOffset = faultKind({
  kind: 'object.date-with-offset',
  family: 'object',
  title: 'Date with +00:00',
  explain: parameters => `Writes ${aimWords(parameters, 'date')} with ${parameters.offset} in place of Z.`,
  parameters: z.strictObject({
    ...AIM,
    offset: z
      .string()
      .regex(/^[+-]\d\d:?\d\d$/, 'an offset, as +00:00')
      .default('+00:00')
      .describe('What stands in place of Z; the time itself stays as it is.'),
  }),
  cases: [16],
  directions: BOTH,
  fits: hasObjects,
  sample: LOCATIONS,
  alter: onFields({
    fits: ({ field }) => isWritten(field) && /Z$/.test(String(field.value)),
    edits: ({ field: { at, value }, using: { parameters } }) => [
      { at, set: rewritten(value, ({ to, second, fraction }) => to + second + fraction + parameters.offset) },
    ],
    did: (where, { parameters }) => `${where} was written with ${parameters.offset} in place of Z`,
    none: 'no date that ends with Z',
  }),
});

const dateWithoutZone = faultKind({
  kind: 'object.date-without-zone',
  family: 'object',
  title: 'Date without Z',
  explain: parameters => `Writes ${aimWords(parameters, 'date')} without Z.`,
  parameters: z.strictObject(AIM),
  cases: [16],
  directions: BOTH,
  fits: hasObjects,
  sample: LOCATIONS,
  alter: onFields({
    fits: ({ field }) => isWritten(field) && /Z$/.test(String(field.value)),
    edits: ({ field: { at, value } }) => [
      { at, set: rewritten(value, ({ to, second, fraction }) => to + second + fraction) },
    ],
    did: where => `${where} was written without Z`,
    none: 'no date that ends with Z',
  }),
});

const dateWithFraction = faultKind({
  kind: 'object.date-with-fraction',
  family: 'object',
  title: 'Date with a fraction',
  explain: parameters =>
    `Writes ${aimWords(parameters, 'date')} with ${parameters.digits} decimals${parameters.digits > 4 ? ', which makes it longer than 25 characters' : ''}.`,
  parameters: z.strictObject({
    ...AIM,
    digits: z
      .int()
      .min(1)
      .max(12)
      .default(6)
      .describe('Decimals of the second; with more than 4 the text is too long.'),
  }),
  cases: [16],
  directions: BOTH,
  fits: hasObjects,
  sample: LOCATIONS,
  alter: onFields({
    fits: ({ field, using }) =>
      isWritten(field) && rewritten(field.value, ({ fraction }) => fraction).length !== using.parameters.digits + 1,
    edits: ({ field: { at, value }, using: { parameters } }) => {
      const fraction = '123456789012'.slice(0, parameters.digits);
      return [{ at, set: rewritten(value, ({ to, second, zone }) => `${to}${second}.${fraction}${zone}`) }];
    },
    did: (where, { parameters }) => `${where} was written with ${parameters.digits} decimals`,
    none: 'no date without such a fraction',
  }),
});

const dateImpossible = faultKind({
  kind: 'object.date-impossible',
  family: 'object',
  title: 'Date that does not exist',
  explain: parameters => `Writes ${aimWords(parameters, 'date')} with second ${parameters.second}.`,
  parameters: z.strictObject({
    ...AIM,
    second: z.int().min(60).max(99).default(66).describe('The second that no minute has.'),
  }),
  cases: [16],
  directions: BOTH,
  fits: hasObjects,
  sample: LOCATIONS,
  alter: onFields({
    fits: ({ field }) => isWritten(field),
    edits: ({ field: { at, value }, using: { parameters } }) => [
      { at, set: rewritten(value, ({ to, fraction, zone }) => to + parameters.second + fraction + zone) },
    ],
    did: (where, { parameters }) => `${where} was written with second ${parameters.second}`,
    none: 'no date and time',
  }),
});

const LAST_UPDATED = 'last_updated';
const MOST_SECONDS = 20 * 366 * 86_400;
const Seconds = z.int().min(1).max(MOST_SECONDS).default(86_400);

const lastUpdatedStale = faultKind({
  kind: 'object.last-updated-stale',
  family: 'object',
  title: 'last_updated too old',
  explain: ({ object, seconds }) =>
    `Dates ${objectWords(object)} ${seconds} s before it was updated, as by a partner that changes objects without dating them.`,
  parameters: z.strictObject({
    object: WhichObject,
    seconds: Seconds.describe('How many seconds before it was updated.'),
  }),
  cases: [14],
  directions: BOTH,
  fits: hasObjects,
  sample: LOCATIONS,
  alter: (draft, using) =>
    redated(draft, using, {
      moment: at => at.updated - using.parameters.seconds * 1000,
      did: count => `last_updated of ${count} was moved back by ${using.parameters.seconds} s`,
    }),
});

const lastUpdatedAhead = faultKind({
  kind: 'object.last-updated-ahead',
  family: 'object',
  title: 'last_updated in the future',
  explain: ({ object, seconds }) => `Dates ${objectWords(object)} ${seconds} s from now.`,
  parameters: z.strictObject({ object: WhichObject, seconds: Seconds.describe('How many seconds from now.') }),
  cases: [14],
  directions: BOTH,
  fits: hasObjects,
  sample: LOCATIONS,
  alter: (draft, using) =>
    redated(draft, using, {
      moment: () => using.facts.now + using.parameters.seconds * 1000,
      did: count => `last_updated of ${count} was set ${using.parameters.seconds} s into the future`,
    }),
});

const lastUpdatedTouched = faultKind({
  kind: 'object.last-updated-touched',
  family: 'object',
  title: 'last_updated bumped without a change',
  explain: ({ object }) => `Dates ${objectWords(object)} as of this moment though nothing has changed.`,
  parameters: z.strictObject({ object: WhichObject.default('all') }),
  cases: [14],
  directions: BOTH,
  fits: hasObjects,
  sample: LOCATIONS,
  alter: (draft, using) =>
    redated(draft, using, {
      moment: () => using.facts.now,
      did: count => `last_updated of ${count} was set to this moment`,
    }),
});

const parentNotUpdated = faultKind({
  kind: 'object.parent-not-updated',
  family: 'object',
  title: 'last_updated not bumped on the parent',
  explain: ({ object, seconds }) =>
    `Dates ${objectWords(object)} ${seconds} s before the newest part of it, as if only the part had been dated.`,
  parameters: z.strictObject({
    object: WhichObject,
    seconds: Seconds.default(3_600).describe('How many seconds before its newest part.'),
  }),
  cases: [14],
  directions: BOTH,
  fits: hasObjects,
  sample: LOCATIONS,
  alter: (draft, using) =>
    redated(draft, using, {
      moment: ({ newestPart }) => (newestPart === undefined ? undefined : newestPart - using.parameters.seconds * 1000),
      did: count => `last_updated of ${count} was set before that of the newest part`,
    }),
});

interface Dated {
  readonly updated: number;
  /** The newest of the parts that have a last_updated of their own. */
  readonly newestPart: number | undefined;
}

interface Redating {
  /** Undefined where the object is to be passed over. Milliseconds since the epoch. */
  readonly moment: (at: Dated) => number | undefined;
  readonly did: (objects: string) => string;
}

function redated(
  draft: Draft,
  { parameters, facts, draw }: Using<{ object: WhichObject }>,
  { moment, did }: Redating,
): Altered {
  const contents = contentsOf(draft.message, facts);
  if (contents === undefined) return nothing(NO_OBJECTS);
  const momentOf = (object: MessageObject): number | undefined => {
    const at = datesOf(object);
    const to = at && moment(at);
    return to !== undefined && to >= 0 && to <= LAST_MOMENT ? to : undefined;
  };
  const hit = hitObjects(contents, {
    which: parameters.object,
    draw,
    fits: object => momentOf(object) !== undefined,
  });
  if (hit.length === 0) return nothing('there is no last_updated that could be another one');
  const changes = hit.map(object => ({
    index: object.index,
    edits: [{ at: `/${LAST_UPDATED}`, set: writeDateTime(momentOf(object) ?? 0) }],
  }));
  return altered(changeObjects(draft, contents, changes), did(countWords(hit, contents)));
}

/** The end of year 9999. */
const LAST_MOMENT = 253_402_300_799_000;

function datesOf(object: MessageObject): Dated | undefined {
  const own = object.json[LAST_UPDATED];
  const updated = typeof own === 'string' ? readDateTime(own, '2.1.1').epochMs : undefined;
  if (updated === undefined) return undefined;
  const parts = fieldsOf(object).flatMap(({ name, within, value }) => {
    const isPart = name === LAST_UPDATED && within.at !== '' && typeof value === 'string';
    return isPart ? (readDateTime(value, '2.1.1').epochMs ?? []) : [];
  });
  return { updated, newestPart: parts.length === 0 ? undefined : Math.max(...parts) };
}

export const OBJECT_DATE_KINDS: readonly FaultKind[] = [
  dateWithOffset,
  dateWithoutZone,
  dateWithFraction,
  dateImpossible,
  lastUpdatedStale,
  lastUpdatedAhead,
  lastUpdatedTouched,
  parentNotUpdated,
];
