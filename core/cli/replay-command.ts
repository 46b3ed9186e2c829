import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import type { ContractClient } from '../loopback/client.ts';
import { command, perform, usageFailure } from './command.ts';
import { confirmed } from './confirm.ts';
import { differentSteps, followReplay } from './replay-follow.ts';
import { type ReplayFlags, readReplay } from './replay-options.ts';
import { planLines, printDifferences, printPlan } from './replay-print.ts';
import { readSource, SOURCES } from './replay-source.ts';
import { withContract } from './session.ts';
import { type ExitCode, printJson, printLine, tell } from './terminal.ts';
import { mustBeWritable } from './written-file.ts';

const several = (value: string, before: string[] = []) => [...before, value];

export function replayCommand(): Command {
  return command(
    'replay <source>',
    'send it again with everything rewritten that has to be, and tell what is different',
  )
    .requiredOption('--to <name>', 'the link, or sandbox')
    .option('--speed <factor>', 'recorded seconds in a real one, 10 for instance, or fast: without pauses (default 1)')
    .addOption(
      new Option('--play <side>', 'of recorded exchanges, whose requests are sent (default: ours)').choices([
        'ours',
        'theirs',
      ]),
    )
    .option('--part <role>', 'of a scenario, whose part we play: cpo, emsp or ptp')
    .option('--from-step <no>', 'leave out the steps before')
    .option('--strict', 'measured numbers (kWh, costs) have to be the same too')
    .addOption(new Option('--times <which>', 'the first or the last time becomes now').choices(['start', 'end']))
    .option('--map <kind:old=new>', 'call something so: location:LOC1=LOC9 (several times)', several)
    .option('--set <name=value>', 'a value of a scenario: kwh=20 (several times)', several)
    .option('--wait <seconds>', 'for each message of the partner')
    .option('--seed <text>', 'the same seed makes the same new ids')
    .option('--paused', 'wait at each step; wb replays step and continue go on')
    .option('--since <when>', 'of link:NAME, a date and time, or an age as 2h')
    .option('--until <when>', 'of link:NAME')
    .addOption(new Option('--format <format>', 'what a file is').choices(['auto', 'har', 'curl', 'jsonl']))
    .option('--link <name>', 'of a session log that holds several')
    .option('--plan', 'only say what would happen')
    .option('--junit <file>', 'write the result there as JUnit XML')
    .option('--yes', 'on a production link: do not ask first')
    .addHelpText(
      'after',
      `\nSOURCE is ${SOURCES}.\nExit codes: 0 the same, 1 something differs, 2 it could not be run.`,
    )
    .action((source: string, flags: ReplayFlags) =>
      perform(flags, () => withContract(flags, client => replay(client, source, flags)), 2),
    );
}

async function replay(client: ContractClient, source: string, flags: ReplayFlags): Promise<ExitCode> {
  const wanted = readReplay(await readSource(client, source, flags), flags);
  const plan = await client.replays.plan(wanted);
  if (flags.plan) {
    if (flags.json) printJson(plan);
    else printPlan(plan);
    return 0;
  }
  for (const line of planLines(plan)) tell(line);
  if (flags.junit !== undefined) await mustBeWritable('--junit', flags.junit);
  // By the same seed the ids are those that were just shown.
  const input = { ...wanted, seed: plan.seed };
  const { runId } = await confirmed(flags, confirmation => client.replays.start({ ...input, ...confirmation }));
  const run = await followReplay(client, runId);
  if (flags.junit !== undefined) await writeReport(client, { runId, file: flags.junit });
  if (flags.json) {
    const { text } = await client.replays.report({ runId, format: 'json' });
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  } else {
    printDifferences(await differentSteps(client, runId));
    printLine(`${run.summary} (run ${runId})`);
  }
  if (run.state === 'done') return 0;
  return run.done > 0 ? 1 : 2;
}

async function writeReport(client: ContractClient, { runId, file }: { runId: number; file: string }): Promise<void> {
  const { text } = await client.replays.report({ runId, format: 'junit' });
  try {
    await writeFile(file, text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw usageFailure(
      `--junit ${file} cannot be written: ${why}`,
      `wb replays report ${runId} --format junit --out FILE writes it elsewhere.`,
    );
  }
}
