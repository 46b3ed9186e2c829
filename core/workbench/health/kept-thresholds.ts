import { DEFAULT_THRESHOLDS, HealthThresholds } from '../../contract/health.ts';
import type { History } from '../../history/history.ts';

/** Some of them; what is not set is as it is for all links, or as it is to begin with. */
export type OwnThresholds = Partial<HealthThresholds>;

/** Thresholds as the operator set them, among the settings of the database. */
export interface KeptThresholds {
  /** As they are for a link, or for all. */
  of(linkId?: number): HealthThresholds;
  own(linkId?: number): OwnThresholds;
  /** The same for many links: what was read once is not read again. */
  reading(): (linkId: number) => HealthThresholds;
  /** Null: none of its own any more. Throws what SQLite throws. */
  set(own: OwnThresholds | null, linkId?: number): void;
}

const NAME = 'health.thresholds';
const Own = HealthThresholds.partial();

export function createKeptThresholds({ settings }: Pick<History, 'settings'>): KeptThresholds {
  const own = (linkId?: number) => withoutUnset(settings.get(nameOf(linkId), Own) ?? {});
  const general = () => ({ ...DEFAULT_THRESHOLDS, ...own() });
  return {
    own,
    of: linkId => ({ ...general(), ...(linkId === undefined ? {} : own(linkId)) }),
    reading() {
      const known = new Map<number, HealthThresholds>();
      const all = general();
      return linkId => {
        const read = known.get(linkId) ?? { ...all, ...own(linkId) };
        known.set(linkId, read);
        return read;
      };
    },
    set: (given, linkId) => settings.set(nameOf(linkId), given ?? undefined),
  };
}

/** What was handed over as undefined is not set. */
export function withoutUnset(
  given: Readonly<{ [Name in keyof HealthThresholds]?: HealthThresholds[Name] | undefined }>,
) {
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as OwnThresholds;
}

function nameOf(linkId: number | undefined): string {
  return linkId === undefined ? NAME : `${NAME}.${linkId}`;
}
