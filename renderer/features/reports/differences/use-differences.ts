import { ChargeDifference, type ReportConditions } from '../../../../core/contract/reports.ts';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';
import { usePages } from '../../../bridge/use-pages.ts';

export type What = ChargeDifference['what'];
export const WHATS = ChargeDifference.shape.what.options;

export type DifferenceConditions = Partial<Omit<ReportConditions, 'source'>> & { readonly what?: What };

/** While something is still being compared. */
const BEHIND_MS = 1000;

/** How many there are, and their lines by position. */
export function useDifferences(conditions: DifferenceConditions) {
  const client = useClient();
  return usePages({
    key: [...keys.figured, 'differences'],
    conditions,
    ask: (place, signal) => client.reports.differences({ ...conditions, ...place }, { signal }),
    refetchInterval: last => ((last?.behind ?? 0) > 0 ? BEHIND_MS : false),
  });
}
