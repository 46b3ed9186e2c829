import type { SuggestedValue } from '../../../ui/suggest-field.tsx';

/** Reading what a partner sent, which may be anything: what is not as expected is not there. */
function textAt(value: unknown, name: string): string | undefined {
  const found = memberOf(value, name);
  return typeof found === 'string' && found !== '' ? found : typeof found === 'number' ? String(found) : undefined;
}

function listAt(value: unknown, name: string): readonly unknown[] {
  const found = memberOf(value, name);
  return Array.isArray(found) ? found : [];
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** EVSEs of a location by uid, with status and the id that stands on them. */
export function evseChoices(location: unknown): readonly SuggestedValue[] {
  return listAt(location, 'evses').flatMap(evse => choice(evse, 'uid', ['status', 'evse_id']));
}

/** Connectors of one EVSE. */
export function connectorChoices(location: unknown, uid: string): readonly SuggestedValue[] {
  const evse = listAt(location, 'evses').find(one => textAt(one, 'uid')?.toLowerCase() === uid.toLowerCase());
  return listAt(evse, 'connectors').flatMap(connector => choice(connector, 'id', ['standard', 'power_type']));
}

function choice(object: unknown, name: string, hints: readonly string[]): SuggestedValue[] {
  const value = textAt(object, name);
  if (value === undefined) return [];
  const hint = hints.flatMap(one => textAt(object, one) ?? []).join(' · ');
  return [{ value, ...(hint !== '' && { hint }) }];
}

/** `ACTIVE · 12.4 kWh · LOC1`; 2.1.1 has the location whole. */
export function sessionHint(session: unknown): string {
  const kwh = textAt(session, 'kwh');
  const location = textAt(session, 'location_id') ?? textAt(memberOf(session, 'location'), 'id');
  return [textAt(session, 'status'), kwh === undefined ? undefined : `${kwh} kWh`, location]
    .filter(Boolean)
    .join(' · ');
}

/** `RFID · NL-TNM-C12345678-X · valid`; 2.1.1 calls the contract `auth_id`. */
export function tokenHint(token: unknown): string {
  const contract = textAt(token, 'contract_id') ?? textAt(token, 'auth_id');
  return [textAt(token, 'type'), contract, textAt(token, 'issuer')].filter(Boolean).join(' · ');
}

/** `Havenstraat · Rotterdam`. */
export function placeHint(location: unknown): string {
  return [textAt(location, 'name'), textAt(location, 'city')].filter(Boolean).join(' · ');
}
