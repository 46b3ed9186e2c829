import L from 'leaflet';
import { feature, mesh } from 'topojson-client';
import countries from 'world-atlas/countries-50m.json' with { type: 'json' };
import { beyond, cutLine, unwrappedRing } from './unwrapped.ts';

type Topology = Parameters<typeof mesh>[0];
type Borders = NonNullable<Parameters<typeof mesh>[1]>;
type Shapes = Parameters<typeof feature>[1];

/** Land and borders of the world, drawn from a file of ours: nothing is asked of anybody. */
export interface Outlines {
  readonly layer: L.LayerGroup;
  /** Takes the colours of an element as they are now: `--map-land`, `--map-border`. */
  recolour(element: HTMLElement): void;
}

export function createOutlines(): Outlines {
  const topology = countries as unknown as Topology & { readonly objects: Record<'land' | 'countries', Shapes> };
  const renderer = L.canvas({ padding: 0.3 });
  const shape = { renderer, interactive: false, smoothFactor: 1.4 };
  const land = L.polygon(landOf(feature(topology, topology.objects.land)), { ...shape, stroke: false, fillOpacity: 1 });
  const borders = L.polyline(
    mesh(topology, topology.objects.countries as Borders).coordinates.flatMap(line => cutLine(line).map(placed)),
    { ...shape, weight: 0.8, opacity: 0.55 },
  );
  return {
    layer: L.layerGroup([land, borders]),
    recolour(element) {
      const colours = getComputedStyle(element);
      land.setStyle({ fillColor: colours.getPropertyValue('--map-land').trim() });
      borders.setStyle({ color: colours.getPropertyValue('--map-border').trim() });
    },
  };
}

type Geometry = { readonly type: string; readonly coordinates?: unknown };

/** Polygons with their holes, as the map takes them. */
function landOf(found: unknown): L.LatLngTuple[][][] {
  const features = (found as { readonly features?: readonly { readonly geometry: Geometry }[] }).features ?? [
    found as { readonly geometry: Geometry },
  ];
  return features
    .flatMap(({ geometry: { type, coordinates } }) =>
      type === 'MultiPolygon' ? (coordinates as number[][][][]) : [coordinates as number[][][]],
    )
    .flatMap(rings => {
      const unwrapped = rings.map(unwrappedRing);
      const outer = unwrapped[0] ?? [];
      return [unwrapped.map(placed), ...beyond(outer).map(ring => [placed(ring)])];
    });
}

function placed(line: readonly (readonly [number, number])[]): L.LatLngTuple[] {
  return line.map(([longitude, latitude]) => [latitude, longitude]);
}
