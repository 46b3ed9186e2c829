import type { PaymentMatch } from '../../contract/money.ts';
import type { Amount } from '../../contract/price.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { idIn, whereaboutsOf } from '../transactions/fields.ts';
import { amountOf, plainAmount, sumOf } from './amounts.ts';
import { groupPayments, type PaymentGroup } from './payment-groups.ts';
import { momentOf, newestOf, type PaymentPieces, type Preauthorization, type Told } from './payment-pieces.ts';
import { capturedOf, judgePayment } from './payment-problems.ts';

/** Where one paid: at which connector of whom. */
export interface PaidAt {
  readonly link: string | null;
  readonly location: string | undefined;
  readonly evse: string | undefined;
  readonly connector: string | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface Matching {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** What a card is charged to in advance there: preauthorize_amount of the connector's tariff. */
  readonly preauthorizeAmount: (place: PaidAt) => string | undefined;
}

/** Payments at terminals with all that belongs to each of them, newest first (digest 6.10). */
export function matchPayments(pieces: PaymentPieces, { now, preauthorizeAmount }: Matching): PaymentMatch[] {
  const matches = groupPayments(pieces).map((group): PaymentMatch => {
    const { reference, link, preauthorizations, sessions, cdrs, confirmations, invoices } = group;
    const everything = [...sessions, ...cdrs, ...confirmations, ...invoices];
    const place = placeOf(group);
    const billed = billedOf(cdrs);
    const captured = capturedOf(confirmations);
    const ordered = preauthorizations.length > 0;
    const preauthorized = amountWithin(cdrs) ?? (place && ordered ? preauthorizeAmount(place) : undefined);
    const currency = everything.map(({ object }) => idIn(object, 'currency')).find(one => one !== undefined) ?? null;
    const { problems, isOpen } = judgePayment({ group, currency, preauthorized, billed, captured, now });
    const last = newestOf(confirmations)?.object;
    const invoice = invoices.at(-1)?.object;
    return {
      reference,
      link,
      transaction: preauthorizations[0]?.exchangeId ?? null,
      terminal: place === undefined ? null : terminalAt(place, pieces.terminals),
      at: new Date(Math.max(...everything.map(momentOf), ...preauthorizations.map(({ at }) => at))).toISOString(),
      currency,
      preauthorized: preauthorized ?? null,
      session: sessions.map(({ object }) => idIn(object, 'id')).find(id => id !== undefined) ?? sessionNamed(cdrs),
      cdrs: cdrs.flatMap(({ object }) => idIn(object, 'id') ?? []),
      billed,
      confirmation: last
        ? { id: idIn(last, 'id') ?? '', status: idIn(last, 'capture_status_code') ?? '', captured }
        : null,
      invoice: invoice ? { id: idIn(invoice, 'id') ?? '', reference: idIn(invoice, 'invoice_id') ?? null } : null,
      state: problems.length > 0 ? 'unmatched' : isOpen ? 'open' : 'matched',
      problems: [...problems],
    };
  });
  return matches.sort((left, right) => right.at.localeCompare(left.at) || byReference(left, right));
}

function byReference(left: PaymentMatch, right: PaymentMatch): number {
  return (left.reference ?? '').localeCompare(right.reference ?? '');
}

/** Sum of all, credits taken away: their totals are negative (T38). Null without any, or where one tells none. */
function billedOf(cdrs: readonly Told[]): Amount | null {
  const totals = cdrs.map(({ object }) => amountOf(object['total_cost']));
  return totals.length > 0 && totals.every(total => total !== undefined) ? sumOf(totals) : null;
}

function sessionNamed(cdrs: readonly Told[]): string | null {
  return cdrs.map(({ object }) => idIn(object, 'session_id')).find(id => id !== undefined) ?? null;
}

/** Of a tariff for ad hoc payment that stands in the CDR itself. */
function amountWithin(cdrs: readonly Told[]): string | undefined {
  for (const { object } of cdrs) {
    const { tariffs } = object;
    if (!Array.isArray(tariffs)) continue;
    for (const tariff of tariffs.filter(isJsonObject)) {
      const amount = plainAmount(tariff['preauthorize_amount']);
      if (amount !== undefined) return amount;
    }
  }
  return undefined;
}

function placeOf({ link, preauthorizations, sessions, cdrs }: PaymentGroup): PaidAt | undefined {
  const [order]: readonly (Preauthorization | undefined)[] = preauthorizations;
  const [told] = [...sessions, ...cdrs];
  if (told === undefined) return order;
  const { location, evse, connector } = whereaboutsOf(told.object);
  return {
    link: order?.link ?? told.link ?? link,
    location: location ?? order?.location,
    evse: evse ?? order?.evse,
    connector: connector ?? order?.connector,
    at: order?.at ?? told.at,
  };
}

/** The only terminal that was given this EVSE, or its location (digest 6.10); null where several were, or none. */
function terminalAt({ location, evse }: PaidAt, terminals: readonly Told[]): string | null {
  const has = (list: unknown, id: string | undefined) =>
    id !== undefined && Array.isArray(list) && list.some(one => String(one).toLowerCase() === id.toLowerCase());
  const fitting = terminals.filter(({ object }) => has(object['evse_uids'], evse));
  const wider = fitting.length > 0 ? fitting : terminals.filter(({ object }) => has(object['location_ids'], location));
  const ids = new Set(wider.flatMap(({ object }) => idIn(object, 'terminal_id') ?? []));
  const [only] = ids;
  return ids.size === 1 ? (only ?? null) : null;
}
