import { type CatalogueEntry, isPlaceholder } from './catalogue.ts';
import { decodeSegment, splitPath } from './urls.ts';

const NONE: Readonly<Record<string, string>> = Object.freeze({});

/**
 * Values of the placeholders of an operation's path, percent-decoded once, whatever stands before them in the URL: the
 * path ends with them. Empty where the URL is too short, or was given by a message.
 */
export function pathParams({ path, base }: Pick<CatalogueEntry, 'path' | 'base'>, url: string): typeof NONE {
  if (base === 'given-url' || path.length === 0) return NONE;
  const { segments } = splitPath(url);
  const first = segments.length - path.length;
  if (first < 0) return NONE;
  const params: Record<string, string> = {};
  for (const [at, part] of path.entries()) {
    if (!isPlaceholder(part)) continue;
    const segment = segments[first + at] ?? '';
    params[part.slice(1, -1)] = decodeSegment(segment) ?? segment;
  }
  return params;
}
