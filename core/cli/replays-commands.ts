import { Command, Option } from 'commander';
import type { ReplayComparison, ReplayRun, ReplayStep } from '../contract/replay.ts';
import type { ContractClient } from '../loopback/client.ts';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { readLimit } from './option-values.ts';
import { allSteps, differentSteps } from './replay-follow.ts';
import { differenceLine, printDifferences, stepLine, summaryRow } from './replay-print.ts';
import { withContract } from './session.ts';
import { type ExitCode, printJson, printLine, table } from './terminal.ts';
import { writeNamed } from './written-file.ts';

export function replaysCommand(): Command {
  return new Command('replays')
    .description('replays under way and over')
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(showCommand())
    .addCommand(compareCommand())
    .addCommand(reportCommand())
    .addCommand(controlCommand('pause', 'after the step under way', (replays, run) => replays.pause(run)))
    .addCommand(controlCommand('continue', 'one that is paused', (replays, run) => replays.continue(run)))
    .addCommand(controlCommand('step', 'do the next step only', (replays, run) => replays.step(run)))
    .addCommand(
      controlCommand('stop', 'after the step under way; the rest is left out', (replays, run) => replays.stop(run)),
    );
}

function listCommand(): Command {
  return command('list', 'newest first')
    .option('--to <name>', 'only with this link')
    .option('--limit <count>', 'at most so many (default 20)')
    .action((options: CommonOptions & { readonly to?: string; readonly limit?: string }) =>
      withReplays(options, async replays => {
        const { to } = options;
        const limit = options.limit === undefined ? 20 : Math.min(1000, readLimit(options.limit));
        const found = await replays.list({ limit, ...(to === undefined ? {} : { to }) });
        if (options.json) printJson(found);
        else if (found.length === 0) printLine('There are none yet: wb replay SOURCE --to NAME.');
        else printLine(table(found.map(summaryRow)));
        return 0;
      }),
    );
}

function showCommand(): Command {
  return command('show <run>', 'its steps and what was different; --step shows one of them side by side')
    .option('--different', 'only steps that are different, missing or failed')
    .option('--step <no>', 'what was expected, and what came')
    .action((run: string, options: CommonOptions & { readonly different?: boolean; readonly step?: string }) =>
      withReplays(options, async (replays, client) => {
        const runId = runIn(run);
        if (options.step !== undefined)
          return showStep(replays, { runId, no: runIn(options.step), json: options.json });
        const replay = await replays.get({ runId });
        const steps = options.different ? await differentSteps(client, runId) : await allSteps(client, runId);
        if (options.json) printJson({ run: replay, steps });
        else {
          printReplay(replay);
          printDifferences(steps);
          printLine(replay.summary);
        }
        return 0;
      }),
    );
}

async function showStep(
  replays: ContractClient['replays'],
  { runId, no, json }: { readonly runId: number; readonly no: number; readonly json: boolean | undefined },
): Promise<ExitCode> {
  const step = await replays.stepView({ runId, no });
  if (json) {
    printJson(step);
    return 0;
  }
  printDifferences([step]);
  for (const { what, expected, met } of step.sides) {
    printLine(`\n--- ${what}, expected`);
    printLine(expected);
    printLine(`\n+++ ${what}, met`);
    printLine(met);
  }
  return 0;
}

function compareCommand(): Command {
  return command('compare <run> <earlier>', 'steps of which something else came of than in an earlier replay').action(
    (run: string, earlier: string, options: CommonOptions) =>
      withReplays(options, async replays => {
        const compared = await replays.compare({ runId: runIn(run), earlier: runIn(earlier) });
        if (options.json) printJson(compared);
        else printComparison(compared);
        return compared.changed.length === 0 ? 0 : 1;
      }),
  );
}

function reportCommand(): Command {
  return command('report <run>', 'as text, JSON or JUnit XML')
    .addOption(new Option('--format <format>', 'of the report').choices(['text', 'json', 'junit']).default('text'))
    .option('--out <file>', 'written there instead of printed')
    .action(
      (run: string, options: CommonOptions & { readonly format: 'text' | 'json' | 'junit'; readonly out?: string }) =>
        withReplays(options, async replays => {
          const format = options.json ? 'json' : options.format;
          const { text } = await replays.report({ runId: runIn(run), format });
          if (options.out === undefined) process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
          else await writeNamed(options.out, text);
          return 0;
        }),
    );
}

function controlCommand(
  name: 'pause' | 'continue' | 'step' | 'stop',
  what: string,
  act: (replays: ContractClient['replays'], run: { runId: number }) => Promise<ReplayRun>,
): Command {
  return command(`${name} <run>`, what).action((run: string, options: CommonOptions) =>
    withReplays(options, async replays => {
      const replay = await act(replays, { runId: runIn(run) });
      if (options.json) printJson(replay);
      else printLine(table([summaryRow(replay)]));
      return 0;
    }),
  );
}

function withReplays(
  options: CommonOptions,
  body: (replays: ContractClient['replays'], client: ContractClient) => Promise<ExitCode>,
): Promise<void> {
  return perform(options, () => withContract(options, client => body(client.replays, client)));
}

function runIn(text: string): number {
  const id = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(id) && id > 0) return id;
  throw usageFailure(`"${text}" is no number`, 'wb replays list names the replays.');
}

function printReplay({ runId, title, to, state, seed, notes, waitsFor }: ReplayRun): void {
  printLine(`replay ${runId}: ${title} to ${to}, ${state}; seed ${seed}`);
  for (const note of notes) printLine(`  note: ${note}`);
  if (waitsFor !== null) printLine(`  waits for ${waitsFor}`);
}

function printComparison({ earlier, later, changed }: ReplayComparison): void {
  printLine(table([summaryRow(earlier), summaryRow(later)]));
  if (changed.length === 0) printLine('The same came of every step.');
  for (const { no, words, earlier: before, later: after } of changed) {
    printLine(`step ${no}, ${words}`);
    printSide('before', before);
    printSide('now', after);
  }
}

function printSide(when: string, step: ReplayStep | null): void {
  printLine(`  ${when}: ${step === null ? 'there was no such step' : stepLine(step).trim()}`);
  for (const difference of step?.differences ?? []) printLine(differenceLine(difference));
}
