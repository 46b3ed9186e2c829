import type { ChargeDifference, ReportCharge } from '../../contract/reports.ts';
import { type BillColumns, valueAt } from './bill-columns.ts';

export type DifferenceKind = ChargeDifference['what'];

/** kWh, milliseconds, an amount: less than this is no difference. */
const ENERGY = 0.0005;
const TIME = 60_000;
const COST = 0.01;
/** A CDR is due so long after the end of its session. */
export const CDR_DUE_AFTER = 3_600_000;
/** A CDR that names no session (2.1.1) is of one of the same token and place that began within so much of it. */
export const BEGAN_TOGETHER = TIME;

export interface BillAt {
  readonly columns: BillColumns;
  readonly at: number;
}

/** What a session and its CDR both tell, and not the same. `placeOf`: equal for equal locations. */
export function differencesOf(session: BillAt, cdr: BillAt, placeOf: (place: number) => number): DifferenceKind[] {
  const differs = (column: 'kwh' | 'start' | 'end' | 'before', least: number): boolean => {
    const left = valueAt(session.columns[column], session.at);
    const right = valueAt(cdr.columns[column], cdr.at);
    // What is not told is NaN, and never differs. Decimals are not exact: 12.01 - 12 is a little more than 0.01.
    return Math.abs(left - right) > least + 1e-9;
  };
  const isOther = (column: 'currency' | 'token' | 'place', group = (id: number) => id): boolean => {
    const left = valueAt(session.columns[column], session.at);
    const right = valueAt(cdr.columns[column], cdr.at);
    return left !== 0 && right !== 0 && group(left) !== group(right);
  };
  const found: DifferenceKind[] = [];
  if (differs('kwh', ENERGY)) found.push('kwh');
  if (differs('start', TIME)) found.push('start');
  if (differs('end', TIME)) found.push('end');
  if (isOther('currency')) found.push('currency');
  else if (differs('before', COST)) found.push('cost');
  if (isOther('token')) found.push('token');
  if (isOther('place', placeOf)) found.push('location');
  return found;
}

/** In words, with what each of the two states. */
export function differenceTold(
  what: DifferenceKind,
  session: ReportCharge | undefined,
  cdr: ReportCharge | undefined,
): ChargeDifference {
  const some = session ?? cdr;
  const [inSession, inCdr] = [statedIn(what, session), statedIn(what, cdr)];
  return {
    what,
    link: some?.link ?? null,
    party: some?.party ?? '',
    session: session?.id ?? cdr?.session ?? null,
    cdr: cdr?.id ?? null,
    at: session?.start ?? cdr?.start ?? null,
    inSession,
    inCdr,
    sentence: sentenceOf({ what, session, cdr, inSession, inCdr }),
  };
}

function statedIn(what: DifferenceKind, charge: ReportCharge | undefined): string | null {
  if (charge === undefined) return null;
  switch (what) {
    case 'no-cdr':
    case 'no-session':
      return null;
    case 'kwh':
      return charge.kwh === null ? null : `${charge.kwh} kWh`;
    case 'start':
    case 'end':
      return charge[what];
    case 'cost':
      return charge.cost && `${charge.cost.before} ${charge.cost.currency}`;
    case 'currency':
      return charge.cost?.currency ?? null;
    case 'token':
    case 'location':
      return charge[what];
  }
}

const SAID: Readonly<Record<Exclude<DifferenceKind, 'no-cdr' | 'no-session'>, string>> = {
  kwh: 'energy',
  start: 'the start',
  end: 'the end',
  cost: 'the cost without taxes',
  currency: 'the currency',
  token: 'the token',
  location: 'the location',
};

function sentenceOf(of: {
  readonly what: DifferenceKind;
  readonly session: ReportCharge | undefined;
  readonly cdr: ReportCharge | undefined;
  readonly inSession: string | null;
  readonly inCdr: string | null;
}): string {
  const { what, session, cdr, inSession, inCdr } = of;
  if (what === 'no-cdr') return `Session ${session?.id} is over since ${session?.end}, and no CDR of it came.`;
  if (what === 'no-session') return `CDR ${cdr?.id} names session ${cdr?.session}, which nobody knows.`;
  return `Session ${session?.id} and CDR ${cdr?.id} differ in ${SAID[what]}: ${inSession} and ${inCdr}.`;
}
