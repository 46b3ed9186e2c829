import { type Command, Option } from 'commander';
import { systemClock } from '../clock.ts';
import { PulledModule, type PullInput, type PullResult } from '../contract/objects.ts';
import type { Run } from '../contract/run.ts';
import type { ContractClient } from '../loopback/client.ts';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { followRun } from './follow-run.ts';
import { readDuration, readMoment } from './option-values.ts';
import { printSchedules } from './schedule-text.ts';
import { withContract } from './session.ts';
import { type ExitCode, printJson, printLine, tell } from './terminal.ts';

interface PullFlags extends CommonOptions {
  readonly full?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly pageSize?: string;
  readonly window?: string;
  readonly party?: string;
  readonly every?: string;
}

const NEVER = 'never';

export function pullCommand(): Command {
  return command(
    'pull <link> <module> [object]',
    "take over a partner's objects: what changed since the last pull, or one",
  )
    .option('--full', 'everything; tells what vanished, too')
    .option('--from <when>', 'updated from then on: a date and time, or an age (2h, 7d)')
    .option('--to <when>', 'updated before then')
    .option('--page-size <count>', 'objects asked for at once (default 1000)')
    .option('--window <time>', 'sessions and cdrs in stretches of so much time each, as 1d')
    .option('--party <party>', 'asked of this party of the partner, as NL-TNM')
    .addOption(
      new Option(
        '--every <time>',
        `repeat it while wb serve runs, as 15m; "${NEVER}" ends that; nothing is pulled now`,
      ),
    )
    .action((name: string, module: string, object: string | undefined, options: PullFlags) =>
      perform(options, () =>
        withContract(options, client => {
          const wanted = readModule(module);
          if (options.every !== undefined) return schedule(client, { name, module: wanted, ...options });
          return pullNow(client, options, {
            name,
            module: wanted,
            ...(object === undefined ? {} : { object }),
            ...inputOf(options),
          });
        }),
      ),
    );
}

/** A module whose objects are kept. */
export function readModule(text: string): PulledModule {
  const module = PulledModule.safeParse(text.toLowerCase());
  if (!module.success) {
    throw usageFailure(`"${text}" is no module with objects`, `Any of ${PulledModule.options.join(', ')}.`);
  }
  return module.data;
}

function inputOf({ full, from, to, pageSize, window, party }: PullFlags): Partial<PullInput> {
  const size = pageSize === undefined ? undefined : Number(pageSize);
  if (size !== undefined && (!Number.isInteger(size) || size < 1 || size > 100_000)) {
    throw usageFailure(`--page-size ${pageSize} is out of range`, 'A whole number from 1 to 100000.');
  }
  return {
    ...(full ? { full } : {}),
    ...(from === undefined ? {} : { dateFrom: new Date(readMoment('--from', from)).toISOString() }),
    ...(to === undefined ? {} : { dateTo: new Date(readMoment('--to', to)).toISOString() }),
    ...(size === undefined ? {} : { pageSize: size }),
    ...(window === undefined ? {} : { window: readDuration('--window', window) }),
    ...(party === undefined ? {} : { party }),
  };
}

async function pullNow(client: ContractClient, options: PullFlags, input: PullInput): Promise<ExitCode> {
  const { runId } = await client.pulls.start(input);
  await followRun(client, runId, tellProgress());
  const result = await client.pulls.result({ runId });
  if (options.json) printJson(result);
  else printResult(result);
  return result.ok ? 0 : 1;
}

function printResult({ findings, summary, runId, durationMs }: PullResult) {
  for (const { severity, code, pointer, met, expected, count } of findings) {
    const place = pointer === '' ? '' : ` at ${pointer}`;
    printLine(`${severity}: ${code}${place}: ${met}; expected ${expected}${count > 1 ? ` (${count} times)` : ''}`);
  }
  printLine(`${summary} (run ${runId}, ${(durationMs / 1000).toFixed(1)} s)`);
}

const TOLD_EVERY_MS = 1000;

/** How far it has come, once a second; what it waits for at once. */
function tellProgress(): (run: Run) => void {
  let toldAt = systemClock.elapsed();
  let toldWaiting: string | undefined;
  return ({ progress }) => {
    if (progress === undefined) return;
    const { objects, total, rate, secondsLeft, waiting } = progress;
    if (waiting !== undefined && waiting !== toldWaiting) tell(`  waits ${waiting}`);
    toldWaiting = waiting;
    const now = systemClock.elapsed();
    if (waiting !== undefined || now - toldAt < TOLD_EVERY_MS) return;
    toldAt = now;
    const left = secondsLeft === undefined ? '' : `, about ${Math.ceil(secondsLeft)} s left`;
    tell(`  ${objects}${total === undefined ? '' : ` of ${total}`} objects, ${Math.round(rate)} a second${left}`);
  };
}

async function schedule(
  client: ContractClient,
  { name, module, every = NEVER, json }: PullFlags & { readonly name: string; readonly module: PulledModule },
): Promise<ExitCode> {
  const schedules = await client.pulls.schedule({
    name,
    module,
    every: every === NEVER ? null : readDuration('--every', every),
  });
  printSchedules(schedules, json);
  return 0;
}
