import * as z from 'zod';
import { cutJson } from '../../ocpi/json-cut.ts';
import { altered, nothing, onAnswer } from '../editing/altered.ts';
import { JSON_TYPE, withAnswer } from '../editing/answers.ts';
import { envelopeBody, NO_ENVELOPE } from '../editing/envelope.ts';
import { editJson, type JsonEdit, type ObjectBody, withJson } from '../editing/json.ts';
import { NO_PARAMETERS, OcpiStatus } from '../editing/parameters.ts';
import { type FaultKind, faultKind } from '../kind.ts';
import { BODY_KINDS } from './envelope-bodies.ts';
import { STATUS_KINDS } from './envelope-statuses.ts';

const LIST = { operation: 'locations.list', version: '2.2.1', direction: 'answer' } as const;

interface FieldFault {
  readonly kind: `envelope.${string}`;
  readonly title: string;
  readonly explain: string;
  readonly cases: readonly number[];
  readonly fits?: NonNullable<FaultKind['fits']>;
  /** What to change; or why nothing is. */
  readonly edit: (
    envelope: ObjectBody,
  ) => { readonly edit: JsonEdit; readonly did: string } | { readonly nothing: string };
}

/** A kind that changes one field of the envelope, and no other byte. */
function fieldFault({ edit, explain, ...kind }: FieldFault): FaultKind {
  return faultKind({
    ...kind,
    family: 'envelope',
    explain: () => explain,
    parameters: NO_PARAMETERS,
    directions: ['answer'],
    sample: LIST,
    alter: onAnswer((message, draft) => {
      const envelope = envelopeBody(message);
      if (envelope === undefined) return nothing(NO_ENVELOPE);
      const found = edit(envelope);
      if ('nothing' in found) return found;
      return altered(withJson(draft, editJson(envelope.text, [found.edit])), found.did);
    }),
  });
}

/** A field that is left out. */
function missing(field: 'status_code' | 'timestamp' | 'data', title: string): FaultKind {
  return fieldFault({
    kind: `envelope.${field.replace('_', '-')}-missing`,
    title,
    explain: `The envelope has no ${field}.`,
    cases: [],
    edit: ({ json }) =>
      Object.hasOwn(json, field)
        ? { edit: { at: `/${field}`, drop: true }, did: `${field} was left out of the envelope` }
        : { nothing: `the envelope has no ${field} anyway` },
  });
}

const statusCodeText = fieldFault({
  kind: 'envelope.status-code-text',
  title: 'status_code as text',
  explain: 'The status code of the envelope is a text, "1000", where it is a number.',
  cases: [],
  edit: ({ text, json }) =>
    typeof json['status_code'] === 'number'
      ? {
          edit: { at: '/status_code', set: cutJson(text, '/status_code') },
          did: 'status_code was written as a text',
        }
      : { nothing: 'the envelope has no status code that is a number' },
});

const dataNull = fieldFault({
  kind: 'envelope.data-null',
  title: 'data is null',
  explain: 'The data of the envelope is null.',
  cases: [],
  edit: ({ json }) =>
    json['data'] === null
      ? { nothing: 'data is null anyway' }
      : { edit: { at: '/data', set: null }, did: 'data was replaced with null' },
});

const dataEmptyList = fieldFault({
  kind: 'envelope.data-empty-list',
  title: 'data is an empty list',
  explain: 'The data of the envelope is [], with a code that says success.',
  cases: [],
  edit: ({ json: { data } }) =>
    Array.isArray(data) && data.length === 0
      ? { nothing: 'data is an empty list anyway' }
      : { edit: { at: '/data', set: [] }, did: 'data was replaced with []' },
});

const dataObject = fieldFault({
  kind: 'envelope.data-object',
  title: 'data is an object where a list is due',
  explain: 'The data of the envelope is the first object of the list, or {} where the list is empty.',
  cases: [],
  fits: ({ items, id }) => items !== undefined || id === 'versions.list',
  edit: ({ text, json: { data } }) =>
    Array.isArray(data)
      ? {
          edit: { at: '/data', text: cutJson(text, '/data/0') ?? '{}' },
          did: 'the list in data was replaced with one object',
        }
      : { nothing: 'data is no list' },
});

const bareData = faultKind({
  kind: 'envelope.bare-data',
  family: 'envelope',
  title: 'data without its envelope',
  explain: () => 'What is due in data is sent bare, without an envelope around it.',
  parameters: NO_PARAMETERS,
  cases: [19],
  directions: ['answer'],
  sample: LIST,
  alter: onAnswer((message, draft) => {
    const envelope = envelopeBody(message);
    const data = envelope && cutJson(envelope.text, '/data');
    return data === undefined
      ? nothing('there is no envelope with data')
      : altered(withJson(draft, data), 'data was sent without its envelope');
  }),
});

const errorWithEmptyList = faultKind({
  kind: 'envelope.error-with-empty-list',
  family: 'envelope',
  title: '200 with 3000 and an empty list',
  explain: ({ code }) => `HTTP 200 with OCPI ${code} and "data": [], which many take for an empty list.`,
  parameters: z.strictObject({
    code: OcpiStatus.default(3000).describe('The status code of the envelope.'),
  }),
  cases: [18],
  directions: ['answer'],
  fits: ({ items, id }) => items !== undefined || id === 'versions.list',
  sample: LIST,
  alter: onAnswer((message, draft, { parameters: { code } }) => {
    const envelope = envelopeBody(message);
    if (envelope === undefined) return nothing(NO_ENVELOPE);
    const text = editJson(envelope.text, [
      { at: '/data', set: [] },
      { at: '/status_code', set: code },
      { at: '/status_message', set: code === 3000 ? 'Generic server error' : 'Error' },
    ]);
    const answer = { status: 200, content: { text, type: JSON_TYPE } };
    return altered(withAnswer(draft, message, answer), `it was answered HTTP 200 with OCPI ${code} and an empty list`);
  }),
});

const noContent = faultKind({
  kind: 'envelope.no-content',
  family: 'envelope',
  title: '204 without a body',
  explain: ({ status }) => `HTTP ${status} without a body, where an envelope is due; what was asked for is done.`,
  parameters: z.strictObject({
    status: z.enum(['200', '201', '204']).default('204').describe('The HTTP status.'),
  }),
  cases: [],
  directions: ['answer'],
  sample: { ...LIST, operation: 'locations.put' },
  alter: onAnswer((message, draft, { parameters: { status } }) =>
    message.status === Number(status) && message.body.length === 0
      ? nothing('the answer has no body anyway')
      : altered(
          withAnswer(draft, message, { status: Number(status), content: undefined }),
          `it was answered HTTP ${status} without a body`,
        ),
  ),
});

export const ENVELOPE_KINDS: readonly FaultKind[] = [
  missing('status_code', 'No status_code'),
  missing('timestamp', 'No timestamp'),
  missing('data', 'No data'),
  statusCodeText,
  dataNull,
  dataEmptyList,
  dataObject,
  bareData,
  errorWithEmptyList,
  noContent,
  ...BODY_KINDS,
  ...STATUS_KINDS,
];
