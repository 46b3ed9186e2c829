import type { Cdr as Cdr211 } from '../../ocpi/v2_1_1/cdrs.ts';
import type { Cdr as Cdr221, CdrLocation } from '../../ocpi/v2_2_1/cdrs.ts';
import type { Cdr as Cdr230 } from '../../ocpi/v2_3_0/cdrs.ts';
import { type Bill, billFor } from './bill.ts';
import type { Charge } from './charges.ts';
import { numberedId } from './ids.ts';
import { writeMoment } from './moments.ts';
import { type Amount, fourDecimals, kilowattHours } from './money.ts';
import type { Period } from './periods.ts';
import { writeDegrees } from './places.ts';
import {
  authMethod211,
  dimensionsOf211,
  energyOf,
  hours,
  meterPart,
  referencePart,
  withoutReservation,
  writeCdrToken,
  writePeriod22,
  writePrice221,
  writePrice230,
  writeUsedLocation,
} from './sessions.ts';
import type { Setting } from './setting.ts';
import { writeTariff211, writeTariff221, writeTariff230 } from './tariffs.ts';

/** A finished session, billed. `index` and `updatedAt` are those of the CDR. */
export interface Billed {
  readonly index: number;
  readonly updatedAt: number;
  readonly charge: Charge & { readonly end: number };
}

export function writeCdr211(setting: Setting, { index, updatedAt, charge }: Billed): Cdr211 {
  const { tariff } = charge;
  const periods = withoutReservation(charge.periods);
  return {
    id: numberedId('cdrs', index),
    start_date_time: writeMoment(periods[0]?.start ?? charge.start),
    stop_date_time: writeMoment(charge.end),
    auth_id: charge.token.contractId,
    auth_method: authMethod211(charge),
    location: writeUsedLocation(setting, charge),
    ...meterPart(charge),
    currency: tariff.country.currency,
    tariffs: [writeTariff211(setting, tariff)],
    charging_periods: periods.map(period => ({
      start_date_time: writeMoment(period.start),
      dimensions: dimensionsOf211(period, periods),
    })),
    total_cost: fourDecimals(billFor(periods, tariff, { limits: false }).total.net),
    ...totalsPart(periods),
    ...remarkPart(charge),
    last_updated: writeMoment(updatedAt),
  };
}

export function writeCdr221(setting: Setting, billed: Billed): Cdr221 {
  const { charge, updatedAt } = billed;
  const bill = billFor(charge.periods, charge.tariff, { limits: true });
  return {
    ...commonPart(billed),
    tariffs: [writeTariff221(setting, charge.tariff)],
    ...costPart(bill, writePrice221),
    last_updated: writeMoment(updatedAt),
  };
}

export function writeCdr230(setting: Setting, billed: Billed): Cdr230 {
  const { charge, updatedAt } = billed;
  const bill = billFor(charge.periods, charge.tariff, { limits: true });
  return {
    ...commonPart(billed),
    tariffs: [writeTariff230(setting, charge.tariff)],
    ...costPart(bill, amount => writePrice230(amount, charge.tariff)),
    last_updated: writeMoment(updatedAt),
  };
}

function commonPart({ index, charge }: Billed) {
  const { site, tariff, periods } = charge;
  return {
    country_code: site.operator.countryCode,
    party_id: site.operator.partyId,
    id: numberedId('cdrs', index),
    start_date_time: writeMoment(charge.start),
    end_date_time: writeMoment(charge.end),
    session_id: numberedId('sessions', charge.index),
    cdr_token: writeCdrToken(charge),
    auth_method: charge.authMethod,
    ...referencePart(charge),
    cdr_location: writeCdrLocation(charge),
    ...meterPart(charge),
    currency: tariff.country.currency,
    charging_periods: periods.map(period => {
      const power = period.watts > 0 ? [{ type: 'MAX_POWER', volume: period.watts / 1_000 }] : [];
      return writePeriod22(period, tariff, power);
    }),
    ...totalsPart(periods),
    ...remarkPart(charge),
    ...(charge.chance.happens('invoiced', 0.3) && { invoice_reference_id: `INV-${charge.chance.bits('invoice')}` }),
  };
}

/** The cost and its parts, as the version writes a price. */
export function costPart<P>(bill: Bill, write: (amount: Amount) => P) {
  return {
    total_cost: write(bill.total),
    ...(bill.fixed && { total_fixed_cost: write(bill.fixed) }),
    ...(bill.energy && { total_energy_cost: write(bill.energy) }),
    ...(bill.time && { total_time_cost: write(bill.time) }),
    ...(bill.parking && { total_parking_cost: write(bill.parking) }),
    ...(bill.reservation && { total_reservation_cost: write(bill.reservation) }),
  };
}

/** The time a charger was reserved is no part of the session's time. */
export function totalsPart(periods: readonly Period[]) {
  const seconds = (kind: Period['kind']) =>
    periods.reduce((sum, period) => sum + (period.kind === kind ? period.seconds : 0), 0);
  const parking = seconds('parking');
  return {
    total_energy: kilowattHours(energyOf(periods)),
    total_time: hours(seconds('charging') + parking),
    ...(parking > 0 && { total_parking_time: hours(parking) }),
  };
}

function remarkPart({ chance }: Charge) {
  return chance.happens('remark', 0.02)
    ? { remark: 'The charger was offline for a while; its meter values came later.' }
    : {};
}

function writeCdrLocation({ site, unit, plug, connector }: Charge): CdrLocation {
  const { place } = site;
  const { city, country } = place.town;
  return {
    id: site.id,
    name: site.name,
    address: place.address,
    city: city.name,
    postal_code: place.postalCode,
    ...(city.state !== undefined && { state: city.state }),
    country: country.alpha3,
    coordinates: { latitude: writeDegrees(place.latitude), longitude: writeDegrees(place.longitude) },
    evse_uid: unit.uid,
    evse_id: unit.evseId,
    connector_id: String(connector),
    connector_standard: plug.standard,
    connector_format: plug.format,
    connector_power_type: plug.powerType,
  };
}
