import type { Location as Location211 } from '../../ocpi/v2_1_1/locations.ts';
import type { Session as Session211 } from '../../ocpi/v2_1_1/sessions.ts';
import type { CdrToken, ChargingPeriod } from '../../ocpi/v2_2_1/cdrs.ts';
import type { Price as Price221 } from '../../ocpi/v2_2_1/price.ts';
import type { Session as Session221 } from '../../ocpi/v2_2_1/sessions.ts';
import type { Price as Price230 } from '../../ocpi/v2_3_0/price.ts';
import type { Session as Session230 } from '../../ocpi/v2_3_0/sessions.ts';
import { billFor } from './bill.ts';
import type { Charge } from './charges.ts';
import { numberedId } from './ids.ts';
import { writeEvse211, writeLocation211 } from './locations.ts';
import { writeMoment } from './moments.ts';
import { type Amount, fourDecimals, kilowattHours } from './money.ts';
import type { Period } from './periods.ts';
import type { Setting } from './setting.ts';
import type { TariffFacts } from './tariff-book.ts';

/** 2.1.1 knows no reservations: they are left out, and one that is not used yet is pending. */
export function writeSession211(setting: Setting, charge: Charge): Session211 {
  const { status, tariff } = charge;
  const periods = withoutReservation(charge.periods);
  return {
    id: numberedId('sessions', charge.index),
    start_datetime: writeMoment(periods[0]?.start ?? charge.start),
    ...(charge.end !== undefined && { end_datetime: writeMoment(charge.end) }),
    kwh: kilowattHours(energyOf(periods)),
    auth_id: charge.token.contractId,
    auth_method: authMethod211(charge),
    location: writeUsedLocation(setting, charge),
    ...meterPart(charge),
    currency: tariff.country.currency,
    charging_periods: periods.map(period => ({
      start_date_time: writeMoment(period.start),
      dimensions: dimensionsOf211(period, periods),
    })),
    ...(hasCost(charge) && { total_cost: fourDecimals(billFor(periods, tariff, { limits: false }).total.net) }),
    status: status === 'RESERVATION' ? 'PENDING' : status,
    last_updated: writeMoment(charge.updatedAt),
  };
}

export function writeSession221(charge: Charge): Session221 {
  const bill = hasCost(charge) ? billFor(charge.periods, charge.tariff, { limits: true }) : undefined;
  return {
    ...commonPart(charge),
    ...(bill && { total_cost: writePrice221(bill.total) }),
    last_updated: writeMoment(charge.updatedAt),
  };
}

export function writeSession230(charge: Charge): Session230 {
  const bill = hasCost(charge) ? billFor(charge.periods, charge.tariff, { limits: true }) : undefined;
  return {
    ...commonPart(charge),
    ...(bill && { total_cost: writePrice230(bill.total, charge.tariff) }),
    last_updated: writeMoment(charge.updatedAt),
  };
}

function commonPart(charge: Charge) {
  const { site, unit, tariff, periods } = charge;
  return {
    country_code: site.operator.countryCode,
    party_id: site.operator.partyId,
    id: numberedId('sessions', charge.index),
    start_date_time: writeMoment(charge.start),
    ...(charge.end !== undefined && { end_date_time: writeMoment(charge.end) }),
    kwh: kilowattHours(energyOf(periods)),
    cdr_token: writeCdrToken(charge),
    auth_method: charge.authMethod,
    ...referencePart(charge),
    location_id: site.id,
    evse_uid: unit.uid,
    connector_id: String(charge.connector),
    ...meterPart(charge),
    currency: tariff.country.currency,
    charging_periods: periods.map((period): ChargingPeriod => {
      const { stateOfCharge, watts } = period;
      const extra: ChargingPeriod['dimensions'] = [];
      if (watts > 0) extra.push({ type: 'POWER', volume: watts / 1_000 });
      if (stateOfCharge !== undefined) extra.push({ type: 'STATE_OF_CHARGE', volume: stateOfCharge });
      return writePeriod22(period, tariff, extra);
    }),
    status: charge.status,
  };
}

