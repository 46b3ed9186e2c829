import type { CostSum } from '../../../core/contract/reports.ts';

/** `5.20 EUR`, without taxes. */
export function costText({ before, currency }: CostSum, language: string): string {
  const amount = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(before);
  return currency === '' ? amount : `${amount} ${currency}`;
}

/** Sums of several currencies beside each other: they are never added together. */
export function costsText(costs: readonly CostSum[], language: string): string {
  return costs.map(cost => costText(cost, language)).join(' · ');
}

export function numberText(value: number, language: string, digits = 0): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    value,
  );
}
