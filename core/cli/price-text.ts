import type { Amount, CostPart, PricedBill, PriceLine } from '../contract/price.ts';
import { table } from './terminal.ts';

/** Names of the totals of a CDR, in its order (digest 6.3). */
const PARTS: readonly (readonly [CostPart, string])[] = [
  ['fixed', 'fixed'],
  ['energy', 'energy'],
  ['time', 'time'],
  ['parking', 'parking'],
  ['reservation', 'reservation'],
];

/** A session or CDR priced anew: its lines, what it states beside what is due, and what departs. */
export function billText(bill: PricedBill): string {
  const { lines, due, departures, doubts, preauthorize, credit, currency } = bill;
  return [
    head(bill),
    lines.length === 0
      ? `Nothing is priced: ${due === null ? 'there is no tariff; give one with --tariff FILE' : 'nothing was used'}.`
      : table([HEAD, ...lines.map(line => lineOf(line, bill))]),
    table([['', 'stated', 'due'], ...totals(bill)]),
    ...(departures.length === 0 ? [] : [departures.map(departureLines).join('\n')]),
    ...(doubts.length === 0 ? [] : [doubts.map(({ sentence }) => `doubt: ${sentence}`).join('\n')]),
    ...(preauthorize === null ? [] : [`preauthorized: ${preauthorize.amount} ${currency}${covering(preauthorize)}`]),
    ...(credit === null ? [] : [`credit: ${credit.sentence}`]),
    bill.sentence,
  ].join('\n\n');
}

function head({ kind, id, version, start, end, energy, hours, zone, tariffs }: PricedBill): string {
  const facts = [
    start === null ? null : `${localTime(start, zone.name)} to ${end === null ? 'now' : localTime(end, zone.name)}`,
    `${energy} kWh`,
    `${hours} h`,
  ].filter(fact => fact !== null);
  const named = tariffs.map(tariff => `${tariff.id} (${FROM[tariff.from]})`).join(', ');
  return [
    `${kind === 'cdr' ? 'CDR' : 'session'} ${id} (OCPI ${version}): ${facts.join(', ')}`,
    `tariff: ${named === '' ? 'none' : named}`,
    `time zone: ${zone.name}, ${zone.said}${zone.matters ? '' : '; no price depends on it'}`,
  ].join('\n');
}

const FROM = { within: 'in the CDR itself', asked: 'as given', stored: 'as stored' } as const;

const HEAD = ['period', 'from', 'to', 'dimension', 'volume', 'price', 'VAT', 'amount', 'why'];

function lineOf(line: PriceLine, { zone, currency }: PricedBill): string[] {
  const { period, from, to, dimension, volume, unit, price, vat, amount, said } = line;
  return [
    period === null ? '-' : String(period + 1),
    from === null ? '-' : localTime(from, zone.name),
    to === null ? '-' : localTime(to, zone.name),
    dimension ?? line.kind,
    volume === null ? '-' : `${volume} ${unit ?? ''}`.trimEnd(),
    price ?? '-',
    vat === null ? '-' : `${vat} %`,
    amountWords(amount, currency),
    said,
  ];
}

/** With taxes where they are told: what a customer sees. */
function amountWords({ before, after }: Amount, currency: string): string {
  return after === null || after === before ? `${before} ${currency}` : `${before} ${currency} (${after} with taxes)`;
}

function totals({ stated, due, currency }: PricedBill): string[][] {
  const words = (amount: Amount | undefined) => (amount === undefined ? '-' : amountWords(amount, currency));
  const parts = PARTS.filter(([part]) => due?.parts[part] !== undefined || stated?.parts[part] !== undefined);
  return [
    ...parts.map(([part, name]) => [name, words(stated?.parts[part]), words(due?.parts[part])]),
    ['total', words(stated?.total), words(due?.total)],
  ];
}

function departureLines({ field, taxes, stated, due, by, reasons }: PricedBill['departures'][number]): string {
  const which = taxes === 'none' ? field : `${field}, ${taxes} taxes`;
  const head = `departs: ${which}: ${stated} stated, ${due} due: ${by.startsWith('-') ? by : `+${by}`}`;
  return [head, ...reasons.map(({ code, sentence }) => `  ${sentence} (${code})`)].join('\n');
}

function covering({ covers }: { readonly covers: boolean | null }): string {
  if (covers === null) return '';
  return covers ? ', which is enough' : ', which is not enough';
}

/** `2026-11-23 10:15:00`, where the charger stands. */
function localTime(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(new Date(at));
}
