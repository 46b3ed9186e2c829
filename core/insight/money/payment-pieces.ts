import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { Observed } from '../observed.ts';
import { readingOf } from '../reading.ts';
import { bodyOf, idIn, objectIn, timeIn, wentWell } from '../transactions/fields.ts';

/** An object of a payment, and who told it. */
export interface Told {
  /** The name of a link; null: our own. */
  readonly link: string | null;
  readonly object: JsonObject;
  /** Milliseconds since the epoch: since when it is known. */
  readonly at: number;
}

/** A START_SESSION of a terminal: the card was charged to the preauthorization before (digest 6.10). */
export interface Preauthorization {
  readonly exchangeId: number;
  readonly link: string | null;
  readonly at: number;
  readonly reference: string;
  readonly location: string | undefined;
  readonly evse: string | undefined;
  readonly connector: string | undefined;
}

/** Everything payments at terminals are put together of. */
export interface PaymentPieces {
  readonly preauthorizations: readonly Preauthorization[];
  readonly sessions: readonly Told[];
  readonly cdrs: readonly Told[];
  readonly confirmations: readonly Told[];
  readonly invoices: readonly Told[];
  readonly terminals: readonly Told[];
}

const AD_HOC = 'AD_HOC_USER';

/** Undefined where an exchange is none, or where it was refused: then nothing was reserved for it that anything has to match. */
export function preauthorizationIn(exchange: Observed): Preauthorization | undefined {
  const reading = readingOf(exchange);
  const body = bodyOf(reading);
  const reference = idIn(body, 'authorization_reference');
  if (reference === undefined || idIn(objectIn(body, 'token'), 'type') !== AD_HOC) return undefined;
  const answer = reading.answer?.data;
  if (!reading.ok || (isJsonObject(answer) && idIn(answer, 'result') === 'REJECTED')) return undefined;
  return {
    exchangeId: exchange.id,
    link: exchange.link,
    at: exchange.startedAt,
    reference,
    location: idIn(body, 'location_id'),
    evse: idIn(body, 'evse_uid'),
    connector: idIn(body, 'connector_id'),
  };
}

/** What we told a partner of a terminal or of a capture, and it took: nobody else keeps that. */
export function toldIn(exchange: Observed): Told | undefined {
  if (exchange.direction !== 'out' || !wentWell(exchange)) return undefined;
  return { link: exchange.link, object: bodyOf(readingOf(exchange)), at: exchange.startedAt };
}

/** Whether a session or CDR was paid for without a contract, at a terminal. */
export function isAdHoc(object: JsonObject): boolean {
  return idIn(objectIn(object, 'cdr_token'), 'type') === AD_HOC;
}

export function referenceOf(object: JsonObject): string | undefined {
  return idIn(object, 'authorization_reference');
}

/** Ids in an invoice record: texts, or objects with an id (T34). */
export function invoicedIds(record: JsonObject): readonly string[] {
  const { cdrs } = record;
  if (!Array.isArray(cdrs)) return [];
  return cdrs.flatMap((one: unknown) => {
    if (typeof one === 'string') return one === '' ? [] : [one];
    return isJsonObject(one) ? (idIn(one, 'id') ?? []) : [];
  });
}

/** What an id of an invoice record is compared by: it cannot hold the last characters of a long credit CDR's id (T38). */
export function invoicedKey(id: string): string {
  return id.slice(0, 36).toLowerCase();
}

/** The newest moment it tells of itself, else since when it is known. */
export function momentOf({ object, at }: Told): number {
  return timeIn(object, 'last_updated') ?? at;
}

/** The one that says the last of them; of equals the one told last. */
export function newestOf(told: readonly Told[]): Told | undefined {
  return told.toSorted((left, right) => momentOf(left) - momentOf(right)).at(-1);
}
