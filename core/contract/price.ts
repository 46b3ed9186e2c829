import * as z from 'zod';
import { VersionName } from './platform.ts';

/** An exact decimal number in text, so that nothing is rounded on the way: `12.345`, `-0.5`, `0`. */
export const Decimal = z.string().regex(/^-?\d+(\.\d+)?$/);
export type Decimal = z.infer<typeof Decimal>;

/** An amount without and with taxes; `after` is null where nobody can tell it. */
export const Amount = z.object({ before: Decimal, after: Decimal.nullable() });
export type Amount = z.infer<typeof Amount>;

/** What a charge is made of, as the totals of a CDR name it: total_energy_cost, total_time_cost, and so on (digest 6.3). */
export const CostPart = z.enum(['energy', 'time', 'parking', 'fixed', 'reservation']);
export type CostPart = z.infer<typeof CostPart>;

/** How the time zone was found in which a tariff's times of day are read. A CDR itself names none. */
export const PricedZone = z.object({
  /** `Europe/Oslo`. */
  name: z.string(),
  /** `asked`: the operator said so. `location`: the location as it is known. `country`: its country has but one. `assumed`: UTC. */
  from: z.enum(['asked', 'location', 'country', 'assumed']),
  /** One clause: `as location LOC1 says`, `assumed: nothing tells the zone of the location`. */
  said: z.string(),
  /** Whether any restriction of the tariffs asks for it at all. */
  matters: z.boolean(),
});
export type PricedZone = z.infer<typeof PricedZone>;

/** One line of the bill as it ought to be. The amounts of all lines add up to the total exactly. */
export const PriceLine = z.object({
  /**
   * `used`: volume times price. `flat`: once. `step`: what rounding up to whole steps adds. `free`: used, and no element prices it.
   * `least`, `most`: what the limits of the tariff add or take away. `rounding` never occurs: nothing is rounded (digest 6.4).
   */
  kind: z.enum(['used', 'flat', 'step', 'free', 'least', 'most']),
  part: CostPart.nullable(),
  /** Position in charging_periods; null for what is of the whole charge. */
  period: z.int().nullable(),
  /** RFC 3339, of the stretch that is priced; null where the line is of the whole charge. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  dimension: z.enum(['ENERGY', 'TIME', 'PARKING_TIME', 'FLAT', 'RESERVATION_TIME']).nullable(),
  tariff: z.string().nullable(),
  /** JSON pointer within the tariff: `/elements/1/price_components/0`; null where none applied. */
  component: z.string().nullable(),
  volume: Decimal.nullable(),
  unit: z.enum(['kWh', 'h']).nullable(),
  /** As it stands in the tariff, a unit of volume. */
  price: Decimal.nullable(),
  /** Percent; null where the tariff names none. */
  vat: Decimal.nullable(),
  /** Wh or seconds; null where it does not matter. */
  stepSize: z.int().nullable(),
  amount: Amount,
  /** The arithmetic or the reason, for people: `7.25 kWh x 0.45`, `10:15 to 10:30 in Europe/Oslo`. */
  said: z.string(),
});
export type PriceLine = z.infer<typeof PriceLine>;

/** What could not be told for certain, and what was taken for it. */
export const PriceDoubt = z.object({
  /** Stable: `zone-assumed`, `no-tariff`, `volume-split`, `power-unknown`, `limits-need-taxes`, `taxes-unknown`, ... */
  code: z.string(),
  sentence: z.string(),
  /** Whether another reading of it would change the total. */
  matters: z.boolean(),
});
export type PriceDoubt = z.infer<typeof PriceDoubt>;

/** Where what is stated departs from what the tariff gives. */
export const PriceDeparture = z.object({
  /** Of the session or CDR: `total_cost`, `total_energy_cost`, `total_time`, ... */
  field: z.string(),
  /** JSON pointer of it. */
  pointer: z.string(),
  taxes: z.enum(['before', 'after', 'none']),
  stated: Decimal,
  due: Decimal,
  /** stated - due: positive where too much is asked. */
  by: Decimal,
  /** Likely reasons, the likeliest first: each was computed and gives what is stated. */
  reasons: z.array(
    z.object({
      /** `step-size-each-period`, `step-size-left-out`, `step-size-one-more`, `vat-left-out`, `vat-twice`, `rounded`, `wh-for-kwh`, `other-zone`, ... */
      code: z.string(),
      sentence: z.string(),
    }),
  ),
});
export type PriceDeparture = z.infer<typeof PriceDeparture>;

const Totals = z.object({
  /** What is due of a credit CDR has the sign of its lines turned; its parts have not (T38). */
  total: Amount,
  parts: z.partialRecord(CostPart, Amount),
});

/** A session or CDR priced anew. JSON kept stable: `wb price --json` prints it. */
export const PricedBill = z.object({
  kind: z.enum(['session', 'cdr']),
  id: z.string(),
  version: VersionName,
  currency: z.string(),
  zone: PricedZone,
  /** RFC 3339. */
  start: z.string().nullable(),
  end: z.string().nullable(),
  /** `[kWh]`, hours; as the periods add up. */
  energy: Decimal,
  hours: Decimal,
  parkingHours: Decimal,
  /** Tariffs that were taken, and where they came from. */
  tariffs: z.array(z.object({ id: z.string(), from: z.enum(['within', 'asked', 'stored']), currency: z.string() })),
  lines: z.array(PriceLine),
  /** Null where there is no tariff: nobody knows what is due. */
  due: Totals.nullable(),
  /** As it states them; null where it states no cost. */
  stated: Totals.nullable(),
  departures: z.array(PriceDeparture),
  doubts: z.array(PriceDoubt),
  /** `right`: nothing departs. `wrong`: something does, for certain. `unsure`: a doubt could explain it. `unpriced`: there is no tariff, or nothing stated. */
  verdict: z.enum(['right', 'wrong', 'unsure', 'unpriced']),
  /** One sentence: `Stated 12.50 EUR, due 12.05 EUR: 0.45 too much, because ...`. */
  sentence: z.string(),
  /** Of a tariff for payment at a terminal (2.3.0): what is to be reserved on the card. */
  preauthorize: z
    .object({
      amount: Decimal,
      /** Whether it is enough for what is due; null where there are taxes nobody can tell. */
      covers: z.boolean().nullable(),
    })
    .nullable(),
  /** A credit CDR, or one that was credited: the other, and what remains. */
  credit: z
    .object({
      credits: z.string().nullable(),
      creditedBy: z.array(z.string()),
      net: Amount.nullable(),
      sentence: z.string(),
    })
    .nullable(),
});
export type PricedBill = z.infer<typeof PricedBill>;
