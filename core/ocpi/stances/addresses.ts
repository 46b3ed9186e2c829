import { type Flaw, OcpiString, ruled } from '../schema.ts';

const ALPHA_3 = /^[A-Za-z]{3}$/;
const DEGREES = /^-?\d{1,3}(?:\.\d+)?$/;

/** The country of an address: ISO 3166-1 alpha-3, where partners often send alpha-2 (T16). */
export function Country() {
  return ruled(OcpiString(3), country => {
    if (ALPHA_3.test(country) || country === '#NA') return undefined;
    return [{ code: 'country.code', met: country, expected: 'three letters, as NLD' }];
  });
}

interface Axis {
  readonly spelling: RegExp;
  readonly expected: string;
  readonly length: number;
  readonly limit: number;
}

const SIX_DECIMALS = {
  latitude: { spelling: /^-?\d{1,2}\.\d{6}$/, expected: 'six decimals, as 51.047599', length: 10, limit: 90 },
  longitude: { spelling: /^-?\d{1,3}\.\d{6}$/, expected: 'six decimals, as 3.729944', length: 11, limit: 180 },
} as const satisfies Record<string, Axis>;

const FIVE_TO_SEVEN = {
  latitude: {
    spelling: /^-?\d{1,2}\.\d{5,7}$/,
    expected: 'five to seven decimals, as 51.047599',
    length: 10,
    limit: 90,
  },
  longitude: {
    spelling: /^-?\d{1,3}\.\d{5,7}$/,
    expected: 'five to seven decimals, as 3.729944',
    length: 11,
    limit: 180,
  },
} as const satisfies Record<string, Axis>;

/** Decimal degrees as text, with exactly six decimals (2.1.1) or five to seven (2.2 and later); anything else is kept (T16). */
export function Coordinate(
  axis: 'latitude' | 'longitude',
  { decimals }: { readonly decimals: 'six' | 'five-to-seven' },
) {
  const rule = decimals === 'six' ? SIX_DECIMALS[axis] : FIVE_TO_SEVEN[axis];
  return ruled(OcpiString(rule.length), text => judge(text, rule));
}

function judge(text: string, { spelling, expected, limit }: Axis): Flaw[] | undefined {
  const fits = spelling.test(text);
  const outside = (fits || DEGREES.test(text)) && Math.abs(Number(text)) > limit;
  if (fits && !outside) return undefined;
  const flaws: Flaw[] = [];
  if (!fits) flaws.push({ code: 'coordinates.spelling', met: text, expected });
  if (outside) flaws.push({ code: 'coordinates.range', met: text, expected: `-${limit} to ${limit}` });
  return flaws;
}
