import type { ReportConditions } from '../../../../core/contract/reports.ts';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';
import { usePages } from '../../../bridge/use-pages.ts';

/** How many fit, and their lines by position. */
export function useCharges(conditions: Partial<ReportConditions>) {
  const client = useClient();
  return usePages({
    key: [...keys.figured, 'charges'],
    conditions,
    ask: (place, signal) => client.reports.charges({ ...conditions, ...place }, { signal }),
  });
}
