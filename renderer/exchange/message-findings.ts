import type { ExchangeView } from '../../core/contract/exchange.ts';
import type { FindingView } from '../../core/contract/run.ts';
import type { JsonMark } from '../ui/editor/json-marks.ts';

/** The partner's message is what is looked at: its request where it came in, its answer where we asked. */
function checkedSide({ direction }: Pick<ExchangeView, 'direction'>): 'request' | 'response' {
  return direction === 'in' ? 'request' : 'response';
}

const PREFIX = /^(request|response):/;

/** Where a finding stands: a JSON pointer into the body of one side, `header:name`, or empty for all of that side. */
export interface Place {
  readonly side: 'request' | 'response';
  readonly pointer: string;
}

export function placeOf(exchange: Pick<ExchangeView, 'direction'>, { pointer }: Pick<FindingView, 'pointer'>): Place {
  const named = PREFIX.exec(pointer)?.[1];
  const side = named === 'request' || named === 'response' ? named : checkedSide(exchange);
  return { side, pointer: pointer.replace(PREFIX, '') };
}

/** Findings about one side, with pointers of that side alone. */
export function findingsOf(exchange: ExchangeView, side: 'request' | 'response'): readonly FindingView[] {
  return exchange.findings.flatMap(finding => {
    const place = placeOf(exchange, finding);
    return place.side === side ? [{ ...finding, pointer: place.pointer }] : [];
  });
}

/** A finding in one line. */
export type Said = (finding: FindingView) => string;

/** Marks for a JSON body: pointers into it, and what is said of it as a whole. */
export function marksOf(findings: readonly FindingView[], said: Said): readonly JsonMark[] {
  return findings
    .filter(({ pointer }) => pointer === '' || pointer.startsWith('/'))
    .map(finding => ({ pointer: finding.pointer, severity: finding.severity, message: said(finding) }));
}

/** Findings about a header line, by its name in lower case. */
export function headerFindings(findings: readonly FindingView[]): ReadonlyMap<string, readonly FindingView[]> {
  const byName = new Map<string, FindingView[]>();
  for (const finding of findings) {
    const [, name] = /^header:(.+)$/.exec(finding.pointer) ?? [];
    if (name === undefined) continue;
    const key = name.toLowerCase();
    byName.set(key, [...(byName.get(key) ?? []), finding]);
  }
  return byName;
}
