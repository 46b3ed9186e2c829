import type { ChargesSearch, ReportsSearch } from './search.ts';

/** The report and the list as they were left, for the way back. */
let report: ReportsSearch = {};
let charges: ChargesSearch | undefined;

export function leaveReport(search: ReportsSearch): void {
  report = search;
  charges = undefined;
}

export function lastReport(): ReportsSearch {
  return report;
}

export function leaveCharges(search: ChargesSearch): void {
  charges = search;
}

/** Undefined: one came from the report itself, or from elsewhere. */
export function lastCharges(): ChargesSearch | undefined {
  return charges;
}
