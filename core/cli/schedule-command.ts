import { Command } from 'commander';
import type { ContractClient } from '../loopback/client.ts';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { readDuration } from './option-values.ts';
import { readModule } from './pull-command.ts';
import { printSchedules } from './schedule-text.ts';
import { withContract } from './session.ts';

interface SetOptions extends CommonOptions {
  readonly every: string;
  readonly jitter?: string;
}

/** Pulls that are repeated while the workbench serves. */
export function scheduleCommand(): Command {
  return new Command('schedule')
    .description('pulls that are repeated while the workbench serves')
    .addCommand(
      command('list', 'what is repeated, how often, and when the next one is due').action((options: CommonOptions) =>
        run(options, async client => printSchedules(await client.pulls.schedules(), options.json)),
      ),
    )
    .addCommand(
      command('set <link> <module>', 'repeat a pull; nothing is pulled now')
        .requiredOption('--every <time>', 'so much time lies between two pulls, as 15m')
        .option('--jitter <share>', 'each is moved by up to this share of it, from 0 to 0.5 (default 0.1)')
        .action((name: string, module: string, options: SetOptions) =>
          run(options, async client => {
            const every = readDuration('--every', options.every);
            const jitter = options.jitter === undefined ? {} : { jitter: readJitter(options.jitter) };
            const wanted = { name, module: readModule(module), every, ...jitter };
            printSchedules(await client.pulls.schedule(wanted), options.json);
          }),
        ),
    )
    .addCommand(
      command('end <link> <module>', 'repeat it no more').action(
        (name: string, module: string, options: CommonOptions) =>
          run(options, async client => {
            const wanted = { name, module: readModule(module), every: null };
            printSchedules(await client.pulls.schedule(wanted), options.json);
          }),
      ),
    );
}

function run(options: CommonOptions, body: (client: ContractClient) => Promise<void>): Promise<void> {
  return perform(options, () =>
    withContract(options, async client => {
      await body(client);
      return 0;
    }),
  );
}

function readJitter(text: string): number {
  const jitter = Number(text);
  if (text.trim() === '' || !(jitter >= 0 && jitter <= 0.5))
    throw usageFailure(`--jitter ${text} is out of range`, 'A share from 0 to 0.5.');
  return jitter;
}
