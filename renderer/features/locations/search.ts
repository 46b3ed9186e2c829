import * as z from 'zod';

/** What the address of the list says: filter, what is shown beside what, what is selected, where the map is. */
export const BrowseSearch = z.object({
  q: z.string().optional(),
  /** Narrows to one link, where no filter is given: other areas lead here by it. */
  link: z.string().optional(),
  view: z.enum(['both', 'table', 'map']).optional().catch(undefined),
  /** `link/party/id`; only the id may hold slashes. */
  sel: z.string().optional(),
  /** `zoom/latitude/longitude`. */
  at: z.string().optional(),
  /** The table lists only what the map shows. */
  inview: z.boolean().optional().catch(undefined),
});
export type BrowseSearch = z.infer<typeof BrowseSearch>;

export const LocationSearch = z.object({
  party: z.string().optional(),
  tab: z.enum(['overview', 'json', 'findings', 'history']).optional().catch(undefined),
  /** Two revisions beside each other: `2-3`. */
  compare: z.string().optional(),
});
export type LocationSearch = z.infer<typeof LocationSearch>;

export interface LocationName {
  readonly link: string;
  readonly party: string;
  readonly id: string;
}

export function printName({ link, party, id }: LocationName): string {
  return `${link}/${party}/${id}`;
}

export function parseName(text: string | undefined): LocationName | undefined {
  const [, link, party, id] = /^([^/]*)\/([^/]*)\/(.+)$/s.exec(text ?? '') ?? [];
  return link !== undefined && party !== undefined && id !== undefined ? { link, party, id } : undefined;
}

/** Ids and parties compare without regard to case; links do not differ in it either. */
export function nameKey(name: LocationName): string {
  return printName(name).toLowerCase();
}

/** Where a map stands. */
export interface MapPlace {
  readonly zoom: number;
  readonly latitude: number;
  readonly longitude: number;
}

export function printPlace({ zoom, latitude, longitude }: MapPlace): string {
  const digits = Math.max(2, Math.min(6, Math.ceil(zoom / 3)));
  return `${zoom}/${latitude.toFixed(digits)}/${longitude.toFixed(digits)}`;
}

export function parsePlace(text: string | undefined): MapPlace | undefined {
  const [zoom = Number.NaN, latitude = Number.NaN, longitude = Number.NaN] = (text ?? '').split('/').map(Number);
  const good = zoom >= 0 && zoom <= 20 && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 360;
  return good ? { zoom: Math.round(zoom * 2) / 2, latitude, longitude } : undefined;
}
