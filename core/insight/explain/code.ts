import type { CodeExplanation, FailureCase } from '../../contract/explanation.ts';
import { VERSIONS } from '../../ocpi/versions.ts';
import { CASES, caseByNumber, casesOf, type KnownCase } from '../cases.ts';
import { layerOfFinding } from './finding-place.ts';
import { knownFinding } from './finding-words.ts';
import { httpCode } from './http-codes.ts';
import type { KnownCode } from './known-code.ts';
import { isNetworkCode, networkCode } from './network-codes.ts';
import { ocpiCode } from './ocpi-codes.ts';

/**
 * What a code means: an OCPI status code (`2001`), an HTTP status (`401`), how a call ended (`timeout`), a finding
 * (`authorization.line-feed`), or a failure case (`case 17`). Undefined for anything else.
 */
export function explainCode(code: string): CodeExplanation | undefined {
  const text = code.trim().toLowerCase();
  const numbered = /^(?:case|#)\s*(\d{1,2})$/.exec(text)?.[1];
  if (numbered !== undefined) return caseExplanation(text, caseByNumber(Number(numbered)));
  if (/^[1-9]\d{3}$/.test(text)) return ocpiExplanation(text);
  if (/^[1-5]\d\d$/.test(text)) return eitherWay(text, httpCode);
  if (isNetworkCode(text)) return eitherWay(text, networkCode);
  const found = knownFinding(text);
  if (found === undefined) return undefined;
  return {
    code: text,
    layer: layerOfFinding(text),
    meanings: [{ versions: [], meaning: found.meaning }],
    next: [found.advice],
    section: found.section,
    cases: casesOf(text).map(plainCase),
  };
}

export function plainCase({ number, title }: FailureCase): FailureCase {
  return { number, title };
}

/** Cases whose titles speak of a status in so many words. */
const CASES_OF_STATUS: Readonly<Record<string, readonly number[]>> = {
  '401': [1, 2, 3, 4, 19],
  '400': [19],
  '403': [19],
  '405': [5],
  '2001': [17, 24, 27],
  '2003': [17],
  '3000': [18],
  '3002': [9],
  '4001': [35],
  '4002': [35],
  '4003': [35],
};

function casesOfStatus(code: string): FailureCase[] {
  const numbers = CASES_OF_STATUS[code] ?? [];
  return CASES.filter(({ number }) => numbers.includes(number)).map(plainCase);
}

function ocpiExplanation(code: string): CodeExplanation {
  const meanings = new Map<string, string[]>();
  const next = new Set<string>();
  for (const version of VERSIONS) {
    const known = ocpiCode(Number(code), { version, direction: 'out' });
    const meaning = known.explained ?? known.meaning;
    meanings.set(meaning, [...(meanings.get(meaning) ?? []), version]);
    for (const one of known.next) next.add(one);
  }
  const { section } = ocpiCode(Number(code), { version: undefined, direction: 'out' });
  const same = meanings.size === 1;
  return {
    code,
    layer: 'ocpi',
    meanings: [...meanings].map(([meaning, versions]) => ({ versions: same ? [] : versions, meaning })),
    next: [...next],
    section,
    cases: casesOfStatus(code),
  };
}

/** What to try is told for both directions, where it is not the same. */
function eitherWay(code: string, known: (code: string, direction: 'in' | 'out') => KnownCode): CodeExplanation {
  const [out, came] = [known(code, 'out'), known(code, 'in')];
  const meanings = [...new Set([out.meaning, came.meaning])];
  const same = out.next.join() === came.next.join();
  return {
    code,
    layer: out.layer,
    meanings: meanings.map(meaning => ({ versions: [], meaning })),
    next: same
      ? [...out.next]
      : [...out.next.map(one => `Where we asked: ${one}`), ...came.next.map(one => `Where we were asked: ${one}`)],
    section: out.section,
    cases: casesOfStatus(code),
  };
}

function caseExplanation(code: string, known: KnownCase | undefined): CodeExplanation | undefined {
  if (known === undefined) return undefined;
  const advice = known.findings.flatMap(one => {
    const found = knownFinding(one);
    return found === undefined ? [] : [`${one}: ${found.meaning} ${found.advice}`];
  });
  return {
    code,
    layer: known.layer,
    meanings: [{ versions: [], meaning: known.title }],
    next: advice,
    section: known.section,
    cases: [plainCase(known)],
  };
}
