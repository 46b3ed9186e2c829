import { type Chance, itemAt } from './chance.ts';
import { CITIES, type City } from './geography/cities.ts';
import { COUNTRIES, type Country } from './geography/countries.ts';

/** The cities of a world, ready to be drawn from. */
export interface Atlas {
  readonly countries: readonly Country[];
  readonly towns: readonly Town[];
  readonly totalWeight: number;
}

export interface Town {
  readonly city: City;
  readonly country: Country;
  /** Of this town and all before it. */
  readonly cumulativeWeight: number;
  /** Kilometres of a degree of longitude at this latitude. */
  readonly kmPerLongitude: number;
}

/** An invented address in a real city. */
export interface Place {
  readonly town: Town;
  readonly street: string;
  readonly address: string;
  readonly postalCode: string;
  /** Millionths of a degree, so that its six decimals are exact. */
  readonly latitude: number;
  readonly longitude: number;
}

/** Of a sphere with the mean radius of the earth. */
const KM_PER_DEGREE = 111.195;
/** The corners of the square in which points are drawn stay within the circle. */
const SQUARE_IN_CIRCLE = 0.7;

export const COUNTRY_CODES: readonly string[] = COUNTRIES.map(({ code }) => code);

/** The cities of the countries named (alpha-2, any case), or of all. Throws for none, and for a country that is not in COUNTRY_CODES. */
export function createAtlas(codes: readonly string[] = COUNTRY_CODES): Atlas {
  const wanted = new Set(codes.map(code => code.toUpperCase()));
  for (const code of wanted) {
    if (!COUNTRY_CODES.includes(code))
      throw new RangeError(`No country ${code}; there are ${COUNTRY_CODES.join(', ')}`);
  }
  if (wanted.size === 0) throw new RangeError('A world without a country');
  const countries = COUNTRIES.filter(({ code }) => wanted.has(code));
  let cumulativeWeight = 0;
  const towns = countries.flatMap(country =>
    CITIES.filter(city => city.country === country.code).map((city): Town => {
      cumulativeWeight += city.weight;
      return { city, country, cumulativeWeight, kmPerLongitude: KM_PER_DEGREE * cosine(city.latitude) };
    }),
  );
  return { countries, towns, totalWeight: cumulativeWeight };
}

export function placeOf(atlas: Atlas, chance: Chance): Place {
  const town = townAt(atlas, chance.fraction('town') * atlas.totalWeight);
  const { locale, postalCode } = town.city;
  const street = chance.pick('street', locale.streets);
  const entrance = chance.happens('has letter', 0.2) ? chance.pick('letter', ['A', 'B', 'C', 'D']) : '';
  const number = `${chance.integer('house', 1, 180)}${entrance}`;
  return {
    town,
    street,
    address: locale.address.replace('{street}', street).replace('{number}', number),
    postalCode: fillPostalCode(postalCode, chance),
    ...pointIn(town, chance),
  };
}

/** A few metres from a place: where an EVSE or an entrance is. */
export function pointNear(place: Place, chance: Chance): { readonly latitude: number; readonly longitude: number } {
  return {
    latitude: place.latitude + chance.integer('north', -400, 400),
    longitude: place.longitude + chance.integer('east', -400, 400),
  };
}

/** Decimal degrees as text with exactly six decimals. */
export function writeDegrees(millionths: number): string {
  const digits = String(Math.abs(millionths)).padStart(7, '0');
  return `${millionths < 0 ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

function townAt({ towns }: Atlas, weight: number): Town {
  let low = 0;
  let high = towns.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (itemAt(towns, middle).cumulativeWeight > weight) high = middle;
    else low = middle + 1;
  }
  return itemAt(towns, low);
}

/** More often near the centre than at the edge: each axis is the sum of two draws. */
function pointIn({ city, kmPerLongitude }: Town, chance: Chance): { latitude: number; longitude: number } {
  const reach = city.radiusKm * SQUARE_IN_CIRCLE;
  const north = (chance.fraction('north 1') + chance.fraction('north 2') - 1) * reach;
  const east = (chance.fraction('east 1') + chance.fraction('east 2') - 1) * reach;
  return {
    latitude: Math.round((city.latitude + north / KM_PER_DEGREE) * 1e6),
    longitude: Math.round((city.longitude + east / kmPerLongitude) * 1e6),
  };
}

const POSTAL_LETTERS = 'ABCDEFGHJKLNPRSTUVWXYZ';

function fillPostalCode(pattern: string, chance: Chance): string {
  let code = '';
  let bits = chance.bits('postal code');
  for (const sign of pattern) {
    const base = sign === '#' ? 10 : sign === '%' ? 9 : sign === '@' ? POSTAL_LETTERS.length : 0;
    if (base === 0) {
      code += sign;
      continue;
    }
    const draw = bits % base;
    bits = Math.floor(bits / base);
    code += sign === '@' ? POSTAL_LETTERS.charAt(draw) : sign === '%' ? draw + 1 : draw;
  }
  return code;
}

/** Of an angle in degrees. Math.cos may differ in its last bit from engine to engine; this series cannot. */
function cosine(degrees: number): number {
  const square = (degrees * 0.017453292519943295) ** 2;
  return 1 - (square / 2) * (1 - (square / 12) * (1 - (square / 30) * (1 - (square / 56) * (1 - square / 90))));
}
