import type { Amount, PricedBill } from '../../contract/price.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { idIn } from '../transactions/fields.ts';
import { amountOf, isNegative, paid, sumOf, written } from './amounts.ts';

export interface CreditSources {
  readonly bill: JsonObject;
  /** The CDR it takes back, where that is known. */
  readonly original?: JsonObject | undefined;
  /** Credit CDRs that name it; of a credit CDR, those that name the one it takes back, itself left out. */
  readonly credits: readonly JsonObject[];
}

/** The id of the CDR that a credit CDR takes back (digest 6.3); undefined for every other CDR. */
export function creditedId(cdr: JsonObject): string | undefined {
  return idIn(cdr, 'credit_reference_id');
}

/** What remains of a CDR with its credits: only total_cost is negated in those (T38). Null where nothing was taken back. */
export function creditOf({ bill, original, credits }: CreditSources): PricedBill['credit'] {
  const currency = idIn(bill, 'currency') ?? null;
  const reference = creditedId(bill);
  const isCredit = reference !== undefined || bill['credit'] === true;
  if (!isCredit && credits.length === 0) return null;
  const creditedBy = credits.flatMap(credit => idIn(credit, 'id') ?? []);
  const total = amountOf(bill['total_cost']);
  const others = totalsOf(isCredit && isJsonObject(original) ? [original, ...credits] : credits);
  const net = total === undefined || others === undefined ? null : sumOf([total, ...others]);
  if (!isCredit) {
    const sentence = `Taken back by ${creditedBy.join(', ')}: ${remains(net, currency)}.`;
    return { credits: null, creditedBy, net, sentence };
  }
  const what = reference === undefined ? 'a CDR it does not name' : `CDR ${reference}`;
  const sign =
    total === undefined || isNegative(total) ? '' : ' Its total is not negative, as that of a credit CDR has to be.';
  const rest = original === undefined ? 'which is not known here' : remains(net, currency);
  return {
    credits: reference ?? null,
    creditedBy: [],
    net: original === undefined ? null : net,
    sentence: `Takes back ${what}${original === undefined ? ', ' : ': '}${rest}.${sign}`,
  };
}

function totalsOf(cdrs: readonly JsonObject[]): Amount[] | undefined {
  const totals = cdrs.map(cdr => amountOf(cdr['total_cost']));
  return totals.every(total => total !== undefined) ? totals : undefined;
}

function remains(net: Amount | null, currency: string | null): string {
  if (net === null) return 'what remains cannot be told, for one of them has no total_cost';
  const { amount, taxed } = paid(net);
  return `${written(amount, currency)} remain${taxed ? '' : ' before taxes'}`;
}
