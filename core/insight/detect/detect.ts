import type { Finding } from '../../ocpi/findings.ts';
import type { Observed } from '../observed.ts';
import { type Reading, readingOf } from '../reading.ts';
import { answerFindings } from './answers.ts';
import { authorizationFindings } from './authorization.ts';
import { dataFindings, requestFindings } from './bodies.ts';
import { objectFindings } from './objects.ts';
import { pageFindings } from './pages.ts';
import { redirectFindings } from './redirects.ts';
import { refusalFindings } from './refusals.ts';
import { routingFindings } from './routing.ts';
import { tokenFindings } from './tokens.ts';

const OF_REQUEST: readonly ((reading: Reading) => readonly Finding[])[] = [
  authorizationFindings,
  routingFindings,
  requestFindings,
];
const OF_ANSWER: readonly ((reading: Reading) => readonly Finding[])[] = [
  answerFindings,
  dataFindings,
  pageFindings,
  tokenFindings,
  refusalFindings,
];
/** A page of a hundred objects with the same flaw says it often enough. */
const MOST_OF_A_CODE = 10;

/**
 * Everything that can be said of one exchange by what is stored of it, whoever recorded it and when: our own exchanges, old
 * ones and imported ones alike. Never throws. Of many findings with one code the first ten are told, and how many there are.
 */
export function detect(observed: Observed): Finding[] {
  const reading = readingOf(observed);
  const found: Finding[] = [];
  for (const judge of OF_REQUEST) found.push(...judge(reading));
  const redirect = redirectFindings(reading);
  if (redirect !== undefined) found.push(...redirect);
  else for (const judge of OF_ANSWER) found.push(...judge(reading));
  found.push(...objectFindings(reading));
  return found.length === 0 ? found : bounded(found);
}

function bounded(found: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  const counts = new Map<string, number>();
  const kept: Finding[] = [];
  for (const one of found) {
    const key = `${one.code} ${one.pointer}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const count = (counts.get(one.code) ?? 0) + 1;
    counts.set(one.code, count);
    if (count <= MOST_OF_A_CODE) kept.push(one);
  }
  return kept.map((one, at) => {
    const more = (counts.get(one.code) ?? 0) - MOST_OF_A_CODE;
    const isLast = more > 0 && kept.findLastIndex(({ code }) => code === one.code) === at;
    return isLast ? { ...one, met: `${one.met}; and ${more} more like it` } : one;
  });
}
