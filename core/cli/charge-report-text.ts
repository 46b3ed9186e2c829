import type { ChargeDifference, Report, ReportCharge, ReportFigures, ReportRow } from '../contract/reports.ts';
import { table } from './terminal.ts';

/** Characters of the longest bar. */
const LONGEST_BAR = 24;
/** The figures of a row that are lined up at their last digit. */
const FIGURES = ['charges', 'kWh', 'hours', 'idle', 'kW', 'credits', 'failed'] as const;

/** A table with its total, bars where rows follow in time, and in which zone that is. */
export function reportText(report: Report, order: string): string {
  const { rows, total, by, count, first, last, zone, failedSaid, leftOut } = report;
  const imported =
    leftOut.length === 0 ? [] : [`Not counted, as imported: ${leftOut.join(', ')}. One is counted with --link NAME.`];
  if (rows.length === 0) return ['No charge fits.', zone.said, ...imported].join('\n');
  const hasBars = by === 'day' || by === 'month' || by === 'hour';
  const measured = rows.map(row => measureOf(row, order));
  const most = Math.max(...measured);
  const lines = rows.map((row, at) => [
    row.label === '' ? '(not told)' : row.label,
    ...figureCells(row),
    ...(hasBars ? [bar(measured[at] ?? 0, most)] : []),
  ]);
  const sum = ['total', ...figureCells(total)];
  const left = count > rows.length ? [`${count - rows.length} more rows`] : [];
  return [
    table(alignedRight([[by, ...FIGURES, 'cost'], ...lines, sum])),
    ...left,
    `${report.source === 'cdrs' ? 'CDRs' : 'Sessions'} of ${first} to ${last}; ${zone.said}.`,
    ...(failedSaid === null ? [] : [failedSaid]),
    ...imported,
  ].join('\n');
}

function figureCells(figures: ReportFigures): string[] {
  const { charges, kwh, hours, idleHours, averageKw, costs, credits, failedStarts } = figures;
  return [
    String(charges),
    kwh.toFixed(3),
    hours.toFixed(2),
    idleHours.toFixed(2),
    averageKw === null ? '-' : averageKw.toFixed(1),
    String(credits),
    failedStarts === null ? '-' : String(failedStarts),
    costs.length === 0 ? '-' : costs.map(({ currency, before }) => `${before.toFixed(2)} ${currency}`).join(' + '),
  ];
}

/** All but the first and what follows the figures. */
function alignedRight(rows: readonly (readonly string[])[]): string[][] {
  const widths = FIGURES.map((_, at) => Math.max(...rows.map(row => row[at + 1]?.length ?? 0)));
  return rows.map(row =>
    row.map((cell, at) => (at === 0 || at > FIGURES.length ? cell : cell.padStart(widths[at - 1] ?? 0))),
  );
}

/** By what rows are ordered; by their charges where that is no figure. */
function measureOf(row: ReportRow, order: string): number {
  switch (order) {
    case 'kwh':
      return row.kwh;
    case 'hours':
      return row.hours;
    case 'idle':
      return row.idleHours;
    case 'failed':
      return row.failedStarts ?? 0;
    case 'cost':
      return row.costs[0]?.before ?? 0;
    default:
      return row.charges;
  }
}

function bar(value: number, most: number): string {
  return most > 0 && value > 0 ? '█'.repeat(Math.max(1, Math.round((value / most) * LONGEST_BAR))) : '';
}

export function chargeTable(rows: readonly ReportCharge[]): string {
  const head = ['begun', 'id', 'link', 'party', 'location', 'EVSE', 'token', 'tariff', 'kWh', 'hours', 'cost', ''];
  return table([
    head,
    ...rows.map(({ start, id, link, party, location, evse, token, tariff, kwh, hours, cost, credits, status }) => [
      ...[start, id, link, party, location, evse, token, tariff].map(text => text || '-'),
      kwh === null ? '-' : String(kwh),
      hours === null ? '-' : hours.toFixed(2),
      cost === null ? '-' : `${cost.before} ${cost.currency}`,
      credits === null ? (status ?? '') : `credits ${credits || 'it does not say what'}`,
    ]),
  ]);
}

export function differenceTable(rows: readonly ChargeDifference[]): string {
  return table([
    ['begun', 'link', 'what', ''],
    ...rows.map(({ at, link, what, sentence }) => [at ?? '-', link ?? '-', what, sentence]),
  ]);
}
