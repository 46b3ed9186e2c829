import type { TransactionSummary } from '../../../core/contract/transaction.ts';

/** `12.345`: as exact as it was said, up to three decimals, at least `least` of them. */
export function numberText(value: number, language: string, least = 0): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: least, maximumFractionDigits: 3 }).format(value);
}

/** `5.20 EUR`; the amount alone where no currency was said. */
export function costText(cost: NonNullable<TransactionSummary['cost']>, language: string): string {
  const amount = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 4 }).format(
    cost.amount,
  );
  return cost.currency === null ? amount : `${amount} ${cost.currency}`;
}
