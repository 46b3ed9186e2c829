import type { Position } from '../../ocpi/geo-location.ts';

/** On the Mercator square of web maps, `WORLD` units to a side: x from 180° west, y from 85.05° north downwards. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A unit is less than a centimetre, and fits 32 bits. */
export const WORLD = 2 ** 32;

/** What lies nearer to a pole than the square reaches stands at its edge. */
export function placeOf([latitude, longitude]: Position): Place {
  const sine = Math.sin((latitude * Math.PI) / 180);
  const north = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return { x: unit((longitude + 180) / 360), y: unit(north) };
}

export function positionAt({ x, y }: Place): Position {
  const north = Math.PI * (1 - (2 * y) / WORLD);
  return [(Math.atan(Math.sinh(north)) * 180) / Math.PI, (x / WORLD) * 360 - 180];
}

function unit(share: number): number {
  return Math.min(WORLD - 1, Math.max(0, Math.floor(share * WORLD)));
}

/** South, west, north, east. East of 180° a map goes on counting. */
export type Bounds = readonly [south: number, west: number, north: number, east: number];

/** A part of the square, both edges belonging to it. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The parts that bounds cover: one, or two where they cross 180°. */
export function areasOf([south, west, north, east]: Bounds): Area[] {
  if (south > north) return [];
  const { y: top } = placeOf([Math.min(90, Math.max(-90, north)), 0]);
  const { y: bottom } = placeOf([Math.min(90, Math.max(-90, south)), 0]);
  if (east - west >= 360) return [{ left: 0, right: WORLD - 1, top, bottom }];
  const { x: left } = placeOf([0, wrapped(west)]);
  const { x: right } = placeOf([0, wrapped(east)]);
  if (left <= right) return [{ left, right, top, bottom }];
  return [
    { left, right: WORLD - 1, top, bottom },
    { left: 0, right, top, bottom },
  ];
}

function wrapped(longitude: number): number {
  if (longitude >= -180 && longitude <= 180) return longitude;
  return ((((longitude + 180) % 360) + 360) % 360) - 180;
}
