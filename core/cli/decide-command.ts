import type { Command } from 'commander';
import { systemClock } from '../clock.ts';
import type { Decide, PendingDecision } from '../contract/decisions.ts';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { withContract } from './session.ts';
import { printJson, printLine } from './terminal.ts';

interface DecideFlags extends CommonOptions {
  readonly result?: string;
  readonly later?: string;
}

export function decideCommand(): Command {
  return command('decide [id] [answer]', 'what waits for you to answer it; with an id and accept or reject, answers it')
    .option('--result <result>', 'what the answer says: REJECTED, BLOCKED, an OCPI code such as 2001')
    .option('--later <result>', 'what follows an accepted command: ACCEPTED, EVSE_OCCUPIED, none')
    .action((id: string | undefined, answer: string | undefined, options: DecideFlags) =>
      perform(options, () => {
        const decision = readDecision({ id, answer, ...options });
        return withContract(options, async client => {
          if (decision === undefined) {
            const pending = await client.decisions.pending();
            if (options.json) printJson(pending);
            else printLine(pending.length === 0 ? 'Nothing waits.' : pending.map(linesOf).join('\n'));
            return 0;
          }
          const decided = await client.decisions.decide(decision);
          const how = decision.result === undefined ? '' : ` with ${decision.result}`;
          if (options.json) printJson(decided);
          else printLine(`${decided.decided} is answered: ${decision.answer}${how}.`);
          return 0;
        });
      }),
    );
}

function linesOf({ id, asked, operation, exchangeId, options, later, dueAt, otherwise }: PendingDecision): string {
  const left = Math.max(0, Math.ceil((dueAt - systemClock.now()) / 1000));
  const may = (answer: 'accept' | 'reject') =>
    options.flatMap(option => (option.answer === answer ? [option.result] : [])).join(', ');
  return [
    `${id}  ${asked} (${operation}, exchange ${exchangeId})`,
    `    ${left} s left, then ${otherwise}`,
    `    accept: ${may('accept')}    reject: ${may('reject')}`,
    ...(later.length === 0 ? [] : [`    --later: ${later.join(', ')}`]),
  ].join('\n');
}

interface DecisionWords extends DecideFlags {
  readonly id: string | undefined;
  readonly answer: string | undefined;
}

/** Undefined where nothing is to be decided, only listed. */
function readDecision({ id, answer, result, later }: DecisionWords): Decide | undefined {
  if (id !== undefined) {
    const said = { ...(result !== undefined && { result }), ...(later !== undefined && { later }) };
    return { id: readId(id), answer: readAnswer(answer), ...said };
  }
  if (result === undefined && later === undefined) return undefined;
  throw usageFailure('which call is answered is not said', 'wb decide ID accept|reject.');
}

function readId(text: string): number {
  const id = Number(text);
  if (Number.isInteger(id) && id > 0) return id;
  throw usageFailure(`"${text}" is no id of a call that waits`, 'wb decide lists those that wait.');
}

export function readAnswer(text: string | undefined): 'accept' | 'reject' {
  if (text === 'accept' || text === 'reject') return text;
  const met = text === undefined ? 'the answer is missing' : `"${text}" is no answer`;
  throw usageFailure(met, 'accept or reject.');
}
