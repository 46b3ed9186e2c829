import { COUNTRIES } from '../../../core/sandbox/world/geography/countries.ts';

/**
 * What a CDR should cost, worked out anew from nothing but the CDR: its periods and the tariff in it, with the runtime's own
 * time zones. In binary floating point, so that results are compared with a tolerance.
 */
export interface PlainCdr {
  readonly start: string;
  readonly end: string;
  /** Alpha-3. */
  readonly country: string;
  readonly periods: readonly PlainPeriod[];
  readonly tariff: PlainTariff;
}

export interface PlainPeriod {
  readonly start_date_time: string;
  readonly dimensions: readonly { readonly type: string; readonly volume: number }[];
}

export interface PlainTariff {
  readonly tax_included?: string;
  readonly elements: readonly {
    readonly price_components: readonly {
      readonly type: string;
      readonly price: number;
      readonly vat?: number | null | undefined;
      readonly step_size: number;
    }[];
    readonly restrictions?: Readonly<Record<string, unknown>> | null | undefined;
  }[];
}

interface Line {
  readonly dimension: string;
  readonly price: number;
  readonly step: number;
  readonly volume: number;
}

/** The sum without tax, before any lowest or highest price. */
export function costOf({ start, end, country, periods, tariff }: PlainCdr): number {
  const lines: Line[] = [];
  let flat: number | undefined;
  periods.forEach((period, at) => {
    const begin = Date.parse(period.start_date_time);
    const hours = (Date.parse(periods[at + 1]?.start_date_time ?? end) - begin) / 3_600_000;
    const volumes = new Map(period.dimensions.map(({ type, volume }) => [type, volume]));
    const kwh = volumes.get('ENERGY') ?? 0;
    const circumstances = {
      ...localTime(begin, country),
      seconds: (begin - Date.parse(start)) / 1_000,
      kilowatts: volumes.get('MAX_POWER') ?? kwh / hours,
      reserved: volumes.has('RESERVATION_TIME'),
    };
    const prices = new Map<string, { readonly price: number; readonly step: number }>();
    for (const { price_components, restrictions } of tariff.elements) {
      if (!matches(restrictions ?? {}, circumstances)) continue;
      for (const { type, price, vat, step_size } of price_components) {
        const net = tariff.tax_included === 'YES' ? price / (1 + (vat ?? 0) / 100) : price;
        if (!prices.has(type)) prices.set(type, { price: net, step: step_size });
      }
    }
    flat ??= prices.get('FLAT')?.price;
    const used = circumstances.reserved
      ? { 'TIME of reservation': hours }
      : volumes.has('PARKING_TIME')
        ? { PARKING_TIME: hours }
        : { ENERGY: kwh, TIME: hours };
    for (const [dimension, volume] of Object.entries(used)) {
      const component = prices.get(dimension.split(' ')[0] ?? '');
      if (component) lines.push({ dimension, volume, ...component });
    }
  });
  const parked = lines.some(({ dimension }) => dimension === 'PARKING_TIME');
  return ['ENERGY', 'TIME', 'PARKING_TIME', 'TIME of reservation'].reduce((sum, dimension) => {
    const own = lines.filter(line => line.dimension === dimension);
    return sum + (own.length > 0 ? costOfLines(own, dimension === 'TIME' && parked) : 0);
  }, flat ?? 0);
}

function costOfLines(lines: readonly Line[], unrounded: boolean): number {
  const last = lines.at(-1);
  if (!last) return 0;
  const volume = lines.reduce((sum, line) => sum + line.volume, 0);
  const unit = last.dimension === 'ENERGY' ? 1_000 : 3_600;
  const steps = (volume * unit) / last.step;
  // Floating point must not make a further step of a whole number of them.
  const billed = unrounded ? volume : (Math.ceil(steps - 1e-6) * last.step) / unit;
  return lines.reduce((sum, line) => sum + line.price * line.volume, (billed - volume) * last.price);
}

interface Circumstances {
  /** `HH:MM` */
  readonly time: string;
  readonly weekday: string;
  readonly seconds: number;
  readonly kilowatts: number;
  readonly reserved: boolean;
}

function matches(restrictions: Readonly<Record<string, unknown>>, now: Circumstances): boolean {
  if (now.reserved !== (restrictions['reservation'] === 'RESERVATION')) return false;
  return Object.entries(restrictions).every(([name, limit]) => {
    switch (name) {
      case 'start_time':
        return now.time >= String(limit);
      case 'end_time':
        return now.time < String(limit);
      case 'day_of_week':
        return Array.isArray(limit) && limit.includes(now.weekday);
      case 'min_power':
        return now.kilowatts >= Number(limit);
      case 'max_power':
        return now.kilowatts < Number(limit);
      case 'min_duration':
        return now.seconds >= Number(limit);
      case 'max_duration':
        return now.seconds < Number(limit);
      case 'reservation':
        return limit === 'RESERVATION';
      default:
        throw new Error(`A restriction this test does not know: ${name}`);
    }
  });
}

const formats = new Map<string, Intl.DateTimeFormat>();

export function localTime(epochMs: number, country: string): { readonly time: string; readonly weekday: string } {
  const timeZone = COUNTRIES.find(({ alpha3 }) => alpha3 === country)?.timeZone;
  if (!timeZone) throw new Error(`No country ${country}`);
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      weekday: 'long',
      hour: '2-digit',
      minute: '2-digit',
    });
  formats.set(timeZone, format);
  const parts = Object.fromEntries(format.formatToParts(epochMs).map(({ type, value }) => [type, value]));
  return { time: `${parts['hour']}:${parts['minute']}`, weekday: (parts['weekday'] ?? '').toUpperCase() };
}
