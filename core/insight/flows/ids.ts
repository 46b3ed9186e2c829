import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { Reading } from '../reading.ts';
import { type Flow, linkKey, objectsIn } from './flow.ts';
import { createRecent } from './recent.ts';

const MOST_IDS = 50_000;

interface Named {
  readonly kind: 'location' | 'EVSE' | 'token' | 'session' | 'tariff' | 'CDR';
  readonly id: string;
  readonly pointer: string;
}

/** Placeholders of paths, and what they name. */
const IN_PATHS: Readonly<Record<string, Named['kind']>> = {
  location_id: 'location',
  evse_uid: 'EVSE',
  token_uid: 'token',
  session_id: 'session',
  tariff_id: 'tariff',
};
const OF_MODULES: Readonly<Record<string, Named['kind']>> = {
  locations: 'location',
  sessions: 'session',
  cdrs: 'CDR',
  tariffs: 'tariff',
  tokens: 'token',
};

/** Case 23: an id that was written in one way before comes in other upper and lower case, on the same link. */
export function createIdFlow(): Flow {
  const known = createRecent<string>(MOST_IDS);
  return {
    see(reading, say) {
      const link = linkKey(reading.observed);
      for (const { kind, id, pointer } of namesIn(reading)) {
        const key = `${link} ${kind} ${id.toLowerCase()}`;
        const before = known.get(key);
        known.set(key, before ?? id);
        if (before === undefined || before === id) continue;
        say(reading.observed.id, 'id.case-changed', { pointer, met: `${kind} ${id}`, expected: before });
        return;
      }
    },
  };
}

function namesIn(reading: Reading): Named[] {
  const { params, body, entry } = reading;
  const names: Named[] = [];
  for (const [param, kind] of Object.entries(IN_PATHS)) {
    const id = params[param];
    if (id !== undefined && id !== '') names.push({ kind, id, pointer: 'url' });
  }
  if (entry === undefined) return names;
  if (isJsonObject(body?.view)) names.push(...namesOf(body.view, entry.id, ''));
  const inList = Array.isArray(reading.answer?.data);
  objectsIn(reading).forEach((object, at) => {
    names.push(...namesOf(object, entry.id, inList ? `/data/${at}` : '/data'));
  });
  return names;
}

function namesOf(object: JsonObject, operation: string, pointer: string): Named[] {
  const [module = ''] = operation.split('.');
  const kind = OF_MODULES[module];
  const names: Named[] = [];
  const add = (of: Named['kind'], value: unknown, place: string) => {
    if (typeof value === 'string' && value !== '' && value !== '#NA')
      names.push({ kind: of, id: value, pointer: pointer + place });
  };
  const isPart = /evse|connector/.test(operation);
  if (kind !== undefined && !isPart)
    add(kind, object['id'] ?? object['uid'], object['id'] === undefined ? '/uid' : '/id');
  if (operation.endsWith('-evse')) add('EVSE', object['uid'], '/uid');
  if (Array.isArray(object['evses'])) {
    object['evses'].forEach((evse: unknown, at) => {
      if (isJsonObject(evse)) add('EVSE', evse['uid'], `/evses/${at}/uid`);
    });
  }
  for (const field of ['location_id', 'evse_uid', 'session_id'] as const)
    add(IN_PATHS[field] ?? 'location', object[field], `/${field}`);
  for (const field of ['cdr_token', 'token']) {
    const token = object[field];
    if (isJsonObject(token)) add('token', token['uid'], `/${field}/uid`);
  }
  const place = object['cdr_location'];
  if (isJsonObject(place)) {
    add('location', place['id'], '/cdr_location/id');
    add('EVSE', place['evse_uid'], '/cdr_location/evse_uid');
  }
  return names;
}
