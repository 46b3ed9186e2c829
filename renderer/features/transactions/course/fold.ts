import type { TransactionPoint } from '../../../../core/contract/transaction.ts';

/** Fewer of the same kind are no run. */
const LEAST_FOLDED = 4;

/** Exchanges one after the other that say the same but for their numbers, as one line. */
export interface Fold {
  /** Of its first exchange: it stays the same while more come. */
  readonly key: string;
  readonly points: readonly TransactionPoint[];
  readonly first: TransactionPoint;
  readonly last: TransactionPoint;
}

interface RowBase {
  readonly key: string;
  /** Which one it is of how many on its level, from 1. */
  readonly place: number;
  readonly places: number;
}

/** One line of the course, top to bottom in the order of time. */
export type CourseRow = RowBase &
  (
    | { readonly kind: 'point'; readonly point: TransactionPoint; readonly inside: boolean }
    | { readonly kind: 'fold'; readonly fold: Fold; readonly open: boolean }
  );

/**
 * The lines that show: runs of equal exchanges are one line each, and their own lines follow where the run is unfolded.
 * Whatever went wrong, or was made to, stands by itself.
 */
export function courseRows(points: readonly TransactionPoint[], unfolded: ReadonlySet<string>): readonly CourseRow[] {
  // Few of the same kind stand one by one.
  const groups = runsOf(points).flatMap(run => (run.length < LEAST_FOLDED ? run.map(point => [point]) : [run]));
  return groups.flatMap((run, at): readonly CourseRow[] => {
    const [first] = run;
    const last = run.at(-1);
    if (first === undefined || last === undefined) return [];
    const place = { place: at + 1, places: groups.length };
    if (run.length === 1) return [rowOf(first, false, place)];
    const key = `fold ${first.exchangeId}`;
    const open = unfolded.has(key);
    const fold: CourseRow = { kind: 'fold', key, fold: { key, points: run, first, last }, open, ...place };
    if (!open) return [fold];
    return [fold, ...run.map((point, at) => rowOf(point, true, { place: at + 1, places: run.length }))];
  });
}

/** The line at which an exchange shows: its own, or that of the run it is folded into; -1 where it is not there. */
export function rowWith(rows: readonly CourseRow[], exchangeId: number): number {
  const own = rows.findIndex(row => row.kind === 'point' && row.point.exchangeId === exchangeId);
  if (own !== -1) return own;
  return rows.findIndex(row => row.kind === 'fold' && row.fold.points.some(point => point.exchangeId === exchangeId));
}

function rowOf(point: TransactionPoint, inside: boolean, place: Pick<RowBase, 'place' | 'places'>): CourseRow {
  return { kind: 'point', key: `point ${point.exchangeId}`, point, inside, ...place };
}

function runsOf(points: readonly TransactionPoint[]): readonly (readonly TransactionPoint[])[] {
  const runs: TransactionPoint[][] = [];
  // What was said last, by whichever message: a PATCH without a status changes nothing.
  let status: string | null = null;
  for (const point of points) {
    const run = runs.at(-1);
    const [first] = run ?? [];
    const turns = point.status !== null && point.status !== status;
    if (run !== undefined && first !== undefined && !turns && isAlike(first, point)) run.push(point);
    else runs.push([point]);
    status = point.status ?? status;
  }
  return runs;
}

function isAlike(first: TransactionPoint, point: TransactionPoint): boolean {
  return isQuiet(first) && isQuiet(point) && first.operation === point.operation && first.direction === point.direction;
}

function isQuiet({ ok, ended, findings, faults }: TransactionPoint): boolean {
  return ok && ended !== 'open' && faults.length === 0 && findings.every(({ severity }) => severity === 'note');
}
