import { type Command, Option } from 'commander';
import { systemClock } from '../clock.ts';
import type { TroubleGroup, TroubleInput, Troubles } from '../contract/errors.ts';
import { type ContractClient, outcomeOf } from '../loopback/client.ts';
import { type CommonOptions, command, perform } from './command.ts';
import { type FilterOptions, readFilter, withFilterOptions } from './exchange-filter.ts';
import { withContract } from './session.ts';
import { printJson, printLine, table, tell } from './terminal.ts';

interface ErrorsOptions extends CommonOptions, FilterOptions {
  readonly findings: 'error' | 'warning' | 'note' | 'none';
  readonly wait: boolean;
}

/** Milliseconds: as long is waited for the detectors, and asked again every so often. */
const LONGEST_WAIT = 30_000;
const ASKED_EVERY = 200;

export function errorsCommand(): Command {
  return withFilterOptions(
    command('errors', 'what went wrong, in groups: by link, module and code, the most recent first'),
  )
    .addOption(
      new Option('--findings <severity>', 'with findings of exchanges that did not fail: this severity or worse')
        .choices(['error', 'warning', 'note', 'none'])
        .default('error'),
    )
    .option('--no-wait', 'do not wait for exchanges that the detectors have not looked at yet')
    .action((options: ErrorsOptions) =>
      perform(options, () =>
        withContract(options, async client => {
          const troubles = await settled(client, { ...readFilter(options), findings: options.findings }, options.wait);
          if (troubles.behind > 0) tell(`${troubles.behind} exchanges have not been looked at yet.`);
          if (options.json) printJson(troubles.groups);
          else if (troubles.groups.length === 0) printLine('Nothing failed.');
          else printLine(await groupTable(client, troubles.groups));
          return 0;
        }),
      ),
    );
}

/** As soon as the detectors have looked at everything, or no more of it for a while. */
async function settled(client: ContractClient, input: TroubleInput, wait: boolean): Promise<Troubles> {
  const until = systemClock.elapsed() + LONGEST_WAIT;
  for (;;) {
    const troubles = await client.errors.groups(input);
    if (troubles.behind === 0 || !wait || systemClock.elapsed() > until) return troubles;
    await systemClock.sleep(ASKED_EVERY);
  }
}

async function groupTable(client: ContractClient, groups: readonly TroubleGroup[]): Promise<string> {
  const meanings = new Map<string, string>();
  for (const { code } of groups) {
    if (meanings.has(code)) continue;
    // A group may hold a code that only another version of the workbench knows.
    const explained = await outcomeOf(client.errors.explainCode({ code }));
    meanings.set(code, explained.ok ? (explained.value.meanings[0]?.meaning ?? '') : '');
  }
  return table([
    ['link', 'module', 'way', 'code', 'count', 'last', 'newest', '', 'meaning'],
    ...groups.map(group => [
      group.link ?? '-',
      group.module ?? '-',
      group.direction === 'in' ? '<-' : '->',
      group.code,
      `${group.count}${group.onPurpose > 0 ? ` (${group.onPurpose} on purpose)` : ''}`,
      group.last,
      `#${group.newestId}`,
      group.fresh ? 'new' : '',
      meanings.get(group.code) ?? '',
    ]),
  ]);
}
