import { convertObject } from '../../ocpi/convert/convert.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { type PartyId, parsePartyId } from '../../ocpi/party-id.ts';
import type { Version } from '../../ocpi/versions.ts';
import { billFor } from '../world/bill.ts';
import { costPart, totalsPart } from '../world/cdrs.ts';
import { writeMoment } from '../world/moments.ts';
import { kilowattHours } from '../world/money.ts';
import { type Period, periodsOf } from '../world/periods.ts';
import { writePeriod22, writePrice230 } from '../world/sessions.ts';
import type { Pricing } from '../world/tariff-book.ts';
import { type Charge, energyOf } from './charge.ts';
import { narrowed, placesOf } from './place.ts';
import { pricingOf, UNPRICED } from './pricing.ts';

/** The session as it is now (2.3.0; digest 6.2). Periods are only ever added to, so that a PATCH can append the new ones. */
export function sessionOf(charge: Charge): JsonObject {
  const pricing = pricingFor(charge);
  const periods = periodsFor(charge, pricing);
  const costs = pricing !== undefined && periods.length > 0;
  return {
    ...ownerOf(charge),
    id: charge.id,
    start_date_time: writeMoment(charge.start),
    ...(charge.end === undefined ? {} : { end_date_time: writeMoment(charge.end) }),
    kwh: kilowattHours(energyOf(charge)),
    cdr_token: charge.token,
    auth_method: charge.authMethod,
    ...referenceOf(charge),
    location_id: charge.location,
    evse_uid: charge.evse,
    connector_id: charge.connector,
    currency: charge.currency,
    charging_periods: periods.map(period => writePeriod(period, charge, sessionDimensions(period))),
    ...(costs && { total_cost: writePrice230(billFor(periods, pricing, { limits: true }).total, pricing) }),
    status: charge.status,
    last_updated: writeMoment(charge.updatedAt),
  };
}

export interface CdrFacts {
  readonly id: string;
  /** The location as it is served (2.3.0); absent where it is gone. */
  readonly location: JsonObject | undefined;
  /** Seconds since the epoch. */
  readonly now: number;
}

/** The CDR of a session that is over (2.3.0; digest 6.3): tariff and periods as in the session. */
export function cdrOf(charge: Charge, { id, location, now }: CdrFacts): JsonObject {
  const pricing = pricingFor(charge) ?? UNPRICED;
  const periods = periodsFor(charge, pricing);
  const bill = billFor(periods, pricing, { limits: true });
  return {
    ...ownerOf(charge),
    id,
    start_date_time: writeMoment(charge.start),
    end_date_time: writeMoment(charge.end ?? charge.at),
    session_id: charge.id,
    cdr_token: charge.token,
    auth_method: charge.authMethod,
    ...referenceOf(charge),
    cdr_location: cdrLocationOf(charge, location),
    currency: charge.currency,
    ...(charge.tariff === undefined ? {} : { tariffs: [charge.tariff] }),
    charging_periods: periods.map(period =>
      writePeriod(period, charge, period.watts > 0 ? [{ type: 'MAX_POWER', volume: period.watts / 1000 }] : []),
    ),
    ...totalsPart(periods),
    ...costPart(bill, amount => writePrice230(amount, pricing)),
    ...(charge.paidByCard ? { invoice_reference_id: `INV-${id.slice(0, 30)}` } : {}),
    last_updated: writeMoment(Math.floor(now)),
  };
}

/** Where objects of another version are made of those of 2.3.0. */
export interface Wording {
  readonly version: Version;
  readonly owner: PartyId;
  /** A location of ours in 2.1.1, of which sessions hold a part. */
  readonly location: (id: string) => JsonObject | undefined;
}

/** Undefined where what it is made of (our location, our tariff) cannot be written in that version. */
export function sessionIn(session: JsonObject, { version, owner, location }: Wording): JsonObject | undefined {
  return convertObject(session, { module: 'sessions', from: '2.3.0', to: version, owner, location });
}

