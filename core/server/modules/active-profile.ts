import { ciEqual, ciKey } from '../../ocpi/ci-string.ts';
import { writeDateTime } from '../../ocpi/date-time.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { OwnData } from '../own-data.ts';
import type { AskedProfile } from '../simulation.ts';

type OfSession = Pick<AskedProfile, 'linkId' | 'session' | 'profile'>;

/** Charging profiles that were accepted, by link and session; the oldest are forgotten. */
export interface SetProfiles {
  get(of: OfSession): JsonObject | undefined;
  set(of: OfSession): void;
  clear(of: OfSession): void;
}

const MOST_PROFILES = 1000;

export function createSetProfiles(): SetProfiles {
  const profiles = new Map<string, JsonObject>();
  const keyOf = ({ linkId, session }: OfSession) => ciKey(`${linkId} ${session}`);
  return {
    get: of => profiles.get(keyOf(of)),
    set: of => {
      if (of.profile === undefined) return;
      profiles.delete(keyOf(of));
      profiles.set(keyOf(of), of.profile);
      const [oldest] = profiles.keys();
      if (profiles.size > MOST_PROFILES && oldest !== undefined) profiles.delete(oldest);
    },
    clear: of => void profiles.delete(keyOf(of)),
  };
}

interface Known {
  readonly set: JsonObject | undefined;
  readonly data: Pick<OwnData, 'get'>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * ActiveChargingProfile: the one that was set, else what the connector of the session can give (digest 6.7). Undefined where
 * the session is none of ours, so that nothing is known of it.
 */
export function activeProfile(asked: AskedProfile, { set, data, now }: Known): JsonObject | undefined {
  const watts = set === undefined ? capacityOf(asked, data) : undefined;
  if (set === undefined && watts === undefined) return undefined;
  const { duration } = asked;
  const most = {
    ...(duration !== undefined && { duration }),
    charging_rate_unit: 'W',
    charging_profile_period: [{ start_period: 0, limit: watts }],
  };
  return { start_date_time: writeDateTime(now), charging_profile: set ?? most };
}

function capacityOf({ version, caller, session }: AskedProfile, data: Pick<OwnData, 'get'>): number | undefined {
  const found = parsed(data.get({ module: 'sessions', version, caller, id: session }));
  const id = found?.['location_id'];
  if (typeof id !== 'string') return undefined;
  const location = parsed(data.get({ module: 'locations', version, caller, id }));
  const evse = elementOf(location?.['evses'], 'uid', found?.['evse_uid']);
  const connector = elementOf(evse?.['connectors'], 'id', found?.['connector_id']);
  const { max_electric_power: watts, max_voltage: volts, max_amperage: amperes, power_type: type } = connector ?? {};
  if (typeof watts === 'number') return watts;
  if (typeof volts !== 'number' || typeof amperes !== 'number') return undefined;
  return volts * amperes * (type === 'AC_3_PHASE' ? 3 : type === 'AC_2_PHASE' ? 2 : 1);
}

function parsed(text: string | undefined): JsonObject | undefined {
  const json: unknown = text === undefined ? undefined : JSON.parse(text);
  return isJsonObject(json) ? json : undefined;
}

function elementOf(list: unknown, field: string, id: unknown): JsonObject | undefined {
  if (!Array.isArray(list) || typeof id !== 'string') return undefined;
  return list.find((one): one is JsonObject => {
    const value = isJsonObject(one) ? one[field] : undefined;
    return typeof value === 'string' && ciEqual(value, id);
  });
}
