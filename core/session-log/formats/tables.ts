import type { ExchangeView } from '../../contract/exchange.ts';
import type { FindingView, Run } from '../../contract/run.ts';
import type { LogTable } from '../../contract/session-log.ts';
import type { TransactionSummary } from '../../contract/transaction.ts';
import type { LinkLine, LogRecord, ObjectLine } from '../format/records.ts';
import { type Cell, csvLine } from './csv.ts';
import { exchangeViewOf } from './exchange-view.ts';
import { escaped, jsonText } from './json-text.ts';

/** What a table is made of: the records of a log, and charges, which are put together of them. */
export type TableItem = LogRecord | { readonly type: 'transaction'; readonly transaction: TransactionSummary };

/** One table as a file, line by line. */
export interface TableFormat {
  /** The header row of CSV; nothing of JSON lines. */
  begin(): string;
  /** The lines one record makes; none where the table has nothing of it. */
  lines(item: TableItem): string;
}

type LinkName = (id: number) => string | undefined;
type Columns<Row> = Readonly<Record<string, (row: Row) => Cell>>;

interface Table<Row> {
  rows(item: TableItem, linkName: LinkName): Row[];
  /** A JSON value on one line. */
  json(row: Row): string;
  /** Names stay once released; more are added behind them. */
  readonly columns: Columns<Row>;
}

/** `csv` holds the columns below; `jsonl` each row whole, as the command line prints it with `--json`. */
export function tableFormat(table: LogTable, format: 'jsonl' | 'csv', linkName: LinkName): TableFormat {
  switch (table) {
    case 'exchanges':
      return formatOf(EXCHANGES, format, linkName);
    case 'findings':
      return formatOf(FINDINGS, format, linkName);
    case 'runs':
      return formatOf(RUNS, format, linkName);
    case 'objects':
      return formatOf(OBJECTS, format, linkName);
    case 'transactions':
      return formatOf(TRANSACTIONS, format, linkName);
    case 'links':
      return formatOf(LINKS, format, linkName);
  }
}

function formatOf<Row>(table: Table<Row>, format: 'jsonl' | 'csv', linkName: LinkName): TableFormat {
  const cells = Object.values(table.columns);
  const line =
    format === 'csv' ? (row: Row) => csvLine(cells.map(cell => cell(row))) : (row: Row) => `${table.json(row)}\n`;
  return {
    begin: () => (format === 'csv' ? csvLine(Object.keys(table.columns)) : ''),
    lines: item => table.rows(item, linkName).map(line).join(''),
  };
}

const moment = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());
/** As cells hold several values. */
const several = (values: readonly string[]): string => values.join(' ');

const EXCHANGES: Table<ExchangeView> = {
  rows: (item, linkName) => (item.type === 'exchange' ? [exchangeViewOf(item, linkName)] : []),
  json: jsonText,
  columns: {
    id: row => row.id,
    at: row => row.at,
    direction: row => row.direction,
    link: row => row.link,
    operation: row => row.operation,
    method: row => row.method,
    url: row => row.url,
    httpStatus: row => row.httpStatus,
    ocpiStatus: row => row.ocpiStatus,
    ended: row => row.ended,
    durationMs: row => row.durationMs,
    requestId: row => row.requestId,
    correlationId: row => row.correlationId,
    module: row => row.module,
    version: row => row.version,
    runId: row => row.runId,
    fromParty: row => row.fromParty,
    toParty: row => row.toParty,
    note: row => row.note,
    findings: row => several(row.findings.map(({ code }) => code)),
    faults: row => several(row.faults),
    requestBytes: row => row.request.body.length,
    responseBytes: row => row.response?.body.length ?? null,
    pinned: row => row.pinned,
  },
};

interface FindingRow extends FindingView {
  readonly exchangeId: number;
  readonly at: string;
  readonly link: string | null;
  readonly operation: string;
}

const FINDINGS: Table<FindingRow> = {
  rows: (item, linkName) =>
    item.type === 'exchange'
      ? (item.findings ?? []).map(finding => ({
          exchangeId: item.id,
          at: new Date(item.startedAt).toISOString(),
          link: item.link === undefined ? null : (linkName(item.link) ?? null),
          operation: item.operation,
          ...finding,
        }))
      : [],
  json: jsonText,
  columns: {
    exchangeId: row => row.exchangeId,
    at: row => row.at,
    link: row => row.link,
    operation: row => row.operation,
    severity: row => row.severity,
    code: row => row.code,
    pointer: row => row.pointer,
    met: row => row.met,
    expected: row => row.expected,
    section: row => row.section,
  },
};

