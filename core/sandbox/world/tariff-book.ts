import type { Chance } from './chance.ts';
import type { Country } from './geography/countries.ts';
import type { Company } from './operators.ts';

/** A tariff, whatever the version: prices without tax, in ten-thousandths of the currency unit per kWh, hour or session. */
export interface TariffFacts {
  readonly index: number;
  readonly id: string;
  readonly operator: Company;
  readonly country: Country;
  readonly sort: TariffSort;
  readonly type?: TariffType;
  readonly text: string;
  readonly elements: readonly Element[];
  /** Percentage; undefined where no tax applies. */
  readonly vat?: number;
  /** How 2.3.0 writes its prices. */
  readonly taxIncluded: 'YES' | 'NO' | 'N/A';
  /** For a whole session, without tax; 2.1.1 has no such limits. */
  readonly least?: number;
  readonly most?: number;
}

/** As much of a tariff as it takes to price a session, whoever's tariff it is. */
export interface Pricing extends Pick<TariffFacts, 'elements' | 'vat' | 'least' | 'most'> {
  readonly country: Pick<Country, 'standardOffset'>;
}

export type TariffType = 'AD_HOC_PAYMENT' | 'PROFILE_CHEAP' | 'PROFILE_GREEN' | 'REGULAR';
export type Dimension = 'ENERGY' | 'FLAT' | 'PARKING_TIME' | 'TIME';

export interface Element {
  readonly components: readonly Component[];
  readonly when?: Restrictions;
}

export interface Component {
  readonly dimension: Dimension;
  readonly price: number;
  /** Wh or seconds. */
  readonly step: number;
}

export interface Restrictions {
  /** Whole local hours; `untilHour` is not included. */
  readonly fromHour?: number;
  readonly untilHour?: number;
  /** 1 is Monday. */
  readonly weekdays?: readonly number[];
  /** Watts; the maximum is not included. */
  readonly leastWatts?: number;
  readonly mostWatts?: number;
  /** Seconds since the session began; the maximum is not included. */
  readonly leastSeconds?: number;
  readonly mostSeconds?: number;
  readonly reservation?: 'RESERVATION' | 'RESERVATION_EXPIRES';
}

/** What each operator has one tariff of. `use` says which chargers it is for. */
interface Plan {
  readonly use: 'ac' | 'dc' | 'card' | 'profile';
  readonly type?: TariffType;
  readonly text: string;
  readonly noTax?: true;
  readonly least?: number;
  readonly most?: number;
  /** From prices in euro cents, without tax. */
  elements(price: (dimension: Dimension, cents: number, step?: number) => Component): readonly Element[];
}

