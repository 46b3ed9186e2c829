import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { idIn, objectIn, periodsIn, timeIn, whereaboutsOf } from '../transactions/fields.ts';

/** An object as it was told at some time. */
export interface KnownText {
  readonly object: JsonObject;
  /** Milliseconds since the epoch: since when it is known so. */
  readonly changedAt: number;
}

/** How an object was at a moment. */
export interface ObjectThen {
  readonly object: JsonObject;
  /** Every text that is known is of later: how it was then nobody can tell. */
  readonly isLater: boolean;
}

/**
 * Of all texts of one object, newest first, the one that was valid at a moment, the oldest where all are of later: prices are as
 * of the start of the session (digest 6.3). Without a moment the newest.
 */
export function textAt(texts: readonly KnownText[], moment: number | undefined): ObjectThen | undefined {
  const [newest] = texts;
  if (newest === undefined) return undefined;
  if (moment === undefined) return { object: newest.object, isLater: false };
  const valid = texts.find(({ object, changedAt }) => (timeIn(object, 'last_updated') ?? changedAt) <= moment);
  if (valid !== undefined) return { object: valid.object, isLater: false };
  return { object: texts.at(-1)?.object ?? newest.object, isLater: true };
}

/** When the session began, or its reservation; milliseconds since the epoch. */
export function startOf(bill: JsonObject): number | undefined {
  return timeIn(bill, 'start_date_time', 'start_datetime');
}

/** Ids of the tariffs its periods name, each once. */
export function namedTariffs(bill: JsonObject): readonly string[] {
  return [...new Set(periodsIn(bill).flatMap(period => idIn(period, 'tariff_id') ?? []))];
}

/** Ids of the tariffs of the connector that was used: `tariff_id` in 2.1.1, `tariff_ids` from 2.2 on. */
export function connectorTariffs(bill: JsonObject, location: JsonObject): readonly string[] {
  return tariffsOfConnector(location, whereaboutsOf(bill));
}

/** Without a connector that is named: of all connectors of the EVSE. */
export function tariffsOfConnector(
  location: JsonObject,
  { evse, connector }: { readonly evse?: string | undefined; readonly connector?: string | undefined },
): readonly string[] {
  const named = (object: JsonObject, field: string, id: string | undefined) =>
    id === undefined || idIn(object, field)?.toLowerCase() === id.toLowerCase();
  if (evse === undefined) return [];
  const connectors = listIn(location, 'evses')
    .filter(one => named(one, 'uid', evse))
    .flatMap(one => listIn(one, 'connectors').filter(plug => named(plug, 'id', connector)));
  const ids = connectors.flatMap(one => {
    const many = one['tariff_ids'];
    if (Array.isArray(many)) return many.filter(id => typeof id === 'string');
    return idIn(one, 'tariff_id') ?? [];
  });
  return [...new Set(ids)];
}

function listIn(object: JsonObject, name: string): readonly JsonObject[] {
  const list = object[name];
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

/** Those meant for how this one pays come first; others stay in their order (digest 6.4, TariffType). */
export function inOrderFor(bill: JsonObject, tariffs: readonly JsonObject[]): readonly JsonObject[] {
  const adHoc = idIn(objectIn(bill, 'cdr_token'), 'type') === 'AD_HOC_USER';
  const rank = (tariff: JsonObject): number => {
    const type = idIn(tariff, 'type');
    if (type === undefined) return 1;
    return type === (adHoc ? 'AD_HOC_PAYMENT' : 'REGULAR') ? 0 : 2;
  };
  return [...tariffs].sort((left, right) => rank(left) - rank(right));
}
