import type { CatalogueEntry } from '../../ocpi/catalogue.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { Message } from '../draft.ts';
import { type Payload, payloadOf } from './envelope.ts';

export interface CredentialsPayload extends Payload {
  readonly json: JsonObject;
}

export const NO_CREDENTIALS = 'there is no credentials object';

/** The credentials object of a message; undefined where there is none. */
export function credentialsIn(message: Message): CredentialsPayload | undefined {
  const payload = payloadOf(message);
  return payload !== undefined && isJsonObject(payload.json) ? { ...payload, json: payload.json } : undefined;
}

/** For `fits`: a credentials object crosses, one way or the other. */
export function holdsCredentials({ module, method }: CatalogueEntry): boolean {
  return module === 'credentials' && method !== 'DELETE';
}
