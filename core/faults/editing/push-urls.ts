import { type CatalogueEntry, catalogue, isPlaceholder } from '../../ocpi/catalogue.ts';
import type { Version } from '../../ocpi/versions.ts';
import { isParty } from './fields.ts';

/** The placeholder of a step; undefined for a step that is written as it is. */
export function placeholder(step: string): string | undefined {
  return isPlaceholder(step) ? step.slice(1, -1) : undefined;
}

/** The names in a path that tell which object is meant, from the outermost one in. */
export function idNames({ path }: Pick<CatalogueEntry, 'path'>): string[] {
  return path.flatMap(step => placeholder(step) ?? []).filter(name => !isParty(name));
}

/** What is one and the same object for all its requests: module, owner, and the outermost id. Without regard to case. */
export function objectKey({
  entry,
  params,
}: {
  readonly entry?: CatalogueEntry;
  readonly params: Readonly<Record<string, string>>;
}): string | undefined {
  const [outermost] = entry === undefined ? [] : idNames(entry);
  const id = outermost === undefined ? undefined : params[outermost];
  if (entry === undefined || id === undefined) return undefined;
  const parts = [entry.module, params['country_code'] ?? '', params['party_id'] ?? '', id];
  return parts.map(encodeURIComponent).join('/').toLowerCase();
}

/** The entry of the same method one level further out: of `locations.patch-connector` that of the EVSE. */
export function outerEntry(entry: CatalogueEntry, version: Version): CatalogueEntry | undefined {
  const { module, method, interface: side, path } = entry;
  return catalogue(version).find(
    other =>
      other.module === module &&
      other.method === method &&
      other.interface === side &&
      other.path.length === path.length - 1 &&
      other.path.every((step, at) => step === path[at]),
  );
}
