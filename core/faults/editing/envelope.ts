import { isJsonObject } from '../../ocpi/json-value.ts';
import type { Draft, Message } from '../draft.ts';
import type { Altered } from '../kind.ts';
import { altered, nothing } from './altered.ts';
import { editJson, type JsonEdit, type ObjectBody, objectBody, withJson } from './json.ts';

/** An answer's body that is an envelope: it has a status code or data. */
export function envelopeBody(message: Pick<Message, 'headers' | 'body'>): ObjectBody | undefined {
  const body = objectBody(message);
  return body !== undefined && ('status_code' in body.json || 'data' in body.json) ? body : undefined;
}

/** Why there is no envelope to work on: the end of a sentence. */
export const NO_ENVELOPE = 'the body is no envelope';

/** The OCPI status code, where it is a number. */
export function ocpiStatus({ json }: ObjectBody): number | undefined {
  const { status_code: code }: { readonly status_code?: unknown } = json;
  return typeof code === 'number' ? code : undefined;
}

/**
 * What a message is about: `data` of an answer's envelope, the body of a request. `at` is the pointer to it in the text,
 * empty for the whole body.
 */
export interface Payload {
  readonly text: string;
  readonly at: '' | '/data';
  readonly json: unknown;
}

/** Undefined where there is no JSON, and of answers where there is no data. */
export function payloadOf(message: Message): Payload | undefined {
  if (message.side === 'answer') {
    const body = envelopeBody(message);
    if (body === undefined || !('data' in body.json)) return undefined;
    return { text: body.text, at: '/data', json: body.json['data'] };
  }
  const body = objectBody(message);
  return body === undefined ? undefined : { text: body.text, at: '', json: body.json };
}

/** The elements of a list that are objects, with their index. */
export function objectsIn(
  list: unknown,
): readonly { readonly index: number; readonly json: Record<string, unknown> }[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((json: unknown, index) => (isJsonObject(json) ? [{ index, json: { ...json } }] : []));
}

/** Edits what the message is about; `none` tells why where there are no changes to make. */
export function editPayload(
  draft: Draft,
  made: { readonly edits: readonly JsonEdit[]; readonly did: string; readonly none: string },
): Altered {
  const payload = payloadOf(draft.message);
  if (payload === undefined || made.edits.length === 0) return nothing(made.none);
  return altered(withJson(draft, editJson(payload.text, made.edits)), made.did);
}
