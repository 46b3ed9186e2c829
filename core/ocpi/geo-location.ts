import { isJsonObject } from './json-value.ts';

/** Degrees of WGS 84: latitude, longitude. */
export type Position = readonly [latitude: number, longitude: number];

/** As OCPI writes it: digits, a point, digits. More digits than allowed still say where it is; a comma does not. */
const DEGREES = /^\s*[+-]?\d{1,3}(\.\d*)?\s*$/;

/** Where an object says it is; undefined where it does not, or not so that it can be read (digest 6.1, GeoLocation). */
export function positionOf(object: unknown): Position | undefined {
  const coordinates = isJsonObject(object) ? object['coordinates'] : undefined;
  if (!isJsonObject(coordinates)) return undefined;
  const latitude = degreesFrom(coordinates['latitude'], 90);
  const longitude = degreesFrom(coordinates['longitude'], 180);
  return latitude === undefined || longitude === undefined ? undefined : [latitude, longitude];
}

function degreesFrom(value: unknown, most: number): number | undefined {
  const degrees = typeof value === 'string' && DEGREES.test(value) ? Number(value) : value;
  if (typeof degrees !== 'number' || !Number.isFinite(degrees)) return undefined;
  return Math.abs(degrees) <= most ? degrees : undefined;
}
