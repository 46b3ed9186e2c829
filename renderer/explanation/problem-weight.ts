import type { ExchangeView } from '../../core/contract/exchange.ts';
import type { Problem } from '../../core/contract/explanation.ts';
import type { FindingView } from '../../core/contract/run.ts';

/** Of a finding the code has dots; what an exchange failed with is a number or a word. */
export function isFinding({ code }: Pick<Problem, 'code'>): boolean {
  return code.includes('.');
}

/** How bad it is: what made the exchange fail is an error, a finding is as bad as its severity. */
export function weightOf(problem: Problem, exchange: Pick<ExchangeView, 'findings'>): FindingView['severity'] {
  if (!isFinding(problem)) return 'error';
  const severities = shownBy(problem, exchange.findings).map(({ severity }) => severity);
  return (['error', 'warning', 'note'] as const).find(severity => severities.includes(severity)) ?? 'warning';
}

/** Those of the findings that show it. */
export function shownBy(problem: Problem, findings: readonly FindingView[]): readonly FindingView[] {
  return findings.filter(({ code }) => code === problem.code || problem.findings.includes(code));
}
