import { describe, expect, it } from 'vitest';
import { neighbour } from '../../../../renderer/features/locations/map/neighbour.ts';
import { beyond, cutLine, unwrappedRing } from '../../../../renderer/features/locations/map/unwrapped.ts';
import {
  nameKey,
  parseName,
  parsePlace,
  printName,
  printPlace,
} from '../../../../renderer/features/locations/search.ts';

describe('the map of locations', () => {
  it('goes from mark to mark in the direction of the key, to the near one that is not much to the side', () => {
    const spots = [
      { x: 100, y: 0 },
      { x: 40, y: 10 },
      { x: 20, y: 90 },
      { x: -30, y: 0 },
    ];
    const from = { x: 0, y: 0 };
    expect(neighbour(from, spots, 'ArrowRight')).toBe(1);
    expect(neighbour(from, spots, 'ArrowLeft')).toBe(3);
    expect(neighbour(from, spots, 'ArrowDown')).toBe(2);
    expect(neighbour(from, spots, 'ArrowUp')).toBeUndefined();
  });

  it('draws no band where an outline crosses 180°, and what lies beyond the edge once more on the other side', () => {
    const ring = [
      [178, 60],
      [-178, 62],
      [-178, 64],
      [178, 66],
      [178, 60],
    ];
    const unwrapped = unwrappedRing(ring);
    expect(unwrapped.map(([longitude]) => longitude)).toEqual([178, 182, 182, 178, 178]);
    expect(beyond(unwrapped)).toEqual([
      [
        [-182, 60],
        [-178, 62],
        [-178, 64],
        [-182, 66],
        [-182, 60],
      ],
    ]);
  });

  it('closes an outline around a pole along the bottom', () => {
    const ring = [
      [-170, -70],
      [-60, -72],
      [60, -71],
      [170, -70],
      [-170, -70],
    ];
    expect(unwrappedRing(ring).slice(-3)).toEqual([
      [190, -90],
      [-170, -90],
      [-170, -70],
    ]);
  });

  it('cuts a border where it leaps', () => {
    const line = [
      [179, 1],
      [179.9, 2],
      [-179.9, 3],
      [-179, 4],
    ];
    expect(cutLine(line)).toEqual([
      [
        [179, 1],
        [179.9, 2],
      ],
      [
        [-179.9, 3],
        [-179, 4],
      ],
    ]);
  });
});

describe('the address of the list', () => {
  it('names a location whose id holds slashes, and compares names without regard to case', () => {
    const name = { link: 'Volta', party: 'NL-VLT', id: 'a/b c' };
    expect(parseName(printName(name))).toEqual(name);
    expect(nameKey({ ...name, party: 'nl-vlt', id: 'A/B C' })).toBe(nameKey(name));
    expect(parseName('nothing')).toBeUndefined();
  });

  it('keeps where the map stands, and takes no place that is none', () => {
    const place = { zoom: 9.5, latitude: 52.0907, longitude: 5.1214 };
    expect(parsePlace(printPlace(place))).toEqual(place);
    expect(parsePlace('40/0/0')).toBeUndefined();
    expect(parsePlace('here')).toBeUndefined();
  });
});
