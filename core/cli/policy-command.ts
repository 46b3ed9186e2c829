import type { Command } from 'commander';
import type { PolicyLine } from '../contract/decisions.ts';
import { PolicyAnswer } from '../contract/policy.ts';
import { YES } from './asked-run.ts';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { confirmed } from './confirm.ts';
import { readAnswer } from './decide-command.ts';
import { withContract } from './session.ts';
import { printJson, printLine, table } from './terminal.ts';

interface PolicyFlags extends CommonOptions {
  readonly result?: string;
  readonly later?: string;
  readonly seconds?: string;
  readonly otherwise?: string;
  readonly yes?: boolean;
}

/** As usual again. */
const DEFAULT = 'default';

export function policyCommand(): Command {
  return command('policy <link> [operation] [answer]', 'what a partner is answered, by operation or module')
    .option('--result <result>', 'what the answer says: REJECTED, BLOCKED, an OCPI code such as 2001')
    .option('--later <result>', 'what follows an accepted command: ACCEPTED, EVSE_OCCUPIED, none')
    .option('--seconds <count>', 'with ask: how long you have (default 20)')
    .option('--otherwise <answer>', 'with ask: what is answered when you have not decided by then (default reject)')
    .option('--yes', YES)
    .addHelpText(
      'after',
      `\nAnswers: ${PolicyAnswer.options.join(', ')}; ${DEFAULT} takes what was set back. Without an operation all are listed.`,
    )
    .action((name: string, operation: string | undefined, answer: string | undefined, options: PolicyFlags) =>
      perform(options, () => {
        const wanted = operation === undefined ? undefined : { operation, policy: policyOf(answer, options) };
        return withContract(options, async client => {
          const lines = await (wanted === undefined
            ? client.decisions.policies({ name })
            : confirmed(options, confirmation => client.decisions.setPolicy({ name, ...wanted, ...confirmation })));
          if (options.json) printJson(lines);
          else printLine(lines.length === 0 ? 'Nothing that is ours to answer.' : table(lines.map(row)));
          return 0;
        });
      }),
    );
}

function policyOf(answer: string | undefined, { result, later, seconds, otherwise }: PolicyFlags) {
  if (answer === DEFAULT) return null;
  const read = PolicyAnswer.safeParse(answer);
  if (!read.success) {
    const met = answer === undefined ? 'the answer is missing' : `"${answer}" is no answer`;
    throw usageFailure(met, `Any of ${[...PolicyAnswer.options, DEFAULT].join(', ')}.`);
  }
  if (read.data !== 'ask' && (seconds !== undefined || otherwise !== undefined)) {
    throw usageFailure(`nobody is asked with ${read.data}`, '--seconds and --otherwise go with ask.');
  }
  return {
    answer: read.data,
    ...(result !== undefined && { result }),
    ...(later !== undefined && { later }),
    ...(seconds !== undefined && { seconds: readSeconds(seconds) }),
    ...(otherwise !== undefined && { otherwise: readAnswer(otherwise) }),
  };
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 300) return seconds;
  throw usageFailure(`--seconds ${text} is out of range`, 'A whole number from 1 to 300.');
}

function row({ operation, words, set, policy, options }: PolicyLine): string[] {
  const { answer, result, later, seconds, otherwise } = policy;
  const plainYes = options[0]?.result;
  const says = result ?? (answer === 'accept' ? plainYes : undefined);
  const details = [
    ...(says === undefined ? [] : [says]),
    ...(later === undefined ? [] : [`then ${later}`]),
    ...(answer === 'ask' ? [`${seconds} s, then ${otherwise}`] : []),
  ];
  const how = details.length === 0 ? answer : `${answer} (${details.join(', ')})`;
  return [operation, words, set ? how : `${how}, as usual`];
}
