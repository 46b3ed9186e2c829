import type { ReplayRewrite } from '../../../../core/contract/replay.ts';

/** What is always worked out anew; nobody chooses it. */
const WORKED_OUT: ReadonlySet<ReplayRewrite['kind']> = new Set([
  'endpoint',
  'response_url',
  'credentials-token',
  'request-id',
  'correlation-id',
  'time',
]);

/** Whether the operator may say what it is called now. */
export function withMapped(kind: ReplayRewrite['kind']): boolean {
  return !WORKED_OUT.has(kind);
}

/** As `map` of the options names it: `location:LOC1`. */
export function mapKey({ kind, from }: Pick<ReplayRewrite, 'kind' | 'from'>): string {
  return `${kind}:${from}`;
}