interface RunRow extends Omit<Run, 'linkId'> {
  readonly link: string | null;
}

const RUNS: Table<RunRow> = {
  rows(item, linkName) {
    if (item.type !== 'run') return [];
    const { linkId, ...run } = item.run;
    return [{ ...run, link: linkId === undefined ? null : (linkName(linkId) ?? null) }];
  },
  json: jsonText,
  columns: {
    id: row => row.id,
    kind: row => row.kind,
    link: row => row.link,
    initiator: row => row.initiator,
    state: row => row.state,
    startedAt: row => moment(row.startedAt),
    endedAt: row => moment(row.endedAt),
    steps: row => row.steps.length,
    failedStep: row => row.steps.find(({ ok }) => !ok)?.step,
    reason: row => row.steps.find(({ ok }) => !ok)?.reason,
    summary: row => row.result?.summary,
  },
};

interface ObjectRow {
  readonly line: ObjectLine;
  readonly link: string | null;
}

/** Its text on one line: between its tokens JSON may have breaks, in its texts it has none. */
const onOneLine = (json: string): string => escaped(json.replaceAll(/[\r\n]+\s*/g, ' '));

/** Its text as a value of JSON: where a number was a token, there is a placeholder now, and all of it is no JSON any more. */
function jsonValue(text: string): string {
  return text.includes('{token:') && !isJson(text) ? jsonText(text) : onOneLine(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const OBJECTS: Table<ObjectRow> = {
  rows: (item, linkName) => (item.type === 'object' ? [{ line: item, link: linkName(item.link) ?? null }] : []),
  json({ line, link }) {
    const { module, list, version, seenAt, vanishedAt, revisions } = line;
    const told = { link, module, list, version, seenAt: moment(seenAt), vanishedAt: moment(vanishedAt) };
    const earlier = revisions.map(
      one =>
        `${jsonText({ version: one.version, seenAt: moment(one.seenAt), replacedAt: moment(one.replacedAt) }).slice(0, -1)},"object":${jsonValue(one.text)}}`,
    );
    // The text as it was sent: numbers keep the digits they were written with.
    return `${jsonText(told).slice(0, -1)},"object":${jsonValue(line.text)},"revisions":[${earlier.join(',')}]}`;
  },
  columns: {
    link: ({ link }) => link,
    module: ({ line }) => line.module,
    list: ({ line }) => line.list,
    version: ({ line }) => line.version,
    seenAt: ({ line }) => moment(line.seenAt),
    vanishedAt: ({ line }) => moment(line.vanishedAt),
    revisions: ({ line }) => line.revisions.length,
    object: ({ line }) => onOneLine(line.text),
  },
};

const TRANSACTIONS: Table<TransactionSummary> = {
  rows: item => (item.type === 'transaction' ? [item.transaction] : []),
  json: jsonText,
  columns: {
    id: row => row.id,
    link: row => row.link,
    version: row => row.version,
    side: row => row.side,
    startedAt: row => row.startedAt,
    updatedAt: row => row.updatedAt,
    state: row => row.state,
    open: row => row.open,
    session: row => row.session,
    cdr: row => row.cdr,
    reference: row => row.reference,
    token: row => row.token,
    location: row => row.location,
    evse: row => row.evse,
    connector: row => row.connector,
    kwh: row => row.kwh,
    cost: row => row.cost?.amount,
    currency: row => row.cost?.currency,
    exchanges: row => row.exchanges,
    problem: row => row.problem,
  },
};

const LINKS: Table<LinkLine['link']> = {
  rows: item => (item.type === 'link' ? [item.link] : []),
  json: jsonText,
  columns: {
    name: row => row.name,
    organisation: row => row.organisation,
    environment: row => row.environment,
    state: row => row.state,
    readOnly: row => row.readOnly,
    versionsUrl: row => row.versionsUrl,
    version: row => row.version,
    offeredVersions: row => several(row.offeredVersions),
    parties: row =>
      several(row.parties.map(({ countryCode, partyId, role = '' }) => `${countryCode}-${partyId} ${role}`.trim())),
    endpoints: row => row.endpoints.length,
    profile: row => row.settings.profile,
  },
};
