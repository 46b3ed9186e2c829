import type { EnergyMix as EnergyMix211 } from '../../ocpi/v2_1_1/locations.ts';
import type { EnergyMix as EnergyMix22 } from '../../ocpi/v2_2_1/locations.ts';

/** What operators buy: percentages of sources, and what a kWh leaves behind in grams. */
const PRODUCTS = {
  green: {
    name: 'Wind and Water',
    supplier: 'Four Winds Energy',
    green: true,
    sources: [
      ['WATER', 58],
      ['WIND', 42],
    ],
    impact: [],
  },
  solar: {
    name: 'Roof Sun',
    supplier: 'Roofline Cooperative',
    green: true,
    sources: [
      ['SOLAR', 71.5],
      ['WIND', 20],
      ['GENERAL_GREEN', 8.5],
    ],
    impact: [],
  },
  mixed: {
    name: 'Standard',
    supplier: 'Interconnect Supply',
    green: false,
    sources: [
      ['WATER', 31.4],
      ['NUCLEAR', 28.1],
      ['WIND', 17.5],
      ['GAS', 14],
      ['COAL', 9],
    ],
    impact: [
      ['CARBON_DIOXIDE', 148.2],
      ['NUCLEAR_WASTE', 0.0007],
    ],
  },
} as const;
export type EnergyProduct = keyof typeof PRODUCTS;
export const ENERGY_PRODUCTS: readonly EnergyProduct[] = ['green', 'solar', 'mixed'];

/** The name of what is left behind is called `source` in 2.1.1. */
export function writeEnergyMix211(product: EnergyProduct): EnergyMix211 {
  const { impact } = PRODUCTS[product];
  return {
    ...commonPart(product),
    ...(impact.length > 0 && { environ_impact: impact.map(([source, amount]) => ({ source, amount })) }),
  };
}

export function writeEnergyMix22(product: EnergyProduct): EnergyMix22 {
  const { impact } = PRODUCTS[product];
  return {
    ...commonPart(product),
    ...(impact.length > 0 && { environ_impact: impact.map(([category, amount]) => ({ category, amount })) }),
  };
}

function commonPart(product: EnergyProduct) {
  const { name, supplier, green, sources } = PRODUCTS[product];
  return {
    is_green_energy: green,
    energy_sources: sources.map(([source, percentage]) => ({ source, percentage })),
    supplier_name: supplier,
    energy_product_name: name,
  };
}
