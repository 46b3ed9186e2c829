import type { Command } from 'commander';
import { systemClock } from '../clock.ts';
import type { LocationHealth } from '../contract/health.ts';
import type { ContractClient } from '../loopback/client.ts';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { linkTable, locationTable, noticeLines } from './health-text.ts';
import { readThresholds, thresholdTable } from './health-thresholds.ts';
import { watchHealth } from './health-watch.ts';
import { withContract } from './session.ts';
import { type ExitCode, printJson, printLine, tell } from './terminal.ts';

interface HealthOptions extends CommonOptions {
  readonly link?: string;
  readonly locations?: boolean;
  readonly watch?: boolean;
  readonly thresholds?: boolean;
  readonly set?: readonly string[];
  readonly reset?: boolean;
}

/** Locations shown, worst first. */
const MOST_LOCATIONS = 100;

/** How links and their locations are; exit code 1 where something is over its threshold. */
export function healthCommand(): Command {
  return command('health', 'how links and their locations are; exit code 1 when something is over its threshold')
    .option('--link <name>', 'only this link')
    .option('--locations', 'with the locations, worst first')
    .option('--watch', 'print notices as they come and end, until Ctrl+C')
    .option('--thresholds', 'from when on something is worth a notice, for all links or for --link')
    .option('--set <name=value...>', 'change thresholds, as silentHours=24 errorRate=0.1 p95Ms=never changes=no')
    .option('--reset', 'with --link: it has no thresholds of its own any more; else all are as to begin with')
    .action((options: HealthOptions) => perform(options, () => act(options)));
}

async function act(options: HealthOptions): Promise<ExitCode> {
  const { set, reset, watch, thresholds } = options;
  const changing = set !== undefined || reset === true;
  if (watch && (changing || thresholds || options.locations))
    throw usageFailure('--watch stands alone', 'Beside it only --link and --json mean something.');
  if (set !== undefined && reset) throw usageFailure('--set and --reset exclude each other', 'Leave one of them out.');
  const given = set === undefined ? undefined : readThresholds(set);
  return withContract(options, client => {
    if (watch) return watchHealth(client, { ...linkOf(options), json: options.json ?? false });
    if (given !== undefined || reset || thresholds) return tellThresholds(client, options, reset ? null : given);
    return tellHealth(client, options);
  });
}

function linkOf({ link }: HealthOptions): { link?: string } {
  return link === undefined ? {} : { link };
}

async function tellThresholds(
  client: ContractClient,
  options: HealthOptions,
  given: ReturnType<typeof readThresholds> | null | undefined,
): Promise<ExitCode> {
  const of = linkOf(options);
  const told =
    given === undefined
      ? await client.health.thresholds(of)
      : await client.health.setThresholds({ ...of, thresholds: given });
  if (options.json) printJson(told);
  else printLine(thresholdTable(told.thresholds, told.own, options.link ?? 'all links'));
  return 0;
}

async function tellHealth(client: ContractClient, options: HealthOptions): Promise<ExitCode> {
  const of = linkOf(options);
  const { notices } = await client.health.look(of);
  const { links, behind } = await client.health.links(of);
  const locations: LocationHealth[] = options.locations
    ? (await client.health.locations({ ...of, limit: MOST_LOCATIONS })).rows
    : [];
  if (behind > 0) tell(`${behind} changes have not been looked at yet.`);
  if (options.json) printJson({ links, locations, notices });
  else {
    const now = systemClock.now();
    printLine(links.length === 0 ? 'There are no links.' : linkTable(links, now));
    if (locations.length > 0) printLine(`\n${locationTable(locations, now)}`);
    if (notices.length > 0) printLine(`\n${noticeLines(notices)}`);
  }
  return notices.length > 0 ? 1 : 0;
}
