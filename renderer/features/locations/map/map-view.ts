import L from 'leaflet';
import 'leaflet/dist/leaflet.css';
import type { MapMark } from '../../../../core/contract/objects.ts';
import type { MapPlace } from '../search.ts';
import styles from './map.module.css';
import { markElement } from './mark-element.ts';
import { isDirection, neighbour } from './neighbour.ts';
import { createOutlines, type Outlines } from './outlines.ts';

/** South, west, north, east. */
export type Bounds = [number, number, number, number];

export interface MapSeen {
  readonly bounds: Bounds;
  readonly place: MapPlace;
}

export interface MapTexts {
  readonly label: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly mark: (mark: MapMark) => string;
  readonly count: (count: number) => string;
}

export interface MapViewOptions {
  readonly element: HTMLElement;
  readonly place: MapPlace | undefined;
  readonly texts: MapTexts;
  /** It was moved, or has another size. */
  readonly onSeen: (seen: MapSeen) => void;
  /** A single mark was chosen. */
  readonly onChoose: (mark: MapMark) => void;
  /** Several that no nearness tells apart were chosen. */
  readonly onHeap: (mark: MapMark) => void;
}

const WHOLE: MapPlace = { zoom: 2, latitude: 30, longitude: 10 };
const NEAREST = 18;
/** Degrees: objects nearer to each other than a few metres lie in one spot. */
const ONE_SPOT = 0.00005;
const PAN_PIXELS = 90;

interface Drawn {
  readonly mark: MapMark;
  readonly marker: L.Marker;
}

/** The map itself, told what to draw and telling what was done; knows nothing of the page around it. */
export class MapView {
  readonly #options: MapViewOptions;
  readonly #map: L.Map;
  readonly #outlines: Outlines = createOutlines();
  readonly #drawn = new Map<string, Drawn>();
  #zooming = false;
  readonly #resized: ResizeObserver;
  readonly #recoloured: MutationObserver;
  #ring: L.Marker | undefined;
  #tabbed: string | undefined;

