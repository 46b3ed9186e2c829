import type { ReportCharge } from '../../../../core/contract/reports.ts';
import type { ChargeSearch } from '../search.ts';

/** Where one charge is looked at. */
export function chargeAddress({
  kind,
  link,
  party,
  id,
}: Pick<ReportCharge, 'kind' | 'link' | 'party' | 'id'>): ChargeSearch {
  return { kind, id, ...(link !== null && { link }), ...(party !== '' && { party }) };
}
