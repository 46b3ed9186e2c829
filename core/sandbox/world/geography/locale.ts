/** How places are called and addressed in one language. `{street}`, `{number}`, `{city}` and `{level}` are put in. */
export interface Locale {
  /** ISO 639-1. */
  readonly language: string;
  readonly address: string;
  readonly streets: readonly string[];
  readonly names: Readonly<Record<SiteSort, string>>;
  readonly directions: {
    readonly entrance: string;
    readonly level: string;
  };
}

/** What a location is, and with it its name, parking type, facilities, hours and chargers. */
export const SITE_SORTS = [
  'street',
  'lot',
  'garage',
  'underground',
  'motorway',
  'hotel',
  'shop',
  'station',
  'office',
] as const;
export type SiteSort = (typeof SITE_SORTS)[number];
