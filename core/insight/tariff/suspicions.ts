import type { Bill, Period } from './bill.ts';
import type { Reckoning } from './due.ts';
import type { Otherwise, Pricing } from './pricing.ts';
import { multiply, type Ratio, ratio } from './ratio.ts';
import { STEP_GROUPS, type StepGroup, type Stepping } from './steps.ts';
import type { Component } from './terms.ts';
import type { Volume } from './volume.ts';
import { fixedClock } from './zones.ts';

/** Another way to come to an amount, and what it is called. */
export interface Suspicion {
  readonly code: string;
  /** A clause: `step_size is left out`. */
  readonly said: string;
  readonly otherwise: Otherwise;
}

const STEPPED: Readonly<Record<StepGroup, string>> = { energy: 'energy', time: 'time', reservation: 'reservation' };

/** What may have gone wrong, the likeliest first; zones other than UTC aside, of which there are many. Only what can make a difference to this bill. */
export function suspicionsOf(pricing: Pricing): readonly Suspicion[] {
  return [
    ...steppings(pricing),
    ...taxes(pricing),
    ...limits(pricing),
    ...units(pricing),
    ...utc(pricing),
    ...readings(pricing),
    ...roundings(),
  ];
}

const WAYS: readonly (readonly [Stepping, string, string])[] = [
  ['never', 'step-size-left-out', 'step_size is left out'],
  ['one-more', 'step-size-one-more', 'one step_size too many is billed'],
  ['one-less', 'step-size-one-less', 'one step_size too few is billed'],
  ['each-period', 'step-size-each-period', 'step_size is applied to each period by itself'],
];

function steppings({ uses }: Pricing): Suspicion[] {
  const priced = uses.filter(({ component }) => component !== undefined && component.step > 0);
  const groups = STEP_GROUPS.filter(group => priced.some(({ dimension }) => isOf(group, dimension)));
  return WAYS.flatMap(([way, code, said]) => {
    const one = groups.map(
      (group): Suspicion => ({
        code,
        said: groups.length > 1 ? `${said} (of ${STEPPED[group]})` : said,
        otherwise: { reckoning: { stepping: asked => (asked === group ? way : 'once') } },
      }),
    );
    const all = { code, said, otherwise: { reckoning: { stepping: () => way } } };
    return groups.length > 1 && (way === 'never' || way === 'each-period') ? [all, ...one] : one;
  });
}

function isOf(group: StepGroup, dimension: string): boolean {
  if (group === 'energy') return dimension === 'ENERGY';
  return group === 'time' ? dimension === 'TIME' || dimension === 'PARKING_TIME' : dimension === 'RESERVATION_TIME';
}

function taxes({ uses }: Pricing): Suspicion[] {
  const reckoned = (code: string, said: string, tax: Reckoning['tax']): Suspicion => ({
    code,
    said,
    otherwise: { reckoning: tax === undefined ? {} : { tax } },
  });
  const components = uses.flatMap(({ component }) => component ?? []);
  const rates = new Map<string, Component>();
  for (const one of components) if (one.vat !== undefined) rates.set(percent(one.vat), one);
  const others = [...rates.values()].flatMap(({ vat }) => (vat === undefined ? [] : [vat]));
  return [
    reckoned('vat-left-out', 'VAT is left out', 'left-out'),
    reckoned('vat-twice', 'VAT is added twice', 'twice'),
    ...(others.length > 1
      ? others.map(vat =>
          reckoned('vat-of-other-part', `VAT of ${percent(vat)} % is taken for everything`, { factor: factorOf(vat) }),
        )
      : []),
  ];
}

function percent(vat: Ratio): string {
  return String(Number(vat.top) / Number(vat.bottom));
}

function factorOf({ top, bottom }: Ratio): Ratio {
  return { top: bottom * 100n + top, bottom: bottom * 100n };
}

function limits({ due }: Pricing): Suspicion[] {
  return due.limits.map(
    ({ kind }): Suspicion => ({
      code: kind === 'least' ? 'min-price-ignored' : 'max-price-ignored',
      said: kind === 'least' ? 'min_price is ignored' : 'max_price is ignored',
      otherwise: { reckoning: { limits: kind === 'least' ? 'no-least' : 'no-most' } },
    }),
  );
}

