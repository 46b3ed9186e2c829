import { type Command, InvalidArgumentError } from 'commander';
import type { LogContents } from '../../contract/session-log.ts';
import type { ExchangeLine } from '../../session-log/format/records.ts';
import { plainText } from '../../session-log/read/plain-text.ts';
import { inspectLog, readLog } from '../../session-log/read/read-log.ts';
import { type CommonOptions, command, perform } from '../command.ts';
import { CommandFailure, printJson, printLine, table, tell } from '../terminal.ts';

interface ShowOptions extends CommonOptions {
  readonly exchanges?: number | true;
}

/** Unless said how many: what can be read through. */
const SOME_EXCHANGES = 100;

export function showCommand(): Command {
  return command('show <file>', 'what a session log holds, and whether it is whole; needs no database')
    .option('--exchanges [count]', `its exchanges too, the first ${SOME_EXCHANGES} or so many`, readCount)
    .action((file: string, options: ShowOptions) =>
      perform(options, async () => {
        const inspected = await inspectLog(file);
        if (!inspected.ok) throw new CommandFailure(inspected.failure);
        const contents = inspected.value;
        const wanted = options.exchanges === true ? SOME_EXCHANGES : options.exchanges;
        const exchanges = wanted === undefined ? undefined : await firstExchanges(file, wanted);
        if (options.json) printJson({ ...contents, ...(exchanges && { exchanges }) });
        else {
          printLine(contentsText(contents));
          if (exchanges) printLine(exchangesText(exchanges, contents.counts.exchanges));
        }
        if (contents.condition === 'whole') return 0;
        tell(`${contents.name} is ${contents.condition}: ${contents.problem}.`);
        return 1;
      }),
    );
}

function readCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new InvalidArgumentError('It has to be a whole number from 1 on.');
  return count;
}

/** JSON kept stable: `wb log show --exchanges --json` prints an array of these. */
interface ShownExchange {
  readonly id: number;
  readonly at: string;
  readonly direction: 'in' | 'out';
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  readonly httpStatus: number | null;
  readonly ocpiStatus: number | null;
  readonly ended: string;
  readonly findings: readonly string[];
  readonly faults: readonly string[];
  readonly note: string | null;
}

async function firstExchanges(path: string, count: number): Promise<ShownExchange[]> {
  const shown: ShownExchange[] = [];
  for await (const line of readLog({ path })) {
    if (line.type !== 'exchange') continue;
    shown.push(shownExchange(line));
    if (shown.length === count) break;
  }
  return shown;
}

function shownExchange(line: ExchangeLine): ShownExchange {
  return {
    id: line.id,
    at: new Date(line.startedAt).toISOString(),
    direction: line.direction,
    operation: line.operation,
    method: line.request.method,
    url: line.request.url,
    httpStatus: line.response?.status ?? null,
    ocpiStatus: line.ocpiStatus ?? null,
    ended: line.ended.how,
    findings: [...new Set(line.findings?.map(({ code }) => code))],
    faults: [...new Set(line.faults?.firings.map(({ kind }) => kind))],
    note: line.note ?? null,
  };
}

function contentsText(contents: LogContents): string {
  const { about, counts } = contents;
  const facts: [string, string][] = [
    ['file', `${contents.name}, ${contents.bytes.toLocaleString('en-US')} bytes, format ${about.format}`],
    ['title', about.title === '' ? '-' : about.title],
    ['written', `${about.writtenAt} by workbench ${about.workbench}`],
    ['from', about.platform.parties.join(', ') || '-'],
    ['scope', scopeText(about.scope)],
    ['redacted', about.redacted.join(', ') || 'nothing but credentials tokens'],
    ...(about.keptPersonal === null ? [] : [['kept', `personal data: ${about.keptPersonal}`] as [string, string]]),
    ['exchanges', `${exchangeCount(contents)}${timeText(contents)}`],
    ['also', alsoText(counts)],
  ];
  const parts = [
    plainTable(facts),
    section('Links', [
      ['name', 'organisation', 'version', 'exchanges'],
      ...contents.links.map(link => [link.name, link.organisation, link.version ?? '-', String(link.exchanges)]),
    ]),
    section('Findings', [
      ['severity', 'code', 'count'],
      ...contents.findings.map(({ severity, code, count }) => [severity, code, String(count)]),
    ]),
    section('Fault rules', [
      ['name', 'kind', 'fired'],
      ...contents.rules.map(({ name, kind, fired }) => [name, kind, String(fired)]),
    ]),
  ];
  return parts.filter(part => part !== '').join('\n\n');
}

function exchangeCount({ about, counts }: LogContents): string {
  const there = counts.exchanges.toLocaleString('en-US');
  return about.exchanges === counts.exchanges ? there : `${there} of ${about.exchanges.toLocaleString('en-US')}`;
}

function timeText({ from, to }: LogContents): string {
  return from === null || to === null ? '' : `, ${from} to ${to}`;
}

function alsoText({ findings, notes, runs, objects, revisions }: LogContents['counts']): string {
  const all = { findings, notes, runs, objects, revisions };
  return Object.entries(all)
    .map(([what, count]) => `${count.toLocaleString('en-US')} ${what}`)
    .join(', ');
}

function scopeText(scope: LogContents['about']['scope']): string {
  const parts = Object.entries(scope).map(([name, value]) =>
    Array.isArray(value)
      ? `${value.length} ${name}`
      : `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return parts.join(', ') || 'everything';
}

function section(title: string, rows: readonly (readonly string[])[]): string {
  return rows.length < 2 ? '' : `${title}\n${plainTable(rows)}`;
}

function exchangesText(exchanges: readonly ShownExchange[], count: number): string {
  const rows = exchanges.map(line => [
    `#${line.id}`,
    line.at,
    line.direction === 'in' ? '<-' : '->',
    line.method,
    String(line.httpStatus ?? line.ended),
    line.ocpiStatus === null ? '-' : String(line.ocpiStatus),
    line.operation,
    line.url,
    [...line.findings, ...line.faults.map(kind => `fault ${kind}`)].join(', '),
  ]);
  const more = count > exchanges.length ? `\n${(count - exchanges.length).toLocaleString('en-US')} more` : '';
  return `\n${plainTable(rows)}${more}`;
}

function plainTable(rows: readonly (readonly string[])[]): string {
  return table(rows.map(row => row.map(plainText)));
}
