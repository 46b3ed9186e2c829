import { ciEqual } from '../../ocpi/ci-string.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { PartyId } from '../../ocpi/party-id.ts';
import { POWER_QUANTUM } from '../world/course.ts';

/** A plug of ours, found in a location as it is served (2.3.0). */
export interface Place {
  readonly location: JsonObject;
  readonly evse: JsonObject;
  readonly connector: JsonObject;
  readonly owner: PartyId;
  readonly locationId: string;
  readonly evseUid: string;
  readonly connectorId: string;
  readonly status: string;
  readonly capabilities: readonly string[];
  readonly tariffIds: readonly string[];
  readonly timeZone: string | undefined;
  /** Of the plug. */
  readonly power: Power;
}

export interface Power {
  readonly powerType: 'AC_1_PHASE' | 'AC_3_PHASE' | 'DC';
  readonly volts: number;
  readonly phases: number;
  readonly watts: number;
}

/** Statuses of an EVSE that is there, whatever it does at present. */
const STANDING = new Set(['AVAILABLE', 'BLOCKED', 'CHARGING', 'INOPERATIVE', 'OUTOFORDER', 'RESERVED', 'UNKNOWN']);

/** Every plug of a location that is there. What a partner could not use either is left out. */
export function placesOf(location: JsonObject): Place[] {
  const { id, country_code: countryCode, party_id: partyId, time_zone: zone } = location;
  if (typeof id !== 'string' || typeof countryCode !== 'string' || typeof partyId !== 'string') return [];
  return objectsIn(location['evses']).flatMap(evse => {
    const { uid, status } = evse;
    if (typeof uid !== 'string' || typeof status !== 'string' || !STANDING.has(status)) return [];
    return objectsIn(evse['connectors']).flatMap(connector => {
      const connectorId = connector['id'];
      if (typeof connectorId !== 'string') return [];
      return {
        location,
        evse,
        connector,
        owner: { countryCode, partyId },
        locationId: id,
        evseUid: uid,
        connectorId,
        status,
        capabilities: textsIn(evse['capabilities']),
        tariffIds: textsIn(connector['tariff_ids']),
        timeZone: typeof zone === 'string' ? zone : undefined,
        power: powerOf(connector),
      };
    });
  });
}

export interface PlaceAsked {
  readonly evse?: string | undefined;
  readonly connector?: string | undefined;
}

/** Those of the EVSE and connector asked for; of all of them where nothing was asked. */
export function narrowed(places: readonly Place[], { evse, connector }: PlaceAsked): Place[] {
  return places.filter(
    place =>
      (evse === undefined || ciEqual(place.evseUid, evse)) &&
      (connector === undefined || ciEqual(place.connectorId, connector)),
  );
}

function powerOf(connector: JsonObject): Power {
  const { power_type: type, max_voltage: voltage, max_amperage: amperage, max_electric_power: most } = connector;
  const phases = type === 'AC_3_PHASE' ? 3 : typeof type === 'string' && type.startsWith('AC_2') ? 2 : 1;
  const volts = numberOr(voltage, 230);
  const watts = numberOr(most, volts * numberOr(amperage, 16) * phases);
  return {
    powerType: type === 'DC' ? 'DC' : phases === 1 ? 'AC_1_PHASE' : 'AC_3_PHASE',
    volts,
    phases,
    watts: Math.max(POWER_QUANTUM, watts),
  };
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value > 0 ? value : otherwise;
}

export function objectsIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}
