import type * as z from 'zod';
import { isJsonObject } from '../json-value.ts';
import { adapted, CiString, DateTimeText, listOne, ocpiObject } from '../schema.ts';

/** Digest 6.9: which CDRs an invoice covers. A diagram shows objects with an id where the table has ids; both are right (T34). */
export const InvoiceReconciliationRecord = ocpiObject('InvoiceReconciliationRecord', {
  country_code: CiString(2),
  party_id: CiString(3),
  id: CiString(36),
  invoice_id: CiString(255),
  cdrs: listOne(
    adapted(CiString(36), value =>
      isJsonObject(value) && typeof value['id'] === 'string' ? { value: value['id'] } : undefined,
    ),
  ),
  last_updated: DateTimeText(),
});
export type InvoiceReconciliationRecord = z.infer<typeof InvoiceReconciliationRecord>;
