import type { PriceDeparture, PricedBill } from '../../contract/price.ts';
import type { Pricing } from './pricing.ts';
import { negate, readDecimal, writeAmount, ZERO } from './ratio.ts';

/** What it comes down to: in a word, and in a sentence. */
export function verdictOf({
  pricing: { bill, due, terms, doubts },
  departures,
}: {
  readonly pricing: Pricing;
  readonly departures: readonly PriceDeparture[];
}): Pick<PricedBill, 'verdict' | 'sentence'> {
  const currency = bill.currency || (terms[0]?.currency ?? '');
  const money = (amount: Parameters<typeof writeAmount>[0]): string => `${writeAmount(amount)} ${currency}`.trim();
  const { before, after } = bill.stated.total;
  // Where taxes are within the prices and nobody tells which, only amounts with them can be compared.
  const tax = after !== undefined && (before === undefined || !due.beforeKnown) ? 'after' : 'before';
  const told = tax === 'after' ? after : before;
  const dueAmount = due.total[tax] ?? due.total.before;
  if (terms.length === 0) {
    const stated = told === undefined ? 'It states no cost' : `It states ${money(told.amount)}`;
    return { verdict: 'unpriced', sentence: `${stated}, and there is no tariff to price it by.` };
  }
  if (told === undefined) {
    return { verdict: 'unpriced', sentence: `It states no cost; ${money(dueAmount)} is due.` };
  }
  const doubt = doubts.decisive;
  if (departures.length === 0) {
    // What is stated only with taxes nobody can tell could not be held against anything.
    const isCompared = tax === 'before' ? due.beforeKnown || after !== undefined : due.total.after !== undefined;
    return isCompared
      ? { verdict: 'right', sentence: `Stated ${money(told.amount)}${tax === 'after' ? ' with taxes' : ''}, as due.` }
      : { verdict: 'unsure', sentence: `Stated ${money(told.amount)}: what the taxes are is not told.` };
  }
  const because = doubt === undefined ? '' : ` Not for certain: ${doubt.sentence}`;
  return { verdict: doubt === undefined ? 'wrong' : 'unsure', sentence: `${departed(departures, currency)}${because}` };
}

function departed(departures: readonly PriceDeparture[], currency: string): string {
  const [first] = departures;
  if (first === undefined) return '';
  const name = first.field === 'total_cost' ? 'Stated' : `Stated as ${first.field}`;
  const unit =
    first.taxes === 'none' ? (first.field === 'total_energy' || first.field === 'kwh' ? 'kWh' : 'h') : currency;
  const taxed = first.taxes === 'after' ? ' with taxes' : '';
  const by = readDecimal(first.by) ?? ZERO;
  const apart = `${writeAmount(by.top < 0n ? negate(by) : by)} ${by.top < 0n ? 'too little' : 'too much'}`;
  const reason = first.reasons[0]?.sentence ?? '';
  const amount = (value: string) => `${writeAmount(readDecimal(value) ?? ZERO)} ${unit}`.trim();
  return `${name} ${amount(first.stated)}${taxed}, due ${amount(first.due)}: ${apart}.${reason === '' ? '' : ` ${reason}`}`;
}