const FACTORS: readonly (readonly [string, string, 'energy' | 'time', Ratio])[] = [
  ['wh-for-kwh', 'Wh are taken for kWh', 'energy', ratio(1000)],
  ['kwh-for-wh', 'kWh are taken for Wh', 'energy', ratio(1, 1000)],
  ['minutes-for-hours', 'minutes are taken for hours', 'time', ratio(60)],
  ['hours-for-minutes', 'hours are taken for minutes', 'time', ratio(1, 60)],
  ['seconds-for-hours', 'seconds are taken for hours', 'time', ratio(3600)],
];

function units({ uses }: Pricing): Suspicion[] {
  return FACTORS.filter(([, , what]) =>
    uses.some(
      ({ dimension, component }) =>
        component && (what === 'energy') === (dimension === 'ENERGY') && dimension !== 'FLAT',
    ),
  ).map(([code, said, what, factor]) => ({
    code,
    said,
    otherwise: { volumes: bill => scaled(bill, what, factor) },
  }));
}

function scaled(bill: Bill, what: 'energy' | 'time', factor: Ratio): Bill {
  const times = (volume: Volume | undefined): Volume | undefined =>
    volume && { ...volume, amount: multiply(volume.amount, factor) };
  const period = (one: Period): Period =>
    what === 'energy'
      ? { ...one, energy: times(one.energy) }
      : {
          ...one,
          time: times(one.time),
          parking: times(one.parking),
          reserved: one.reserved.map(({ volume, purposes }) => ({ volume: times(volume) ?? volume, purposes })),
        };
  return { ...bill, periods: bill.periods.map(period) };
}

const FROM_HOURS = -12;
const TO_HOURS = 14;

/** Times of day are often read in UTC; then what it would be elsewhere. */
function utc(pricing: Pricing): Suspicion[] {
  return asksForZone(pricing) && offsetAtStart(pricing) !== 0 ? [inZone(0)] : [];
}

/** Clocks of all other offsets, the near ones first. None where no price depends on the time of day. */
export function zoneSuspicions(pricing: Pricing): Suspicion[] {
  if (!asksForZone(pricing)) return [];
  const own = offsetAtStart(pricing);
  const hours = Array.from({ length: TO_HOURS - FROM_HOURS + 1 }, (_, at) => FROM_HOURS + at);
  hours.sort((left, right) => Math.abs(left) - Math.abs(right));
  return hours.filter(hour => hour !== own && hour !== 0).map(inZone);
}

function asksForZone({ terms }: Pricing): boolean {
  return terms.some(one => one.asksForZone);
}

function offsetAtStart({ bill, clock }: Pricing): number | undefined {
  return bill.start === undefined ? undefined : clock.spanAt(bill.start).offset / 3_600_000;
}

function inZone(hour: number): Suspicion {
  const name = hour === 0 ? 'UTC' : `UTC${hour > 0 ? '+' : '-'}${Math.abs(hour)}`;
  return {
    code: 'other-zone',
    said: `times of day are read in ${name}`,
    otherwise: { reading: { clock: fixedClock(hour) } },
  };
}

function readings({ terms, bill }: Pricing): Suspicion[] {
  const isReserved = bill.periods.some(({ reserved }) => reserved.length > 0);
  const isRestricted = terms.some(({ elements }) => elements.some(({ restrictions }) => restrictions !== undefined));
  return [
    ...(isReserved
      ? [
          {
            code: 'reservation-as-time',
            said: 'the reservation is billed like time of charging',
            otherwise: { reading: { reservedAsTime: true } },
          },
        ]
      : []),
    ...(isRestricted
      ? (
          [
            ['listed-first', 'the first element of the tariff is taken without regard to its restrictions'],
            ['listed-last', 'the last element of the tariff is taken without regard to the others'],
          ] as const
        ).map(([pick, said]) => ({ code: 'wrong-element', said, otherwise: { reading: { pick } } }))
      : []),
  ];
}

function roundings(): Suspicion[] {
  const one = (digits: number, way: 'half' | 'up' | 'down', said: string): Suspicion => ({
    code: 'rounded',
    said,
    otherwise: { reckoning: { rounding: { digits, way } } },
  });
  return [
    one(2, 'half', 'each line is rounded to two decimals'),
    one(2, 'up', 'each line is rounded up to two decimals'),
    one(2, 'down', 'each line is rounded down to two decimals'),
    one(0, 'half', 'each line is rounded to whole amounts'),
  ];
}
