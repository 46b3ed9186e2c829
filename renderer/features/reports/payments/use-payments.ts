import type { PaymentMatch, PaymentsInput } from '../../../../core/contract/money.ts';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';
import { usePages } from '../../../bridge/use-pages.ts';
import type { Days } from '../filter/period.ts';
import { shiftedDay } from '../filter/period.ts';

export type PaymentConditions = Pick<PaymentsInput, 'link' | 'state' | 'since' | 'until'>;

/** How many there are, and their lines by position. */
export function usePayments(conditions: PaymentConditions) {
  const client = useClient();
  return usePages({
    key: [...keys.figured, 'payments'],
    conditions,
    ask: (place, signal) => client.money.payments({ ...conditions, ...place }, { signal }),
  });
}

/** Days of this computer as moments: from the midnight before them to the one after. */
export function momentsOf({ from, to }: Days): Pick<PaymentConditions, 'since' | 'until'> {
  const midnight = (day: string) => new Date(`${day}T00:00`).getTime();
  return {
    ...(from !== undefined && { since: midnight(from) }),
    ...(to !== undefined && { until: midnight(shiftedDay(to, 1)) }),
  };
}

/** What names a payment among the others. */
export function paymentKey({ link, reference, confirmation, invoice, session, cdrs }: PaymentMatch): string {
  const name = reference ?? confirmation?.id ?? invoice?.id ?? session ?? cdrs[0] ?? '';
  return `${link ?? ''}/${name}`;
}