/** `extra` are dimensions that only sessions, or only CDRs, hold. */
export function writePeriod22(
  period: Period,
  tariff: Pick<TariffFacts, 'id'>,
  extra: ChargingPeriod['dimensions'],
): ChargingPeriod {
  return {
    start_date_time: writeMoment(period.start),
    dimensions: [...dimensionsOf(period), ...extra],
    tariff_id: tariff.id,
  };
}

function dimensionsOf({ kind, energy, seconds }: Period): ChargingPeriod['dimensions'] {
  if (kind === 'reservation') return [{ type: 'RESERVATION_TIME', volume: hours(seconds) }];
  if (kind === 'parking') return [{ type: 'PARKING_TIME', volume: hours(seconds) }];
  return [
    { type: 'ENERGY', volume: kilowattHours(energy) },
    { type: 'TIME', volume: hours(seconds) },
  ];
}

/** A fee for the whole session stands in its first period. */
export function dimensionsOf211(period: Period, periods: readonly Period[]) {
  const { kind, energy, seconds, prices } = period;
  const fee = prices.FLAT && period === periods.find(other => other.prices.FLAT);
  return [
    ...(fee ? [{ type: 'FLAT', volume: 1 } as const] : []),
    ...(kind === 'charging' ? [{ type: 'ENERGY', volume: kilowattHours(energy) } as const] : []),
    { type: kind === 'charging' ? 'TIME' : 'PARKING_TIME', volume: hours(seconds) } as const,
  ];
}

/** The location as it was when the session began: with the one EVSE, in use, and changed by that last. */
export function writeUsedLocation(setting: Setting, { site, unit, connector, start }: Charge): Location211 {
  const then = writeMoment(start);
  const evse = writeEvse211(setting, site, { ...unit, status: 'CHARGING' });
  const connectors = evse.connectors
    .filter(({ id }) => id === String(connector))
    .map(used => ({ ...used, last_updated: used.last_updated < then ? used.last_updated : then }));
  const { status_schedule: _, ...lasting } = evse;
  return {
    ...writeLocation211(setting, { ...site, units: [] }),
    evses: [{ ...lasting, connectors, last_updated: then }],
    last_updated: then,
  };
}

export function writeCdrToken({ token }: Charge): CdrToken {
  return {
    country_code: token.provider.countryCode,
    party_id: token.provider.partyId,
    uid: token.uid,
    type: token.type,
    contract_id: token.contractId,
  };
}

export function writePrice221({ net, gross }: Amount): Price221 {
  return { excl_vat: fourDecimals(net), incl_vat: fourDecimals(gross) };
}

/** Without a rate no tax applies, and none is listed. */
export function writePrice230({ net, gross }: Amount, { vat }: Pick<TariffFacts, 'vat'>): Price230 {
  if (vat === undefined) return { before_taxes: fourDecimals(net) };
  return {
    before_taxes: fourDecimals(net),
    taxes: [{ name: 'VAT', percentage: vat, amount: fourDecimals(gross - net) }],
  };
}

export function withoutReservation(periods: readonly Period[]): readonly Period[] {
  return periods.filter(({ kind }) => kind !== 'reservation');
}

export function energyOf(periods: readonly Period[]): number {
  return periods.reduce((sum, { energy }) => sum + energy, 0);
}

/** 2.1.1 has no COMMAND: what is started from an app was asked for. */
export function authMethod211({ authMethod }: Charge): Session211['auth_method'] {
  return authMethod === 'COMMAND' ? 'AUTH_REQUEST' : authMethod;
}

/** What the eMSP gave when it was asked, or when it sent the command. */
export function referencePart({ authMethod, chance }: Charge) {
  if (authMethod === 'WHITELIST') return {};
  return { authorization_reference: `AUTH-${chance.bits('reference').toString(36).toUpperCase()}` };
}

export function meterPart({ unit }: Charge) {
  return unit.chance.happens('meter', 0.5) ? { meter_id: `MTR-${unit.chance.bits('meter number')}` } : {};
}

/** What is not over costs something so far; what never began, or will not be billed, nothing. */
function hasCost({ status }: Charge): boolean {
  return status === 'ACTIVE' || status === 'COMPLETED';
}

/** With four decimals at most, for durations are multiples of nine seconds. */
export function hours(seconds: number): number {
  return seconds / 3_600;
}
