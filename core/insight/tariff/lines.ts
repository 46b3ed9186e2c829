import type { CostPart, PriceLine } from '../../contract/price.ts';
import { writeDateTime } from '../../ocpi/date-time.ts';
import type { Charge, Due, LimitCharge, Money } from './due.ts';
import { add, hasEnd, multiply, negate, type Ratio, ratio, write, writeAmount, ZERO } from './ratio.ts';
import { type Step, unitOf } from './steps.ts';
import type { Use } from './uses.ts';
import { writeAmounts } from './written-amounts.ts';
import { localTime, type ZoneClock } from './zones.ts';

/** Lines of a bill, and their sums: exactly those of what stands in the lines. */
export interface WrittenBill {
  readonly lines: PriceLine[];
  readonly total: { before: string; after: string | null };
  readonly parts: Partial<Record<CostPart, { before: string; after: string | null }>>;
}

export interface ToWrite {
  readonly due: Due;
  readonly isCredit: boolean;
  /** Where times of day matter: the zone, and its clocks. */
  readonly zone?: { readonly name: string; readonly clock: ZoneClock };
}

export function writeBill({ due, isCredit, zone }: ToWrite): WrittenBill {
  const { charges, limits, parts, total } = writeAmounts(due);
  const nothing: Money = { before: ZERO, after: ZERO };
  const moment = momentsOf();
  return {
    lines: [
      ...due.charges.map((charge, at) => lineOf(charge, charges[at] ?? nothing, { zone, moment })),
      ...due.limits.map((limit, at) => limitLine(limit, limits[at] ?? nothing)),
    ],
    total: amountText(isCredit ? { before: negate(total.before), after: total.after && negate(total.after) } : total),
    parts: Object.fromEntries([...parts].map(([part, money]) => [part, amountText(money)])),
  };
}

function amountText({ before, after }: Money): { before: string; after: string | null } {
  return { before: write(before), after: after === undefined ? null : write(after) };
}

interface Writing {
  readonly zone: ToWrite['zone'];
  readonly moment: (at: number | undefined) => string | null;
}

function lineOf({ use, step }: Charge, amount: Money, { zone, moment }: Writing): PriceLine {
  const { component, dimension } = use;
  const volume = step?.volume ?? use.volume;
  const isFee = dimension === 'FLAT';
  return {
    kind: step ? 'step' : isFee ? 'flat' : component ? 'used' : 'free',
    part: use.part,
    period: use.period,
    from: moment(step ? undefined : use.from),
    to: moment(step ? undefined : use.to),
    dimension,
    tariff: component?.tariff ?? null,
    component: component?.pointer ?? null,
    volume: isFee ? null : write(volume),
    unit: isFee ? null : dimension === 'ENERGY' ? 'kWh' : 'h',
    price: component ? write(component.price) : null,
    vat: component?.vat ? write(component.vat) : null,
    stepSize: component && component.step > 0 ? component.step : null,
    amount: amountText(amount),
    said: step ? saidOfStep(step) : isFee ? 'once' : saidOfUse(use, zone),
  };
}

function limitLine({ kind, tariff }: LimitCharge, amount: Money): PriceLine {
  return {
    kind,
    part: null,
    period: null,
    from: null,
    to: null,
    dimension: null,
    tariff,
    component: kind === 'least' ? '/min_price' : '/max_price',
    volume: null,
    unit: null,
    price: null,
    vat: null,
    stepSize: null,
    amount: amountText(amount),
    said: kind === 'least' ? 'up to the lowest price of the tariff' : 'down to the highest price of the tariff',
  };
}

/** Each moment of a bill stands in several of its lines. */
function momentsOf(): (at: number | undefined) => string | null {
  const written = new Map<number, string>();
  return at => {
    if (at === undefined) return null;
    const text = written.get(at) ?? writeDateTime(at);
    written.set(at, text);
    return text;
  };
}

function saidOfUse(use: Use, zone: ToWrite['zone']): string {
  const volume = volumeText(use.volume, use.dimension);
  const when =
    zone && use.from !== undefined && use.to !== undefined
      ? `, ${clockText(use.from, zone)} to ${clockText(use.to, zone)} in ${zone.name}`
      : '';
  if (use.component === undefined) return `${volume}: no element of the tariff prices it${when}`;
  return `${volume} x ${writeAmount(use.component.price)}${use.dimension === 'ENERGY' ? '' : ' an hour'}${when}`;
}

function saidOfStep({ use, component, total, volume }: Step): string {
  const { dimension } = use;
  const billed = volumeText(add(total, volume), dimension);
  const step = volumeText(unitOf(dimension, component.step), dimension);
  return `${volumeText(total, dimension)} rounded up to ${billed}, in steps of ${step}: ${volumeText(volume, dimension)} more`;
}

/** `7.25 kWh`, `500 Wh`, `22 min`, `1 h 5 min 30 s`. */
function volumeText(volume: Ratio, dimension: Use['dimension']): string {
  if (dimension === 'ENERGY') {
    const wattHours = multiply(volume, ratio(1000));
    return volume.top < volume.bottom && hasEnd(wattHours) && volume.top > 0n
      ? `${write(wattHours)} Wh`
      : `${write(volume)} kWh`;
  }
  const seconds = multiply(volume, ratio(3600));
  if (seconds.top % seconds.bottom !== 0n || volume.top < 0n) return `${writeAmount(volume)} h`;
  const all = seconds.top / seconds.bottom;
  const parts = [
    [all / 3600n, 'h'],
    [(all / 60n) % 60n, 'min'],
    [all % 60n, 's'],
  ] as const;
  const told = parts.filter(([count]) => count > 0n).map(([count, unit]) => `${count} ${unit}`);
  return told.length === 0 ? '0 min' : told.join(' ');
}

function clockText(at: number, { clock }: NonNullable<ToWrite['zone']>): string {
  const minutes = Math.floor(localTime(at, clock).ofDay / 60_000);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