const PLANS = {
  FREE: {
    use: 'ac',
    text: 'Charging is free here.',
    noTax: true,
    elements: price => [{ components: [price('FLAT', 0)] }],
  },
  KWH: {
    use: 'ac',
    type: 'REGULAR',
    text: 'Pay for the energy.',
    elements: price => [{ components: [price('ENERGY', 44)] }],
  },
  HOUR: {
    use: 'ac',
    type: 'REGULAR',
    text: 'Pay for the time connected and charging, by the started five minutes.',
    elements: price => [{ components: [price('TIME', 210, 300), price('PARKING_TIME', 210, 300)] }],
  },
  START: {
    use: 'ac',
    type: 'REGULAR',
    text: 'A fee to begin with, then the energy.',
    elements: price => [{ components: [price('FLAT', 50), price('ENERGY', 39)] }],
  },
  PARKING: {
    use: 'ac',
    type: 'REGULAR',
    text: 'Pay for the energy, and for staying connected after charging.',
    elements: price => [{ components: [price('ENERGY', 42, 100), price('PARKING_TIME', 300, 900)] }],
  },
  'DAY-NIGHT': {
    use: 'ac',
    type: 'REGULAR',
    text: 'Energy is cheaper at night.',
    elements: price => [
      { components: [price('ENERGY', 49)], when: { fromHour: 7, untilHour: 22 } },
      { components: [price('ENERGY', 33)] },
    ],
  },
  WEEKEND: {
    use: 'ac',
    type: 'REGULAR',
    text: 'Energy is cheaper on Saturdays and Sundays.',
    elements: price => [
      { components: [price('ENERGY', 34)], when: { weekdays: [6, 7] } },
      { components: [price('ENERGY', 46)] },
    ],
  },
  LIMITS: {
    use: 'ac',
    type: 'REGULAR',
    text: 'Energy and time, with a lowest and a highest price for a session.',
    least: 150,
    most: 2_500,
    elements: price => [{ components: [price('ENERGY', 36), price('TIME', 60, 60)] }],
  },
  LONGER: {
    use: 'ac',
    type: 'REGULAR',
    text: 'The first two hours cost less than those that follow.',
    elements: price => [
      { components: [price('TIME', 150, 600)], when: { mostSeconds: 7_200 } },
      { components: [price('TIME', 330, 600)] },
      { components: [price('PARKING_TIME', 330, 600)] },
    ],
  },
  RESERVE: {
    use: 'ac',
    type: 'REGULAR',
    text: 'Energy, and the time for which the charger was kept free.',
    elements: price => [
      { components: [price('TIME', 240)], when: { reservation: 'RESERVATION' } },
      { components: [price('FLAT', 200), price('TIME', 360)], when: { reservation: 'RESERVATION_EXPIRES' } },
      { components: [price('ENERGY', 45)] },
    ],
  },
  'RAPID-KWH': {
    use: 'dc',
    type: 'REGULAR',
    text: 'Pay for the energy.',
    elements: price => [{ components: [price('ENERGY', 58)] }],
  },
  'RAPID-POWER': {
    use: 'dc',
    type: 'REGULAR',
    text: 'Energy costs more while charging is fast.',
    elements: price => [
      { components: [price('ENERGY', 67)], when: { leastWatts: 60_000 } },
      { components: [price('ENERGY', 52)], when: { mostWatts: 60_000 } },
    ],
  },
  'RAPID-STAY': {
    use: 'dc',
    type: 'REGULAR',
    text: 'A fee to begin with, energy, and time from the 45th minute on.',
    elements: price => [
      { components: [price('TIME', 900), price('PARKING_TIME', 900)], when: { leastSeconds: 2_700 } },
      { components: [price('FLAT', 35), price('ENERGY', 55)] },
    ],
  },
  CARD: {
    use: 'card',
    type: 'AD_HOC_PAYMENT',
    text: 'Payment by card at the charger.',
    elements: price => [{ components: [price('FLAT', 30), price('ENERGY', 64)] }],
  },
  GREEN: {
    use: 'profile',
    type: 'PROFILE_GREEN',
    text: 'Charging follows the wind and the sun.',
    elements: price => [{ components: [price('ENERGY', 40)] }],
  },
  CHEAP: {
    use: 'profile',
    type: 'PROFILE_CHEAP',
    text: 'Charging waits for the cheap hours.',
    elements: price => [{ components: [price('ENERGY', 35)] }],
  },
} as const satisfies Readonly<Record<string, Plan>>;
export type TariffSort = keyof typeof PLANS;

export const TARIFF_SORTS = Object.keys(PLANS) as readonly TariffSort[];
const BY_USE = (use: Plan['use']) => TARIFF_SORTS.filter(sort => PLANS[sort].use === use);
const AC_SORTS = BY_USE('ac');
const DC_SORTS = BY_USE('dc');

/** Countries in which prices are commonly told with the tax. */
const TAX_INCLUDED = new Set(['GB', 'IE', 'NO', 'DK']);

/** All tariffs of all operators: those of one operator stand together, in the order of TARIFF_SORTS. */
export function tariffBook(
  operators: readonly Company[],
  countries: readonly Country[],
  chance: Chance,
): TariffFacts[] {
  return operators.flatMap((operator, at) => {
    const country = countries.find(({ code }) => code === operator.countryCode);
    if (!country) throw new RangeError(`An operator in ${operator.countryCode}, which is not in this world`);
    // Cents are whole, so that prices with any rate of tax have few decimals.
    const level = country.priceLevel * (0.9 + 0.01 * chance.at('operator', at).integer('level', 0, 25));
    const scale = (cents: number) => Math.round(cents * level) * 100;
    return TARIFF_SORTS.map((sort, place): TariffFacts => {
      const plan: Plan = PLANS[sort];
      return {
        index: at * TARIFF_SORTS.length + place,
        id: `${operator.countryCode}-${operator.partyId}-${sort}`,
        operator,
        country,
        sort,
        text: plan.text,
        elements: plan.elements((dimension, cents, step = 1) => ({ dimension, price: scale(cents), step })),
        taxIncluded: plan.noTax ? 'N/A' : TAX_INCLUDED.has(country.code) ? 'YES' : 'NO',
        ...(plan.type && { type: plan.type }),
        ...(!plan.noTax && { vat: country.vat }),
        ...(plan.least !== undefined && { least: scale(plan.least) }),
        ...(plan.most !== undefined && { most: scale(plan.most) }),
      };
    });
  });
}

/** The index of an operator's tariff of a sort. */
export function tariffIndex(operator: number, sort: TariffSort): number {
  return operator * TARIFF_SORTS.length + TARIFF_SORTS.indexOf(sort);
}

/** What a site's slow or rapid chargers cost. */
export function drawTariffSort(rapid: boolean, chance: Chance): TariffSort {
  return rapid ? chance.pick('rapid tariff', DC_SORTS) : chance.pick('tariff', AC_SORTS);
}
