import type { Database } from 'better-sqlite3';
import type { Report, ReportInput, ReportRow } from '../../contract/reports.ts';
import { addBill, addSums, figuresOf, noSums, type Sums } from '../../insight/report/sums.ts';
import type { ChargeSurroundings } from './charge-reading.ts';
import { type ChargeConditions, createChargeScan, dayOf } from './charge-scan.ts';
import { readCredited } from './credits.ts';
import { chosenStarts } from './failed-start-places.ts';
import type { FailedStart } from './failed-starts.ts';
import { createNames } from './names.ts';
import { createPlaces } from './places.ts';
import { dayText, distinctLabels, type GroupName, groupId, reportGroups } from './report-groups.ts';

export interface ReportAsked extends ChargeConditions {
  readonly by: Report['by'];
  readonly order: NonNullable<ReportInput['order']>;
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
}

export interface ReportSurroundings extends ChargeSurroundings {
  /** `NL-TNM`; empty where the partner has several parties, or none is known. */
  readonly linkParty: (id: number) => string;
  /** Undefined where they cannot be told by now. */
  readonly failedStarts: () => readonly FailedStart[] | undefined;
}

interface Group extends GroupName {
  readonly sums: Sums;
}

/** Of more rows than these nobody reads E2 before E10, and comparing them so takes seconds. */
const MOST_NATURAL = 20_000;

/** Why failed starts are not told. */
const NO_TARIFF = 'Failed starts have no tariff: only sessions and CDRs name one, and a start that failed has neither.';
const BEING_GATHERED = 'Failed starts are not told yet: transactions are being put together anew.';

/** One pass over all charges that meet the conditions. */
export function readReport(
  facts: Database,
  asked: ReportAsked,
  { linkName, linkParty, failedStarts, pause }: ReportSurroundings,
): Omit<Report, 'behind' | 'leftOut'> {
  const names = createNames(facts);
  const scan = createChargeScan(facts, { names, places: createPlaces(facts), pause });
  const groups = reportGroups({ by: asked.by, names, places: scan.places, linkName });
  const credited = readCredited(facts);
  const found = new Map<number, Sums>();
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  const { withoutZone } = scan.each(asked, (columns, at, bill, local) => {
    const number = groups.numberOf(columns, at, local);
    let sums = found.get(number);
    if (sums === undefined) {
      sums = noSums();
      found.set(number, sums);
    }
    addBill(sums, columns, at, credited.size > 0 && credited.has(bill));
    if (local < first) first = local;
    if (local > last) last = local;
  });

  const named = new Map<string, Group>();
  const groupNamed = (name: GroupName): Group => {
    const id = groupId(name);
    const known = named.get(id) ?? { ...name, sums: noSums() };
    named.set(id, known);
    return known;
  };
  for (const [number, sums] of found) {
    const name = Number.isNaN(number) ? { key: '', label: '' } : groups.name(number);
    addSums(groupNamed(name).sums, sums);
  }
  const total = noSums();
  // A start that failed has no session and no CDR, and nothing else names a tariff.
  const starts = asked.tariff === undefined ? failedStarts() : undefined;
  for (const { start, local } of chosenStarts(starts ?? [], asked, { places: scan.places, linkParty })) {
    total.failed++;
    if (groups.failed !== undefined) groupNamed(groups.failed(start, local)).sums.failed++;
  }
  const all = [...named.values()];
  for (const { sums } of all) addSums(total, { ...sums, failed: 0 });
  const inOrder = sorted(all, asked, mostUsedCurrency(total));
  const labelOf = distinctLabels(all);
  const tellsFailed = starts !== undefined && groups.failed !== undefined;
  const failedSaid =
    asked.tariff !== undefined || groups.failed === undefined
      ? NO_TARIFF
      : starts === undefined
        ? BEING_GATHERED
        : null;
  return {
    by: asked.by,
    source: asked.source,
    zone: { name: asked.zone ?? null, said: zoneSaid(asked.zone, withoutZone) },
    first: first <= last ? dayText(dayOf(first)) : null,
    last: first <= last ? dayText(dayOf(last)) : null,
    count: all.length,
    failedSaid,
    rows: inOrder.slice(asked.offset, asked.offset + asked.limit).map(
      (group): ReportRow => ({
        ...{ key: group.key, label: labelOf(group), link: group.of?.link ?? null, party: group.of?.party ?? null },
        ...figuresOf(group.sums, { currencyName: names.text, tellsFailed }),
      }),
    ),
    total: figuresOf(total, { currencyName: names.text, tellsFailed: starts !== undefined }),
  };
}

function zoneSaid(zone: string | undefined, withoutZone: number): string {
  if (zone !== undefined) return `days and hours in ${zone}, as asked`;
  const each = 'days and hours in the zone of the location of each charge';
  if (withoutZone === 0) return each;
  return `${each}; in UTC for ${withoutZone} of which nothing tells the zone`;
}

/** What rows are ordered by where they are to be ordered by cost: amounts of different currencies cannot be compared. */
function mostUsedCurrency({ costs }: Sums): number {
  const [most] = [...costs].sort(([, left], [, right]) => Math.abs(right.before) - Math.abs(left.before));
  return most?.[0] ?? 0;
}

function sorted(
  groups: readonly Group[],
  { order, descending, by }: Pick<ReportAsked, 'order' | 'descending' | 'by'>,
  currency: number,
): Group[] {
  const value = ({ sums }: Group): number => {
    if (order === 'key') return 0;
    return order === 'cost' ? (sums.costs.get(currency)?.before ?? 0) : sums[order];
  };
  const natural = new Intl.Collator('en', { numeric: by !== 'day' && by !== 'month' });
  const byKey = groups.length > MOST_NATURAL ? plainly : natural.compare;
  const sign = descending ? -1 : 1;
  return [...groups].sort((left, right) => {
    const difference = value(left) - value(right);
    return sign * (difference || byKey(left.key, right.key) || byOwner(left, right));
  });
}

function byOwner({ of: left }: Group, { of: right }: Group): number {
  return plainly(left?.party ?? '', right?.party ?? '') || plainly(left?.link ?? '', right?.link ?? '');
}

function plainly(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
