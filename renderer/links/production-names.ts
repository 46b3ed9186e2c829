import type { LinkView } from '../../core/contract/links.ts';

/** Names of the links to production partners. */
export function productionNames(links: readonly LinkView[]): ReadonlySet<string> {
  return new Set(links.filter(({ environment }) => environment === 'production').map(({ name }) => name));
}
