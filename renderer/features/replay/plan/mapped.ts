import type { ReplayRewrite } from '../../../../core/contract/replay.ts';

/** As `map` of the options names it: `location:LOC1`. */
export function mapKey({ kind, from }: Pick<ReplayRewrite, 'kind' | 'from'>): string {
  return `${kind}:${from}`;
}
