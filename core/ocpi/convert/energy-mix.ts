import type { EnergyMix as EnergyMix211 } from '../v2_1_1/locations.ts';
import { EnvironmentalImpactCategory } from '../v2_1_1/locations.ts';
import type { EnergyMix as EnergyMix221 } from '../v2_2_1/locations.ts';
import type { EnergyMix as EnergyMix230 } from '../v2_3_0/locations.ts';
import { knows } from './enums.ts';
import { mapped } from './prices.ts';

/** The impact is named `source` in 2.1.1 and `category` from 2.2 on. */
export function energyMixFrom211({ environ_impact: impact, ...rest }: EnergyMix211): EnergyMix221 {
  const renamed = mapped(impact, all => all.map(({ source, ...one }) => ({ category: source, ...one })));
  return { ...rest, ...(renamed !== undefined && { environ_impact: renamed }) };
}

export function energyMixTo211({ environ_impact: impact, ...rest }: EnergyMix221): EnergyMix211 {
  const renamed = mapped(impact, all => all.map(({ category, ...one }) => ({ source: category, ...one })));
  return { ...rest, ...(renamed !== undefined && { environ_impact: renamed }) };
}

/** Impacts that only the open enum of 2.3.0 allows are left out. */
export function energyMixTo221({ environ_impact: impact, ...rest }: EnergyMix230): EnergyMix221 {
  const known = mapped(impact, all => all.filter(({ category }) => knows(EnvironmentalImpactCategory, category)));
  return { ...rest, ...(known !== undefined && { environ_impact: known }) };
}
