import type { Report } from '../../contract/reports.ts';
import { csvLine } from '../../session-log/formats/csv.ts';

/** A report as a table of RFC 4180: one line a row, one pair of columns a currency, since currencies are never added up. */
export function reportCsv({ by, rows, total }: Pick<Report, 'by' | 'rows' | 'total'>): string {
  const currencies = total.costs.map(({ currency }) => currency);
  const costColumns = currencies.flatMap(currency => [`cost_${currency}`, `cost_with_taxes_${currency}`]);
  const isOwned = by === 'location' || by === 'evse' || by === 'tariff';
  const header = [
    ...[by, 'label', ...(isOwned ? ['link', 'party'] : []), 'charges', 'kwh', 'hours', 'idle_hours', 'average_kw'],
    ...costColumns,
    ...['credits', 'failed_starts'],
  ];
  const lines = rows.map(row => {
    const costs = new Map(row.costs.map(cost => [cost.currency, cost]));
    return csvLine([
      ...[
        row.key,
        row.label,
        ...(isOwned ? [row.link, row.party] : []),
        row.charges,
        row.kwh,
        row.hours,
        row.idleHours,
        row.averageKw,
      ],
      ...currencies.flatMap(currency => [costs.get(currency)?.before, costs.get(currency)?.after]),
      ...[row.credits, row.failedStarts],
    ]);
  });
  return [csvLine(header), ...lines].join('');
}
