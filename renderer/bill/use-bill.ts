import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { BillSource } from '../../core/contract/money.ts';
import { useClient } from '../bridge/client.ts';
import { keys } from '../bridge/keys.ts';

/** A session or CDR priced anew; asked for again when it, its tariff or its location may have changed. */
export function useBill(bill: BillSource, timeZone: string | undefined) {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.figured, 'bill', bill, timeZone],
    queryFn: ({ signal }) => client.money.price({ bill, ...(timeZone !== undefined && { timeZone }) }, { signal }),
    // Another zone is another reading of the same bill.
    placeholderData: keepPreviousData,
  });
}
