import * as z from 'zod';
import { cutJson } from '../../ocpi/json-cut.ts';
import { AIM, aimWords, counted } from '../editing/aim.ts';
import { type Field, isId } from '../editing/fields.ts';
import { hasObjects } from '../editing/fitting.ts';
import { onFields } from '../editing/on-fields.ts';
import { type FaultKind, faultKind } from '../kind.ts';

const BOTH = ['answer', 'send'] as const;
const LOCATIONS = { operation: 'locations.list', version: '2.2.1', direction: 'answer' } as const;

const requiredMissing = faultKind({
  kind: 'object.required-missing',
  family: 'object',
  title: 'Required field missing',
  explain: parameters => `Leaves out ${aimWords(parameters, 'required field')}.`,
  parameters: z.strictObject(AIM),
  cases: [25, 27],
  directions: BOTH,
  fits: hasObjects,
  sample: LOCATIONS,
  alter: onFields({
    fits: ({ field: { required, isElement, value } }) => required && !isElement && value !== undefined,
    edits: ({ field: { at } }) => [{ at, drop: true }],
    did: where => `${where} was left out`,
    none: 'no required field',
  }),
});

const optionalNull = faultKind({
  kind: 'object.optional-null',
  family: 'object',
  title: 'Optional field null',
  explain: parameters => `Sends null for ${aimWords(parameters, 'optional field')}.`,
  parameters: z.strictObject(AIM),
  cases: [27],
  directions: BOTH,
  fits: hasObjects,
  sample: LOCATIONS,
  alter: onFields({
    // In the body of a PATCH nothing is required, but it still has to say which object it is about, and when it changed.
    fits: ({ field }) =>
      !field.required && !field.isElement && field.value !== null && !isId(field) && field.name !== 'last_updated',
    edits: ({ field: { at } }) => [{ at, set: null }],
    did: where => `${where} was sent as null`,
    none: 'no optional field',
  }),
});

const unknownEnum = faultKind({
  kind: 'object.unknown-enum',
  family: 'object',
  title: 'Enum value nobody knows',
  explain: parameters => `Sends ${parameters.value} for ${aimWords(parameters, 'enum')}.`,
  parameters: z.strictObject({
    ...AIM,
    value: z.string().max(200).default('NOT_IN_THE_LIST').describe('What is sent instead of a value of the list.'),
  }),
  cases: [25],
  directions: BOTH,
  fits: hasObjects,
  sample: LOCATIONS,
  alter: onFields({
    fits: ({ field: { definition, value }, using }) =>
      definition.kind === 'enum' &&
      typeof value === 'string' &&
      value !== using.parameters.value &&
      // In the open enums of 2.3.0 an unknown value is none of anybody's faults.
      (definition.unknown !== 'accept' || using.parameters.field !== ''),
    edits: ({ field: { at }, using }) => [{ at, set: using.parameters.value }],
    did: (where, { parameters }) => `${where} was set to ${parameters.value}`,
    none: 'no closed enum',
  }),
});

const numberAsText = faultKind({
  kind: 'object.number-as-text',
  family: 'object',
  title: 'Number as text',
  explain: parameters => `Puts quotes around ${aimWords(parameters, 'number')}.`,
  parameters: z.strictObject(AIM),
  cases: [25],
  directions: BOTH,
  fits: hasObjects,
  sample: { operation: 'tariffs.list', version: '2.2.1', direction: 'answer' },
  alter: onFields({
    fits: ({ field: { definition, value } }) =>
      (definition.kind === 'number' || definition.kind === 'int') && typeof value === 'number',
    edits: ({ field: { at, value }, text }) => [{ at, set: cutJson(text(), at) ?? String(value) }],
    did: where => `${where} was sent as text`,
    none: 'no number',
  }),
});

const LONGEST_URL = 255;

const textTooLong = faultKind({
  kind: 'object.text-too-long',
  family: 'object',
  title: 'Text longer than allowed',
  explain: parameters =>
    `Makes ${aimWords(parameters, 'text')} ${counted(parameters.by, 'character')} longer than its table allows.`,
  parameters: z.strictObject({
    ...AIM,
    by: z.int().min(1).max(100_000).default(1).describe('Characters more than the table allows.'),
  }),
  cases: [26],
  directions: BOTH,
  fits: hasObjects,
  sample: LOCATIONS,
  alter: onFields({
    // Who an object is stays as it was unless an id is asked for by name.
    fits: ({ field, using }) =>
      typeof field.value === 'string' &&
      longest(field) !== undefined &&
      (using.parameters.field !== '' || !isId(field)),
    edits: ({ field, using }) => {
      const length = (longest(field) ?? 0) + using.parameters.by;
      return [{ at: field.at, set: Array.from(String(field.value)).slice(0, length).join('').padEnd(length, 'x') }];
    },
    did: (where, { parameters }) => `${where} was made ${counted(parameters.by, 'character')} too long`,
    none: 'no text with a longest length',
  }),
});

/** In characters; undefined where the table says none, and of secrets. */
function longest({ definition }: Pick<Field, 'definition'>): number | undefined {
  if (definition.kind === 'url') return LONGEST_URL;
  return definition.kind === 'text' && !definition.secret ? definition.maxLength : undefined;
}

export const OBJECT_FIELD_KINDS: readonly FaultKind[] = [
  requiredMissing,
  optionalNull,
  unknownEnum,
  numberAsText,
  textTooLong,
];
