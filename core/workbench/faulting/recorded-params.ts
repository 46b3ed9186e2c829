import { type CatalogueEntry, isPlaceholder } from '../../ocpi/catalogue.ts';
import { decodeSegment, splitPath } from '../../ocpi/urls.ts';

/** Values of a path's placeholders, read from its end: where its beginning stands is known to whoever made the URL. */
export function recordedParams({ base, path }: CatalogueEntry, url: string): Record<string, string> {
  if (base !== 'endpoint') return {};
  const parsed = URL.parse(url);
  const { segments } = splitPath(parsed === null ? url : parsed.pathname);
  const last = segments.filter(segment => segment !== '').slice(-path.length);
  if (last.length < path.length) return {};
  const pairs = path.flatMap((name, at) => {
    const value = decodeSegment(last[at] ?? '');
    return isPlaceholder(name) && value !== undefined ? [[name.slice(1, -1), value] as const] : [];
  });
  return Object.fromEntries(pairs);
}