/** In 2.1.1 with the same part of the location as its session. */
export function cdrIn(cdr: JsonObject, session: JsonObject, wording: Wording): JsonObject | undefined {
  const { version, owner } = wording;
  const converted = convertObject(cdr, { module: 'cdrs', from: '2.3.0', to: version, owner });
  if (converted === undefined || version !== '2.1.1') return converted;
  const used = sessionIn(session, wording)?.['location'];
  return used === undefined ? converted : { ...converted, location: used };
}

function periodsFor(charge: Charge, pricing: Pricing | undefined): Period[] {
  return periodsOf(charge.steps, charge.start, pricing ?? UNPRICED);
}

/** Without a tariff nothing is said of costs: an absent cost is not free (digest 6.2). */
function pricingFor({ tariff, party, timeZone, start }: Charge): Pricing | undefined {
  if (tariff === undefined) return undefined;
  const key = `${timeZone} ${Math.floor(start / 3600)}`;
  const known = pricings.get(tariff) ?? new Map<string, Pricing>();
  const pricing = known.get(key) ?? pricingOf(tariff, { owner: partyOf(party), timeZone, at: start });
  pricings.set(tariff, known.set(key, pricing));
  return pricing;
}

/** Of one tariff for all the charges that have it: read once for a zone and an hour. */
const pricings = new WeakMap<JsonObject, Map<string, Pricing>>();

function writePeriod(period: Period, { tariff }: Charge, extra: Parameters<typeof writePeriod22>[2]) {
  const id = tariff?.['id'];
  const { tariff_id, ...written } = writePeriod22(period, { id: typeof id === 'string' ? id : '' }, extra);
  return tariff_id === '' ? written : { ...written, tariff_id };
}

function sessionDimensions({ watts, stateOfCharge }: Period): Parameters<typeof writePeriod22>[2] {
  return [
    ...(watts > 0 ? [{ type: 'POWER', volume: watts / 1000 } as const] : []),
    ...(stateOfCharge === undefined ? [] : [{ type: 'STATE_OF_CHARGE', volume: stateOfCharge } as const]),
  ];
}

function cdrLocationOf({ location: id, evse, connector }: Charge, location: JsonObject | undefined): JsonObject {
  const place = location && narrowed(placesOf(location), { evse, connector })[0];
  const text = (field: string, most: number) => {
    const value = location?.[field];
    return typeof value === 'string' ? value.slice(0, most) : undefined;
  };
  const optional = (field: string, most: number) => {
    const value = text(field, most);
    return value === undefined ? {} : { [field]: value };
  };
  const coordinates = location?.['coordinates'];
  const { latitude = '0.00000', longitude = '0.00000' } = isJsonObject(coordinates) ? coordinates : {};
  return {
    id,
    ...optional('name', 255),
    address: text('address', 45) ?? NOT_KNOWN,
    city: text('city', 45) ?? NOT_KNOWN,
    ...optional('postal_code', 10),
    ...optional('state', 20),
    country: text('country', 3) ?? NOT_KNOWN,
    coordinates: { latitude, longitude },
    evse_uid: evse,
    evse_id: place?.evse['evse_id'] ?? NOT_KNOWN,
    connector_id: connector,
    connector_standard: place?.connector['standard'] ?? 'IEC_62196_T2',
    connector_format: place?.connector['format'] ?? 'SOCKET',
    connector_power_type: place?.connector['power_type'] ?? 'AC_1_PHASE',
  };
}

/** What is required and cannot be had (digest 1.9). */
const NOT_KNOWN = '#NA';

function ownerOf({ party }: Charge) {
  const { countryCode, partyId } = partyOf(party);
  return { country_code: countryCode, party_id: partyId };
}

export function partyOf(written: string): PartyId {
  const party = parsePartyId(written);
  if (party === undefined) throw new Error(`"${written}" is no party`);
  return party;
}

function referenceOf({ reference }: Charge) {
  return reference === undefined ? {} : { authorization_reference: reference };
}
