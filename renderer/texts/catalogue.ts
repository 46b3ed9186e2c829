import { bill as enBill } from './en/bill.ts';
import { common as enCommon } from './en/common.ts';
import { decisions as enDecisions } from './en/decisions.ts';
import { errors as enErrors } from './en/errors.ts';
import { explanation as enExplanation } from './en/explanation.ts';
import { failures as enFailures } from './en/failures.ts';
import { faults as enFaults } from './en/faults.ts';
import { health as enHealth } from './en/health.ts';
import { life as enLife } from './en/life.ts';
import { locations as enLocations } from './en/locations.ts';
import { logs as enLogs } from './en/logs.ts';
import { ocpiHelp as enOcpiHelp } from './en/ocpi-help.ts';
import { ocpiNotes as enOcpiNotes } from './en/ocpi-notes.ts';
import { own as enOwn } from './en/own.ts';
import { partners as enPartners } from './en/partners.ts';
import { replay as enReplay } from './en/replay.ts';
import { reports as enReports } from './en/reports.ts';
import { runs as enRuns } from './en/runs.ts';
import { send as enSend } from './en/send.ts';
import { settings as enSettings } from './en/settings.ts';
import { shell as enShell } from './en/shell.ts';
import { start as enStart } from './en/start.ts';
import { traffic as enTraffic } from './en/traffic.ts';
import { transactions as enTransactions } from './en/transactions.ts';
import { bill as svBill } from './sv/bill.ts';
import { common as svCommon } from './sv/common.ts';
import { decisions as svDecisions } from './sv/decisions.ts';
import { errors as svErrors } from './sv/errors.ts';
import { explanation as svExplanation } from './sv/explanation.ts';
import { failures as svFailures } from './sv/failures.ts';
import { faults as svFaults } from './sv/faults.ts';
import { health as svHealth } from './sv/health.ts';
import { life as svLife } from './sv/life.ts';
import { locations as svLocations } from './sv/locations.ts';
import { logs as svLogs } from './sv/logs.ts';
import { ocpiHelp as svOcpiHelp } from './sv/ocpi-help.ts';
import { ocpiNotes as svOcpiNotes } from './sv/ocpi-notes.ts';
import { own as svOwn } from './sv/own.ts';
import { partners as svPartners } from './sv/partners.ts';
import { replay as svReplay } from './sv/replay.ts';
import { reports as svReports } from './sv/reports.ts';
import { runs as svRuns } from './sv/runs.ts';
import { send as svSend } from './sv/send.ts';
import { settings as svSettings } from './sv/settings.ts';
import { shell as svShell } from './sv/shell.ts';
import { start as svStart } from './sv/start.ts';
import { traffic as svTraffic } from './sv/traffic.ts';
import { transactions as svTransactions } from './sv/transactions.ts';
import type { Translated } from './texts.ts';

/** Every visible text of the page, by area. */
export const en = {
  common: enCommon,
  shell: enShell,
  failures: enFailures,
  faults: enFaults,
  partners: enPartners,
  traffic: enTraffic,
  locations: enLocations,
  transactions: enTransactions,
  bill: enBill,
  reports: enReports,
  health: enHealth,
  errors: enErrors,
  explanation: enExplanation,
  ocpiHelp: enOcpiHelp,
  ocpiNotes: enOcpiNotes,
  own: enOwn,
  life: enLife,
  replay: enReplay,
  logs: enLogs,
  runs: enRuns,
  send: enSend,
  decisions: enDecisions,
  start: enStart,
  settings: enSettings,
};

export type Catalogue = typeof en;
export type TextArea = keyof Catalogue;

export const sv: { readonly [Area in TextArea]: Translated<Catalogue[Area]> } = {
  common: svCommon,
  shell: svShell,
  failures: svFailures,
  faults: svFaults,
  partners: svPartners,
  traffic: svTraffic,
  locations: svLocations,
  transactions: svTransactions,
  bill: svBill,
  reports: svReports,
  health: svHealth,
  errors: svErrors,
  explanation: svExplanation,
  ocpiHelp: svOcpiHelp,
  ocpiNotes: svOcpiNotes,
  own: svOwn,
  life: svLife,
  replay: svReplay,
  logs: svLogs,
  runs: svRuns,
  send: svSend,
  decisions: svDecisions,
  start: svStart,
  settings: svSettings,
};
