import type { Problem } from '../../contract/explanation.ts';
import { failedLayer, isFailure } from '../../ocpi/failed-layer.ts';
import type { Finding } from '../../ocpi/findings.ts';
import { casesOf } from '../cases.ts';
import type { Observed } from '../observed.ts';
import { absorbedBy, causeAmong } from './absorbed.ts';
import type { Around } from './around.ts';
import { blamedForFinding, layerOfFinding, sideOfFinding } from './finding-place.ts';
import { findingWords, knownFinding } from './finding-words.ts';
import { explainHttp } from './http.ts';
import { explainNetwork } from './network.ts';
import { explainOcpi } from './ocpi.ts';
import { onPurpose } from './purpose.ts';
import { type Subject, sentence, subjectOf } from './subject.ts';
import { slowPhase } from './timing-words.ts';
import type { Told } from './told.ts';

export interface Explained {
  /** Nothing failed and nothing was found. */
  readonly well: boolean;
  /** The worst first. */
  readonly problems: readonly Problem[];
  /** Faults of ours that were at work, one sentence each. */
  readonly onPurpose: readonly string[];
}

/**
 * What is wrong with one exchange: why it failed, then what else was found, by severity. Sentences are English and hold
 * the names and values of this exchange; what is quoted is sealed, as the exchange is, and shortened.
 */
export function explain(observed: Observed, around: Around = {}): Explained {
  const subject = subjectOf(observed);
  const wanted = onPurpose(around);
  const failure = failureOf(observed, subject, around);
  const absorbed = new Set(failure?.absorbed);
  const rest = observed.findings.filter(found => !absorbed.has(found));
  const problems = [
    ...(failure === undefined ? [] : [failure.problem]),
    ...byCode(rest).map(found => ofFindings(found, observed, subject)),
  ];
  return {
    well: problems.length === 0,
    problems: wanted.length === 0 ? problems : problems.map(asWanted),
    onPurpose: wanted,
  };
}

interface Failure {
  readonly problem: Problem;
  readonly absorbed: readonly Finding[];
}

function failureOf(observed: Observed, subject: Subject, around: Around): Failure | undefined {
  const answer = {
    ended: observed.ended.how,
    http: observed.response?.status ?? null,
    ocpi: observed.ocpiStatus ?? null,
  };
  if (!isFailure(answer)) return undefined;
  const failed = failedLayer(answer);
  const absorbed = absorbedBy(failed, observed);
  const failing = { observed, subject, cause: causeAmong(absorbed, observed) };
  const told =
    failed.layer === 'network'
      ? explainNetwork(observed, subject)
      : failed.layer === 'http'
        ? explainHttp(failed.code, failing)
        : explainOcpi(failed.code, failing);
  const slow = failed.layer === 'network' ? undefined : slowPhase(around, subject);
  const next = slow === undefined ? told.next : [...told.next, slow];
  return { problem: problemOf({ ...told, next: withAdvice(next, absorbed) }, absorbed), absorbed };
}

/** What the findings of a failure advise comes first: they know more than the code. Of many the first three. */
function withAdvice(next: readonly string[], absorbed: readonly Finding[]): string[] {
  const telling = absorbed.filter(({ severity }) => severity !== 'note');
  const advice = telling.slice(0, 3).flatMap(({ code }) => knownFinding(code)?.advice ?? []);
  return [...new Set([...advice, ...next])];
}

const SEVERITIES = ['error', 'warning', 'note'];

/** Findings of one code together, the worst first. */
function byCode(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const found of findings) {
    const group = groups.get(found.code) ?? [];
    group.push(found);
    groups.set(found.code, group);
  }
  const rank = (group: readonly Finding[]) => Math.min(...group.map(({ severity }) => SEVERITIES.indexOf(severity)));
  return [...groups.values()].sort((left, right) => rank(left) - rank(right));
}

const SURE = { error: 'certain', warning: 'likely', note: 'possible' } as const;

function ofFindings(findings: readonly Finding[], observed: Observed, subject: Subject): Problem {
  const [found] = findings;
  if (found === undefined) throw new Error('findings of one code are at least one');
  const known = knownFinding(found.code);
  const blamed = blamedForFinding(found, observed);
  const told: Told = {
    sentence: sentence(`${whose(found, observed, subject)}: ${findingWords(found, findings.length - 1)}`),
    layer: layerOfFinding(found.code),
    code: found.code,
    meaning: known?.meaning ?? null,
    blamed,
    sure: blamed === 'either' ? 'possible' : SURE[found.severity],
    because: sentence(whyBlamed(found, observed, subject, blamed)),
    section: found.section === '' ? null : found.section,
    next: known === undefined ? [] : [known.advice],
  };
  return problemOf(told, findings);
}

function whose(found: Finding, { direction, findings: _, ...observed }: Observed, { theirs, call }: Subject): string {
  const request = sideOfFinding(found, observed) === 'request';
  if (direction === 'out') return request ? `Our ${call}` : `${theirs} answer to ${call}`;
  return request ? `${theirs} ${call}` : `Our answer to ${theirs} ${call}`;
}

function whyBlamed(found: Finding, observed: Observed, { they }: Subject, blamed: Problem['blamed']): string {
  const message = sideOfFinding(found, observed) === 'request' ? 'the request' : 'the answer';
  const leave = found.severity === 'note' ? ', though the specification leaves room here' : '';
  if (blamed === 'us') return `We sent ${message} it is about${leave}`;
  if (blamed === 'them') return `${they} sent ${message} it is about${leave}`;
  if (blamed === 'hub') return 'The hub speaks of the party behind it, not of this link';
  return 'The message alone does not tell who brought it about';
}

/** A fault of ours was at work: what is wrong with the exchange is what was wanted, unless it is about a message of theirs. */
function asWanted(problem: Problem): Problem {
  if (problem.blamed === 'them' && problem.layer !== 'network') return problem;
  return { ...problem, blamed: 'us', sure: 'certain', because: 'A fault rule of ours was at work on this exchange.' };
}

function problemOf(told: Told, findings: readonly Finding[]): Problem {
  const codes = [...new Set(findings.map(({ code }) => code))];
  const cases = new Map(codes.flatMap(casesOf).map(({ number, title }) => [number, { number, title }]));
  return {
    ...told,
    next: [...told.next],
    cases: [...cases.values()].sort((left, right) => left.number - right.number),
    findings: codes,
  };
}
