import { caseByNumber } from '../../core/insight/cases.ts';
import { detect } from '../../core/insight/detect/detect.ts';
import { merge } from '../../core/insight/detect/merge.ts';
import { createFlowDetection } from '../../core/insight/flows/flow-detection.ts';
import type { Finding } from '../../core/ocpi/findings.ts';
import { type LiteralExchange, observed } from '../support/observed.ts';

/** Everything that is found in exchanges that came one after the other, each by itself and all together. */
export function found(exchanges: readonly LiteralExchange[], { until }: { until?: number } = {}): Finding[] {
  const flows = createFlowDetection();
  const seen = exchanges.map(observed);
  const findings = seen.flatMap(one => merge(one, detect(one)));
  findings.push(...seen.flatMap(one => flows.see(one)).map(({ finding }) => finding));
  if (until !== undefined) findings.push(...flows.tick(until).map(({ finding }) => finding));
  return findings;
}

/** The codes among them that show a case. */
export function shown(number: number, findings: readonly Finding[]): string[] {
  const codes: readonly string[] = caseByNumber(number)?.findings ?? [];
  return [...new Set(findings.map(({ code }) => code).filter(code => codes.includes(code)))].sort();
}
