import type { CatalogueEntry } from '../../ocpi/catalogue.ts';
import { ciEqual } from '../../ocpi/ci-string.ts';
import { moduleOf } from '../../ocpi/modules.ts';
import { splitPath } from '../../ocpi/urls.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import type { Surroundings } from '../surroundings.ts';

/** The target's endpoint for an operation; undefined where it offers none. */
export function endpointFor(
  { endpoints, version }: Pick<Surroundings, 'endpoints' | 'version'>,
  { module, interface: side }: Pick<CatalogueEntry, 'module' | 'interface'>,
): string | undefined {
  const offered = endpoints.filter(({ identifier }) => moduleOf(identifier) === module);
  if (side === 'NONE' || !atLeast22(version)) return offered[0]?.url;
  const named = offered.find(({ role }) => role !== undefined && ciEqual(role, side));
  return (named ?? offered.find(({ role }) => role === undefined))?.url;
}

export interface CustomPlace {
  readonly endpoint: string;
  /** Behind the endpoint, as sent. */
  readonly segments: readonly string[];
}

/**
 * Where a request of no known operation goes: below the endpoint whose identifier stands in its path, the last one that does.
 * Undefined where none does.
 */
export function customPlace({ endpoints }: Pick<Surroundings, 'endpoints'>, url: string): CustomPlace | undefined {
  const { segments } = splitPath(url);
  for (let at = segments.length - 1; at >= 0; at--) {
    const segment = segments[at] as string;
    const endpoint = endpoints.find(({ identifier }) => ciEqual(identifier, segment));
    if (endpoint !== undefined) return { endpoint: endpoint.url, segments: segments.slice(at + 1) };
  }
  return undefined;
}
