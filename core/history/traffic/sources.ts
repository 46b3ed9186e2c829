import { facetTerms } from '../worker/text-index.ts';
import { onlyFailures } from './conditions.ts';
import type { TrafficConditions } from './messages.ts';
import type { TrafficFile } from './traffic-file.ts';

export interface Match {
  readonly id: number;
  readonly failed: number;
}

/** How many fit, and how many of them failed. */
export interface Tally {
  readonly count: number;
  readonly errors: number;
}

export function tallyOf(matches: readonly Match[]): Tally {
  return { count: matches.length, errors: matches.reduce((sum, { failed }) => sum + failed, 0) };
}

/**
 * A query of the full text: what was typed, with terms that narrow it early. Undefined where no words are looked for,
 * empty where nothing can fit.
 */
export function textQuery(file: TrafficFile, conditions: TrafficConditions): string | undefined {
  const { search, linkIds, runId } = conditions;
  if (search === undefined || search.trim() === '') return undefined;
  const words = file.words(search);
  if (words.length === 0 || linkIds?.length === 0) return '';
  const facets = facetTerms({
    ...(linkIds === undefined ? {} : { linkIds }),
    ...(runId === undefined ? {} : { runId }),
    errors: onlyFailures(conditions),
  });
  return [...words, ...facets].join(' AND ');
}

/** The same, of those that failed. */
export function failedOnly(query: string): string {
  return [query, ...facetTerms({ errors: true })].join(' AND ');
}
