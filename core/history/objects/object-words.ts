import { FACET_MARK, withoutFacets } from '../worker/words.ts';
import { numbersFromText } from './stored-row.ts';

/** Moments are no words anybody searches for, and there is one for every part of an object. */
const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+Z?$/;
/** What stands deeper is not searched for. */
const DEEPEST = 50;

/**
 * What can be searched of an object: every text in it, each once, without names of fields and moments; and its indexed
 * values as words of their own, so that the full text answers a query with conditions all by itself.
 */
export function searchableText(object: unknown, fieldValues: string): string {
  const texts = new Set<string>();
  collect(object, texts, 0);
  const facets = numbersFromText(fieldValues).map(valueFacet);
  return [...[...texts].map(withoutFacets), ...facets].join('\n');
}

/** The word that stands for an indexed value. */
export function valueFacet(value: number): string {
  return `${FACET_MARK}v${value}`;
}

function collect(json: unknown, texts: Set<string>, depth: number): void {
  if (typeof json === 'string') {
    if (!MOMENT.test(json)) texts.add(json);
  } else if (Array.isArray(json)) {
    if (depth < DEEPEST) for (const element of json) collect(element, texts, depth + 1);
  } else if (typeof json === 'object' && json !== null) {
    if (depth < DEEPEST) for (const value of Object.values(json)) collect(value, texts, depth + 1);
  }
}
