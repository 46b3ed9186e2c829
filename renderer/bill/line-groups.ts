import type { PriceLine } from '../../core/contract/price.ts';
import { sumOf } from './decimals.ts';

/** The lines of one charging period, or those of the whole charge. */
export interface LineGroup {
  readonly key: string;
  /** Position in charging_periods; null: of the whole charge. */
  readonly period: number | null;
  /** RFC 3339, as far as any line says. */
  readonly from: string | null;
  readonly to: string | null;
  readonly lines: readonly PriceLine[];
  readonly before: string;
  /** Null where any of them cannot be told. */
  readonly after: string | null;
  /** kWh that were used; null where none were told. */
  readonly energy: string | null;
}

/** In the order of the periods; what is of the whole charge comes last. */
export function lineGroups(lines: readonly PriceLine[]): readonly LineGroup[] {
  const groups = new Map<number | null, PriceLine[]>();
  for (const line of lines) {
    const group = groups.get(line.period);
    if (group === undefined) groups.set(line.period, [line]);
    else group.push(line);
  }
  const order = (period: number | null) => period ?? Number.POSITIVE_INFINITY;
  return [...groups]
    .sort(([left], [right]) => order(left) - order(right) || 0)
    .map(([period, lines]) => groupOf(period, lines));
}

function groupOf(period: number | null, lines: readonly PriceLine[]): LineGroup {
  const moments = (read: (line: PriceLine) => string | null) =>
    lines
      .map(read)
      .filter(at => at !== null)
      .toSorted((left, right) => Date.parse(left) - Date.parse(right));
  const afters = lines.map(({ amount }) => amount.after);
  const told = afters.filter(after => after !== null);
  return {
    key: period === null ? 'whole' : `period ${period}`,
    period,
    from: moments(({ from }) => from)[0] ?? null,
    to: moments(({ to }) => to).at(-1) ?? null,
    lines,
    before: sumOf(lines.map(({ amount }) => amount.before)),
    after: told.length === afters.length ? sumOf(told) : null,
    energy: energyOf(lines),
  };
}

/** What was used: steps and limits add to the price, not to the energy. */
function energyOf(lines: readonly PriceLine[]): string | null {
  const used = lines.filter(({ kind, unit }) => (kind === 'used' || kind === 'free') && unit === 'kWh');
  const volumes = used.map(({ volume }) => volume).filter(volume => volume !== null);
  return volumes.length === 0 ? null : sumOf(volumes);
}
