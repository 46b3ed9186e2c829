import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { Caller } from '../caller.ts';
import type { OcpiRequest } from '../responder.ts';
import type { AskedAuthorization, AskedCommand, AskedProfile } from '../simulation.ts';

// What a partner asks, as one sentence for the operator who decides. Ids stand as they were sent.

export function commandWords(caller: Caller, { command, body }: Pick<AskedCommand, 'command' | 'body'>): string {
  return `${who(caller)} asks to ${WORDS[command](body)}`;
}

const WORDS: Readonly<Record<AskedCommand['command'], (body: JsonObject) => string>> = {
  START_SESSION: body => `start a session at ${placeOf(body)} with token ${tokenOf(body)}`,
  STOP_SESSION: body => `stop session ${text(body['session_id'])}`,
  RESERVE_NOW: body =>
    `reserve ${placeOf(body)} until ${text(body['expiry_date'])} for token ${tokenOf(body)} (reservation ${text(body['reservation_id'])})`,
  CANCEL_RESERVATION: body => `cancel reservation ${text(body['reservation_id'])}`,
  UNLOCK_CONNECTOR: body => `unlock the connector at ${placeOf(body)}`,
};

export function profileWords(caller: Caller, { what, session, duration }: AskedProfile): string {
  const whose = `session ${session}`;
  if (what === 'set') return `${who(caller)} asks to set a charging profile for ${whose}`;
  if (what === 'clear') return `${who(caller)} asks to clear the charging profile of ${whose}`;
  return `${who(caller)} asks for the charging profile of ${whose} for ${duration} seconds`;
}

export function preferencesWords(caller: Caller, session: string, preferences: JsonObject): string {
  return `${who(caller)} asks to charge in session ${session} with the preference ${text(preferences['profile_type'])}`;
}

export function authorizationWords(caller: Caller, asked: Pick<AskedAuthorization, 'uid' | 'type' | 'location'>) {
  const { uid, type, location } = asked;
  const evses = Array.isArray(location?.['evse_uids']) ? location['evse_uids'].map(text) : [];
  const place = location === undefined ? '' : ` at ${[text(location['location_id']), ...evses].join(', ')}`;
  return `${who(caller)} asks whether token ${uid} (${type}) may charge${place}`;
}

/** `volta asks to put session S1 of NL-TNM`: the kind of object from the words of its catalogue entry. */
export function objectWords({
  entry,
  caller,
  params,
  body,
}: Pick<OcpiRequest, 'entry' | 'caller' | 'params' | 'body'>) {
  const [kind = entry.module, verb = entry.method.toLowerCase()] = entry.words.split(', ');
  const { country_code: country, party_id: party, ...ids } = params;
  const own = isJsonObject(body?.view) ? body.view['id'] : undefined;
  const named = Object.values(ids).join(', ') || (typeof own === 'string' ? own : '');
  const owner = country === undefined || party === undefined ? '' : ` of ${country}-${party}`;
  return `${who(caller)} asks to ${verb} ${kind}${named === '' ? '' : ` ${named}`}${owner}`;
}

function who({ linkName }: Caller): string {
  return linkName ?? 'a partner';
}

function placeOf({ location_id: location, evse_uid: evse, connector_id: connector }: JsonObject): string {
  return [location, evse, connector].flatMap(id => (typeof id === 'string' ? [id] : [])).join(', ');
}

function tokenOf({ token }: JsonObject): string {
  return isJsonObject(token) ? text(token['uid']) : 'of no uid';
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'unknown';
}
