import type { Bill, Period } from './bill.ts';
import type { Doubts } from './doubts.ts';
import type { Terms } from './terms.ts';

export interface ToChoose {
  readonly bill: Bill;
  readonly terms: readonly Terms[];
  /** `asked`: the operator said which one to take, whatever the bill names. */
  readonly from: 'within' | 'asked' | 'stored';
}

/**
 * Which tariff was in force in each period: the one that it names (2.2 and later), or the only one. A period that names none while
 * others do has none (digest 6.3).
 */
export function chooseTerms({ bill, terms, from }: ToChoose, doubts: Doubts): (period: Period) => Terms | undefined {
  const named = new Set(bill.periods.flatMap(({ tariff }) => tariff?.toLowerCase() ?? []));
  const known = new Set(terms.map(({ id }) => id.toLowerCase()));
  const [first] = terms;
  if (terms.length === 0) {
    const which = named.size > 0 ? ` (${[...named].join(', ')})` : '';
    doubts.add('no-tariff', `The tariff${which} it was priced by is not known here.`, true);
    return () => undefined;
  }
  if (terms.length === 1 && from === 'asked') return () => first;
  if (named.size === 0) return always(theOne({ bill, terms }, doubts));
  if (![...named].some(name => known.has(name))) {
    doubts.add(
      'other-tariff',
      `The periods name tariff ${[...named].join(', ')}, which is not there: ${theirIds(terms)} is taken.`,
      true,
    );
    return always(theOne({ bill, terms }, doubts));
  }
  return period => {
    if (period.tariff === undefined) {
      doubts.add('tariff-id-missing', `Period ${period.index} names no tariff, as others do: it is free.`, true);
      return undefined;
    }
    const name = period.tariff.toLowerCase();
    const found = terms.filter(({ id }) => id.toLowerCase() === name);
    if (found.length === 0) {
      doubts.add(
        'tariff-missing',
        `Period ${period.index} names tariff ${period.tariff}, which is not there: it is free.`,
        true,
      );
    }
    return found.length > 1 ? theOne({ bill, terms: found }, doubts) : found[0];
  };
}

function always(terms: Terms | undefined): () => Terms | undefined {
  return () => terms;
}

function theirIds(terms: readonly Terms[]): string {
  return terms.map(({ id }) => id || 'one without an id').join(', ');
}

/** Of several without a sign which: those that were valid, and of these the one that is for everybody. */
function theOne({ bill, terms }: Pick<ToChoose, 'bill' | 'terms'>, doubts: Doubts): Terms | undefined {
  const [only] = terms;
  if (terms.length <= 1) return only;
  const valid = terms.filter(one => wasValid(one, bill.start));
  const left = valid.length > 0 ? valid : terms;
  const common = left.filter(({ type }) => type === undefined || type === 'REGULAR');
  const chosen = common[0] ?? left[0];
  doubts.add(
    'which-tariff',
    `There are ${terms.length} tariffs, and no period names one: ${chosen?.id || 'the first'} is taken.`,
    left.length > 1,
  );
  return chosen;
}

export function wasValid({ from, until }: Terms, start: number | undefined): boolean {
  if (start === undefined) return true;
  return (from === undefined || start >= from) && (until === undefined || start < until);
}

/** What speaks against a tariff that was taken all the same. */
export function doubtTerms(terms: Terms, bill: Bill, doubts: Doubts): void {
  const id = terms.id || 'without an id';
  if (!wasValid(terms, bill.start)) {
    doubts.add('tariff-not-valid', `Tariff ${id} was not valid when the charge began.`, false);
  }
  if (terms.currency !== '' && bill.currency !== '' && terms.currency.toUpperCase() !== bill.currency.toUpperCase()) {
    doubts.add('currency', `Tariff ${id} is in ${terms.currency}, the bill in ${bill.currency}.`, true);
  }
  if (terms.type === 'AD_HOC_PAYMENT' || terms.type?.startsWith('PROFILE_')) {
    doubts.add(
      'tariff-type',
      `Tariff ${id} is of type ${terms.type}: whether the charge was of this kind is not told.`,
      false,
    );
  }
  const isReserved = bill.periods.some(({ reserved }) => reserved.length > 0);
  if (isReserved && terms.durations.length > 0) {
    doubts.add(
      'duration-begin',
      'Prices depend on the duration: it is counted from where charging began, without the reservation.',
      true,
    );
  }
  // Where the price is the same at any moment, it does not matter when it was.
  if (terms.elements.some(({ restrictions }) => restrictions !== undefined)) {
    doubts.worsen('no-periods');
    doubts.worsen('energy-shared-out');
  }
  if (isReserved && terms.elements.some(({ purpose }) => purpose === 'BOOKING_CANCELLATION_FEES')) {
    doubts.add(
      'cancellation-fee',
      'The tariff has a fee for cancelled bookings; a bill does not tell whether it is due.',
      true,
    );
  }
}
