import { type Command, Option } from 'commander';
import { systemClock } from '../clock.ts';
import { ChargeDifference, ReportBy, type ReportCharge, ReportInput, ReportSource } from '../contract/reports.ts';
import type { ContractClient } from '../loopback/client.ts';
import { chargeTable, differenceTable, reportText } from './charge-report-text.ts';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { readLimit } from './option-values.ts';
import { withContract } from './session.ts';
import { type ExitCode, printJson, printLine, tell } from './terminal.ts';

interface Options extends CommonOptions {
  readonly by: ReportBy;
  readonly source: ReportSource;
  readonly from?: string;
  readonly to?: string;
  readonly zone?: string;
  readonly hour?: string;
  readonly link?: string;
  readonly party?: string;
  readonly location?: string;
  readonly evse?: string;
  readonly token?: string;
  readonly tariff?: string;
  readonly order: NonNullable<ReportInput['order']>;
  readonly descending?: boolean;
  readonly limit: string;
  readonly csv?: boolean;
  readonly charges?: boolean;
  /** True where no kind was named. */
  readonly differences?: ChargeDifference['what'] | true;
}

type Conditions = Omit<Parameters<ContractClient['reports']['charges']>[0], 'offset' | 'limit'>;

/** Pages of the contract hold no more. */
const PAGE = 1000;
/** Milliseconds: as long is waited for what is stored to be counted, and asked again every so often. */
const LONGEST_WAIT = 30_000;
const ASKED_EVERY = 150;

export function reportCommand(): Command {
  const choices = (values: readonly string[]) => [...values];
  return command('report', 'charges, energy, time and cost, counted')
    .addOption(new Option('--by <what>', 'one row for each').choices(choices(ReportBy.options)).default('day'))
    .addOption(new Option('--source <which>', 'what is counted').choices(choices(ReportSource.options)).default('cdrs'))
    .option('--from <day>', 'begun on that day or later: 2026-11-01')
    .option('--to <day>', 'begun on that day or earlier')
    .option('--zone <name>', 'time zone of days and hours: Europe/Oslo (default: that of each location)')
    .option('--hour <hour>', 'begun in that hour of the day: 0 to 23')
    .option('--link <name>', 'of one link; - for our own data')
    .option('--party <party>', 'of one party: NL-TNM')
    .option('--location <id>', 'at one location')
    .option('--evse <uid>', 'at one EVSE')
    .option('--token <uid>', 'of one token')
    .option('--tariff <id>', 'by one tariff')
    .addOption(
      new Option('--order <figure>', 'what rows are ordered by')
        .choices(choices(ReportInput.shape.order.unwrap().options))
        .default('key'),
    )
    .option('--descending', 'the other way round')
    .option('--limit <count>', 'at most so many rows', '1000')
    .option('--csv', 'all rows, as CSV')
    .option('--charges', 'the charges themselves, newest first')
    .addOption(
      new Option('--differences [what]', 'where sessions and their CDRs do not tell the same').choices(
        choices(ChargeDifference.shape.what.options),
      ),
    )
    .action((options: Options) =>
      perform(options, async () => {
        const chosen = [options.csv, options.charges, options.differences, options.json && options.csv].filter(Boolean);
        if (chosen.length > 1) {
          throw usageFailure(
            '--csv, --charges and --differences exclude each other, and --csv excludes --json',
            'Give one of them.',
          );
        }
        const limit = readLimit(options.limit);
        return withContract(options, client => answer(client, options, limit));
      }),
    );
}

async function answer(client: ContractClient, options: Options, limit: number): Promise<ExitCode> {
  const conditions = conditionsOf(options);
  const { by, order, descending = false } = options;
  const report = await counted(() => client.reports.get({ ...conditions, by, order, descending, limit }));
  if (report.behind > 0) tell(`${report.behind} objects that changed lately are not counted yet.`);
  if (options.csv) {
    const { csv } = await client.reports.csv({ ...conditions, by, order, descending });
    process.stdout.write(csv);
  } else if (options.charges) {
    const rows = await paged<ReportCharge>(limit, page => client.reports.charges({ ...conditions, ...page }));
    if (options.json) printJson(rows);
    else printLine(rows.length === 0 ? 'No charge fits.' : chargeTable(rows));
  } else if (options.differences !== undefined) {
    const { source: _, ...asked } = conditions;
    const what = options.differences === true ? {} : { what: options.differences };
    const rows = await paged<ChargeDifference>(limit, page =>
      client.reports.differences({ ...asked, ...what, ...page }),
    );
    if (options.json) printJson(rows);
    else printLine(rows.length === 0 ? 'Sessions and CDRs tell the same.' : differenceTable(rows));
  } else if (options.json) printJson(report);
  else printLine(reportText(report, order));
  return 0;
}

function conditionsOf({
  source,
  from,
  to,
  zone,
  hour,
  link,
  party,
  location,
  evse,
  token,
  tariff,
}: Options): Conditions {
  const given = { from, to, zone, hour, link, party, location, evse, token, tariff };
  return { source, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
}

/** As soon as everything stored is counted, or no more of it for a while. */
async function counted<Answer extends { readonly behind: number }>(ask: () => Promise<Answer>): Promise<Answer> {
  const until = systemClock.elapsed() + LONGEST_WAIT;
  for (;;) {
    const answered = await ask();
    if (answered.behind === 0 || systemClock.elapsed() >= until) return answered;
    await systemClock.sleep(ASKED_EVERY);
  }
}

async function paged<Row>(
  limit: number,
  page: (asked: { readonly offset: number; readonly limit: number }) => Promise<{ readonly rows: readonly Row[] }>,
): Promise<Row[]> {
  const all: Row[] = [];
  while (all.length < limit) {
    const { rows } = await page({ offset: all.length, limit: Math.min(PAGE, limit - all.length) });
    if (rows.length === 0) break;
    all.push(...rows);
  }
  return all;
}
