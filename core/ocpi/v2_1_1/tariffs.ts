import type * as z from 'zod';
import {
  closedEnum,
  DateTimeText,
  decisiveEnum,
  list,
  listOne,
  OcpiString,
  ocpiInt,
  ocpiNumber,
  ocpiObject,
  optional,
  tolerated,
  Url,
} from '../schema.ts';
import { LocalDate, TimeOfDay } from '../stances/hours.ts';
import { DisplayText } from './display-text.ts';
import { EnergyMix } from './locations.ts';

// Tariffs of 2.1.1 (digest 6.4): owned by the CPO, prices excluding VAT.

export const DayOfWeek = closedEnum('DayOfWeek', [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
]);
export type DayOfWeek = z.infer<typeof DayOfWeek>;

/** A price of an unknown dimension cannot be applied, so that its tariff cannot be used (T30a). */
export const TariffDimensionType = decisiveEnum('TariffDimensionType', ['ENERGY', 'FLAT', 'PARKING_TIME', 'TIME']);
export type TariffDimensionType = z.infer<typeof TariffDimensionType>;

/** Price per kWh, per hour or once; the step in Wh, in seconds, or without meaning. */
export const PriceComponent = ocpiObject('PriceComponent', {
  type: TariffDimensionType,
  price: ocpiNumber(),
  step_size: ocpiInt(),
});
export type PriceComponent = z.infer<typeof PriceComponent>;

/** Times and dates are local. Energy in kWh, power in kW, durations in seconds; minima inclusive, maxima exclusive. */
export const TariffRestrictions = ocpiObject('TariffRestrictions', {
  start_time: optional(TimeOfDay()),
  end_time: optional(TimeOfDay()),
  start_date: optional(LocalDate()),
  end_date: optional(LocalDate()),
  min_kwh: optional(ocpiNumber()),
  max_kwh: optional(ocpiNumber()),
  min_power: optional(ocpiNumber()),
  max_power: optional(ocpiNumber()),
  min_duration: optional(ocpiInt()),
  max_duration: optional(ocpiInt()),
  day_of_week: list(DayOfWeek),
});
export type TariffRestrictions = z.infer<typeof TariffRestrictions>;

export const TariffElement = ocpiObject('TariffElement', {
  price_components: listOne(PriceComponent),
  restrictions: optional(TariffRestrictions),
});
export type TariffElement = z.infer<typeof TariffElement>;

export const Tariff = ocpiObject('Tariff', {
  id: OcpiString(36),
  currency: OcpiString(3),
  tariff_alt_text: list(DisplayText),
  tariff_alt_url: optional(Url()),
  elements: listOne(TariffElement),
  energy_mix: optional(EnergyMix),
  last_updated: tolerated(DateTimeText(), 'last-updated.missing'),
});
export type Tariff = z.infer<typeof Tariff>;