  constructor(options: MapViewOptions) {
    this.#options = options;
    const { element, texts, place = WHOLE } = options;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#map = L.map(element, {
      center: [place.latitude, place.longitude],
      zoom: place.zoom,
      minZoom: 1,
      zoomSnap: 0.5,
      maxZoom: NEAREST,
      maxBounds: [
        [-85, -190],
        [85, 190],
      ],
      maxBoundsViscosity: 1,
      attributionControl: false,
      zoomControl: false,
      keyboardPanDelta: PAN_PIXELS,
      fadeAnimation: !calm,
      zoomAnimation: !calm,
      inertia: !calm,
    });
    element.setAttribute('aria-label', texts.label);
    element.setAttribute('role', 'application');
    this.#outlines.layer.addTo(this.#map);
    this.#outlines.recolour(element);
    L.control
      .zoom({ position: 'bottomright', zoomInTitle: texts.zoomIn, zoomOutTitle: texts.zoomOut })
      .addTo(this.#map);
    L.control.scale({ position: 'bottomleft', imperial: false }).addTo(this.#map);
    this.#map.on('moveend', () => this.#tellSeen());
    this.#map.on('zoomanim', () => {
      this.#zooming = true;
    });
    this.#map.on('zoomend', () => {
      this.#zooming = false;
    });
    this.#resized = new ResizeObserver(() => {
      this.#map.invalidateSize({ pan: false });
      this.#tellSeen();
    });
    this.#resized.observe(element);
    this.#recoloured = new MutationObserver(() => this.#outlines.recolour(element));
    this.#recoloured.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['data-mantine-color-scheme'],
    });
    this.#tellSeen();
  }

  close(): void {
    this.#resized.disconnect();
    this.#recoloured.disconnect();
    this.#map.off('moveend');
    // Leaflet ends an animated zoom by a timer that a removed map does not survive.
    if (this.#zooming) this.#map.once('zoomend', () => this.#map.remove());
    else this.#map.remove();
  }

  seen(): MapSeen {
    const bounds = this.#map.getBounds().pad(0.05);
    const { lat, lng } = this.#map.getCenter();
    return {
      bounds: [Math.max(-90, bounds.getSouth()), bounds.getWest(), Math.min(90, bounds.getNorth()), bounds.getEast()],
      place: { zoom: this.#map.getZoom(), latitude: lat, longitude: lng },
    };
  }

  fit([south, west, north, east]: Bounds): void {
    this.#map.fitBounds(
      [
        [south, west],
        [north, east],
      ],
      { padding: [36, 36], maxZoom: 15 },
    );
  }

  /** Brings a position into view, where it is not. */
  show([latitude, longitude]: readonly [number, number]): void {
    if (!this.#map.getBounds().pad(-0.05).contains([latitude, longitude])) this.#map.panTo([latitude, longitude]);
  }

  setSelected(position: readonly [number, number] | undefined): void {
    if (position === undefined) {
      this.#ring?.remove();
      this.#ring = undefined;
      return;
    }
    this.#ring ??= L.marker([0, 0], {
      icon: L.divIcon({ className: styles['ring'] ?? '', iconSize: [40, 40] }),
      interactive: false,
      keyboard: false,
      zIndexOffset: 10_000,
    });
    this.#ring.setLatLng([position[0], position[1]]).addTo(this.#map);
  }

  /** Marks that stay are left alone, so that what has the focus keeps it. */
  setMarks(marks: readonly MapMark[]): void {
    const focused = [...this.#drawn].find(([, { marker }]) => marker.getElement() === document.activeElement);
    const wanted = new Map(marks.map(mark => [keyOf(mark), mark]));
    for (const [key, { marker }] of this.#drawn) {
      if (wanted.has(key)) continue;
      marker.remove();
      this.#drawn.delete(key);
    }
    for (const [key, mark] of wanted) if (!this.#drawn.has(key)) this.#draw(key, mark);
    if (this.#tabbed === undefined || !this.#drawn.has(this.#tabbed)) this.#tabTo(this.#nearestToMiddle());
    if (focused && !this.#drawn.has(focused[0])) this.#focusNearest(focused[1].marker.getLatLng());
  }

  #draw(key: string, mark: MapMark): void {
    const { texts } = this.#options;
    const { element, size } = markElement(mark, texts.count(mark.count));
    const icon = L.divIcon({ html: element, className: styles['icon'] ?? '', iconSize: [size, size] });
    const marker = L.marker([mark.latitude, mark.longitude], { icon, keyboard: false });
    marker.addTo(this.#map);
    this.#drawn.set(key, { mark, marker });
    const box = marker.getElement();
    box?.setAttribute('role', 'button');
    box?.setAttribute('tabindex', '-1');
    box?.setAttribute('aria-label', texts.mark(mark));
    box?.setAttribute('title', texts.mark(mark));
    marker.on('click', () => this.#choose(mark));
    box?.addEventListener('keydown', event => this.#onKey(event, key));
    box?.addEventListener('focus', () => this.#tabTo(key));
  }

  #onKey(event: KeyboardEvent, key: string): void {
    const drawn = this.#drawn.get(key);
    if (!drawn) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      event.stopPropagation();
      this.#choose(drawn.mark);
      return;
    }
    if (!isDirection(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    const others = [...this.#drawn].filter(([other]) => other !== key);
    const spots = others.map(([, { marker }]) => this.#map.latLngToContainerPoint(marker.getLatLng()));
    const to = neighbour(this.#map.latLngToContainerPoint(drawn.marker.getLatLng()), spots, event.key);
    const next = to === undefined ? undefined : others[to];
    if (!next) return;
    this.#map.panInside(next[1].marker.getLatLng(), { padding: [30, 30] });
    next[1].marker.getElement()?.focus({ preventScroll: true });
  }

  #choose(mark: MapMark): void {
    if (mark.count === 1) {
      this.#options.onChoose(mark);
      return;
    }
    const [south, west, north, east] = mark.extent ?? [mark.latitude, mark.longitude, mark.latitude, mark.longitude];
    if (north - south < ONE_SPOT && east - west < ONE_SPOT) {
      this.#map.setView([mark.latitude, mark.longitude], NEAREST);
      this.#options.onHeap(mark);
      return;
    }
    const closer = this.#map.getZoom() + 1;
    this.#map.fitBounds(
      [
        [south, west],
        [north, east],
      ],
      { padding: [48, 48], maxZoom: NEAREST },
    );
    if (this.#map.getZoom() < closer) this.#map.setView([mark.latitude, mark.longitude], closer);
  }

  #focusNearest(from: L.LatLng): void {
    let nearest: L.Marker | undefined;
    for (const { marker } of this.#drawn.values()) {
      if (!nearest || from.distanceTo(marker.getLatLng()) < from.distanceTo(nearest.getLatLng())) nearest = marker;
    }
    if (nearest) nearest.getElement()?.focus({ preventScroll: true });
    else this.#options.element.focus();
  }

  #nearestToMiddle(): string | undefined {
    const middle = this.#map.getCenter();
    let best: { readonly key: string; readonly distance: number } | undefined;
    for (const [key, { marker }] of this.#drawn) {
      const distance = middle.distanceTo(marker.getLatLng());
      if (!best || distance < best.distance) best = { key, distance };
    }
    return best?.key;
  }

  /** One mark is reached by Tab, the others from there by arrow keys. */
  #tabTo(key: string | undefined): void {
    if (this.#tabbed !== undefined) this.#drawn.get(this.#tabbed)?.marker.getElement()?.setAttribute('tabindex', '-1');
    this.#tabbed = key;
    if (key !== undefined) this.#drawn.get(key)?.marker.getElement()?.setAttribute('tabindex', '0');
  }

  #tellSeen(): void {
    const { clientWidth, clientHeight } = this.#options.element;
    if (clientWidth > 0 && clientHeight > 0) this.#options.onSeen(this.seen());
  }
}

function keyOf({ link, party, id, count, latitude, longitude, status }: MapMark): string {
  return [link ?? '', party ?? '', id ?? '', count, latitude.toFixed(6), longitude.toFixed(6), status ?? ''].join('\n');
}
