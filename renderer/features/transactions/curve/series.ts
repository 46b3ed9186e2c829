import type { CurvePoint } from '../../../../core/contract/transaction.ts';

/** Who tells: the session while it goes on, the CDR afterwards. */
export type Teller = 'session' | 'cdr';

const TELLERS = {
  session: 'session',
  'session-period': 'session',
  meter: 'session',
  'cdr-period': 'cdr',
  cdr: 'cdr',
} as const satisfies Record<CurvePoint['source'], Teller>;

export function tellerOf({ source }: Pick<CurvePoint, 'source'>): Teller {
  return TELLERS[source];
}

/** Columns of equal length: one place for each moment something was told of. */
export interface CurveSeries {
  /** Milliseconds since the epoch, rising, each once. */
  readonly moments: readonly number[];
  readonly lines: readonly CurveLine[];
}

export interface CurveLine {
  readonly teller: Teller;
  readonly what: 'kwh' | 'kw';
  /**
   * By moment. Energy: undefined where this one did not tell it, so that the line goes on to where it did. Power: what it
   * is from there on, held until something else is told; null where it is not known.
   */
  readonly values: readonly (number | null | undefined)[];
}

/** The curve as lines over the same moments: those that tell nothing are left out. */
export function curveSeries(curve: readonly CurvePoint[]): CurveSeries {
  const timed = curve
    .map(point => ({ point, at: Date.parse(point.at) }))
    .filter(({ at }) => Number.isFinite(at))
    .sort((left, right) => left.at - right.at);
  const moments = [...new Set(timed.map(({ at }) => at))];
  const lines = (['session', 'cdr'] as const).flatMap((teller): CurveLine[] => {
    const told = timed.filter(({ point }) => tellerOf(point) === teller);
    const power = finest(told);
    const totals = told.filter(({ point }) => point.kwh !== null && isTotal(point));
    // Sums of periods are rounded by themselves: where totals make a line, they are it.
    const energy = teller === 'session' && totals.length > 1 ? totals : told;
    const kwh = new Map<number, number>();
    const kw = new Map<number, number | null>();
    // What is told of one moment twice: the later word counts, as far as it says anything.
    for (const { point, at } of energy) if (point.kwh !== null) kwh.set(at, point.kwh);
    for (const { point, at } of power) if (point.kw !== null || !kw.has(at)) kw.set(at, point.kw);
    const lines: CurveLine[] = [];
    if (kwh.size > 0) lines.push({ teller, what: 'kwh', values: moments.map(at => kwh.get(at)) });
    if ([...kw.values()].some(value => value !== null)) lines.push({ teller, what: 'kw', values: held(moments, kw) });
    return lines;
  });
  return { moments, lines };
}

interface Timed {
  readonly point: CurvePoint;
  readonly at: number;
}

/** Periods and totals each tell a power of their own: those that tell more of it. */
function finest(told: readonly Timed[]): readonly Timed[] {
  const [totals, periods] = [told.filter(({ point }) => isTotal(point)), told.filter(({ point }) => !isTotal(point))];
  const known = (points: readonly Timed[]) => points.filter(({ point }) => point.kw !== null).length;
  return known(totals) > known(periods) ? totals : periods;
}

function isTotal({ source }: CurvePoint): boolean {
  return source === 'session' || source === 'cdr';
}

/** Nothing is known of what follows the last word. */
function held(moments: readonly number[], told: ReadonlyMap<number, number | null>): readonly (number | null)[] {
  const end = Math.max(...told.keys());
  let now: number | null = null;
  return moments.map(at => {
    const here = told.get(at);
    if (here !== undefined) now = here;
    return at > end ? null : now;
  });
}

/** The place in a curve that a moment is nearest to; -1 where there is none. */
export function nearestTo(curve: readonly CurvePoint[], moment: number): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, point] of curve.entries()) {
    const away = Math.abs(Date.parse(point.at) - moment);
    if (away < least) [best, least] = [at, away];
  }
  return best;
}
