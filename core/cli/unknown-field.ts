import type { PulledModule } from '../contract/objects.ts';
import { unknownField } from '../ocpi/field-path.ts';

/** What a module's objects are; of several lists, one after the other. */
const TYPES: Readonly<Record<PulledModule, readonly string[]>> = {
  locations: ['Location'],
  sessions: ['Session'],
  cdrs: ['CDR'],
  tariffs: ['Tariff'],
  tokens: ['Token'],
  hubclientinfo: ['ClientInfo'],
  bookings: ['Booking', 'BookingLocation'],
  invoicereconciliation: ['InvoiceReconciliationRecord'],
  payments: ['Terminal', 'FinancialAdviceConfirmation'],
};

const OWN_FIELDS = "Fields of a partner's own are looked through as well.";

/**
 * What to say where nothing fits conditions such as `evses.colour=red`: nothing can, where the tables of no version have
 * such a field, and what they have instead. It may still be a partner's own field; more likely it is a slip of the pen.
 */
export function unknownFieldLines(module: PulledModule, conditions: readonly string[] = []): string[] {
  const lines = conditions.flatMap(condition => {
    const [path = ''] = condition.split('=', 1);
    const looked = TYPES[module].map(type => ({ type, unknown: unknownField(type, path) }));
    return looked.flatMap(({ type, unknown }) => {
      if (unknown === undefined || looked.some(other => other.unknown === undefined)) return [];
      const { within, known } = unknown;
      const fields = known.length === 0 ? `${within} has no fields` : `known there: ${known.join(', ')}`;
      return [`${type} has no field ${path} in any version (${fields}).`];
    });
  });
  return lines.length === 0 ? [] : [...lines, OWN_FIELDS];
}
