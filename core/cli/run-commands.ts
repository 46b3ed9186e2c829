import { type Command, Option } from 'commander';
import { VersionName } from '../contract/platform.ts';
import type { Run } from '../contract/run.ts';
import type { ContractClient } from '../loopback/client.ts';
import { type CommonOptions, command, perform } from './command.ts';
import { confirmed } from './confirm.ts';
import { followRun, runDocument } from './follow-run.ts';
import { withContract } from './session.ts';
import { type ExitCode, findingLines, printJson, printLine } from './terminal.ts';

interface RunOptions extends CommonOptions {
  readonly yes?: boolean;
}

type Start = (client: ContractClient, confirmation: { confirmed?: boolean }) => Promise<{ runId: number }>;

async function runToItsEnd(options: RunOptions, start: Start): Promise<ExitCode> {
  return withContract(options, async client => {
    const { runId } = await confirmed(options, confirmation => start(client, confirmation));
    const run = await followRun(client, runId);
    if (options.json) printJson(runDocument(run));
    else printRun(run);
    return run.state === 'done' ? 0 : 1;
  });
}

function printRun(run: Run) {
  for (const line of findingLines(run)) printLine(line);
  printLine(run.result?.summary ?? `run ${run.id} is ${run.state}`);
}

const yes = () => new Option('--yes', 'on a production link: do not ask first');

export function registerCommand(): Command {
  return command(
    'register <name>',
    'register with a partner; with --version on a registered link: switch to that version',
  )
    .addOption(new Option('--version <version>', 'instead of the highest common one').choices(VersionName.options))
    .addOption(yes())
    .action((name: string, options: RunOptions & { version?: VersionName }) =>
      perform(options, () =>
        runToItsEnd(options, (client, confirmation) =>
          client.runs.register({ name, ...(options.version ? { version: options.version } : {}), ...confirmation }),
        ),
      ),
    );
}

export function rotateCommand(): Command {
  return command('rotate <name>', 'exchange both tokens anew with PUT; also tells our current versions URL')
    .addOption(yes())
    .action((name: string, options: RunOptions) =>
      perform(options, () =>
        runToItsEnd(options, (client, confirmation) => client.runs.rotate({ name, ...confirmation })),
      ),
    );
}

export function unregisterCommand(): Command {
  return command('unregister <name>', 'end a registration with DELETE')
    .option('--local', 'forget it on our side only: the partner is gone')
    .addOption(yes())
    .action((name: string, options: RunOptions & { local?: boolean }) =>
      perform(options, () =>
        runToItsEnd(options, (client, confirmation) =>
          client.runs.unregister({ name, ...(options.local ? { localOnly: true } : {}), ...confirmation }),
        ),
      ),
    );
}

export function doctorCommand(): Command {
  return command('doctor [name]', 'look for what keeps us and a partner (or all of them) apart').action(
    (name: string | undefined, options: CommonOptions) =>
      perform(options, () => runToItsEnd(options, client => client.runs.doctor(name === undefined ? {} : { name }))),
  );
}
