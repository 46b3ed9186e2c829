import type { Command } from 'commander';
import type { CodeExplanation, Explanation, Problem } from '../contract/explanation.ts';
import type { ContractClient } from '../loopback/client.ts';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { withContract } from './session.ts';
import { printJson, printLine } from './terminal.ts';

interface ExplainOptions extends CommonOptions {
  readonly exchange?: string;
}

export function explainCommand(): Command {
  return command('explain [what...]', 'what went wrong with an exchange, or what a code means')
    .option('--exchange <id>', 'this exchange, where its number could be taken for a status: 404, 2001')
    .addHelpText(
      'after',
      `
What is explained:
  42                        an exchange, by its number
  2001, 404, timeout        an OCPI status code, an HTTP status, how a call ended
  authorization.line-feed   a finding
  case 17                   one of the 35 failure cases`,
    )
    .action((what: string[], options: ExplainOptions) =>
      perform(options, () => {
        const asked = readAsked(what, options.exchange);
        return withContract(options, async client => {
          if (typeof asked === 'number') await tellExchange(client, asked, options);
          else await tellCode(client, asked, options);
          return 0;
        });
      }),
    );
}

/** The number of an exchange, or a code. */
function readAsked(what: readonly string[], exchange: string | undefined): number | string {
  const text = what.join(' ').trim();
  if (exchange !== undefined) {
    if (text !== '') throw usageFailure(`--exchange ${exchange} and "${text}" are two questions`, 'Ask one at a time.');
    return readId(exchange);
  }
  if (text === '') throw usageFailure('nothing was asked for', 'Name an exchange (42) or a code (2001, case 17).');
  const id = /^#?(\d+)$/.exec(text)?.[1];
  // Statuses are asked for more often than the few exchanges with such a number.
  const isStatus = /^([1-5]\d\d|[1-4]\d{3})$/.test(text);
  return id === undefined || isStatus ? text : readId(id);
}

function readId(text: string): number {
  if (/^#?[1-9]\d*$/.test(text)) return Number(text.replace('#', ''));
  throw usageFailure(`"${text}" is no exchange id`, 'Ids are whole numbers, the first column of wb exchanges.');
}

async function tellExchange(client: ContractClient, id: number, { json }: CommonOptions): Promise<void> {
  const explanation = await client.errors.explain({ id });
  if (json) printJson(explanation);
  else printLine(explanationText(explanation));
}

async function tellCode(client: ContractClient, code: string, { json }: CommonOptions): Promise<void> {
  const explained = await client.errors.explainCode({ code });
  if (json) printJson(explained);
  else printLine(codeText(explained));
}

function explanationText({ exchangeId, well, problems, onPurpose, detector }: Explanation): string {
  return [
    ...(well ? [`#${exchangeId}: nothing failed, and nothing was found.`] : []),
    ...onPurpose,
    ...problems.map((problem, at) => problemText(problem, problems.length > 1 ? `${at + 1}. ` : '')),
    ...(detector === null ? ['(The detectors have not compared it with other exchanges yet.)'] : []),
  ].join('\n\n');
}

const BLAMED: Readonly<Record<Problem['blamed'], string>> = {
  us: 'us',
  them: 'the partner',
  hub: 'the hub, or the party behind it',
  between: 'something in between: network, proxy, firewall',
  either: 'either side',
};

const SURE: Readonly<Record<Problem['sure'], string>> = {
  certain: 'certainly',
  likely: 'probably',
  possible: 'perhaps',
};

function problemText(problem: Problem, number: string): string {
  const { sentence, layer, code, meaning, blamed, sure, because, section, next, cases } = problem;
  return [
    `${number}${sentence}`,
    '',
    `  ${layer}: ${code}${meaning === null ? '' : ` (${meaning.replace(/\.$/, '')})`}`,
    `  At fault: ${SURE[sure]} ${BLAMED[blamed]}. ${because}`,
    ...(section === null ? [] : [`  Rests on: digest ${section}`]),
    ...cases.map(one => `  Case ${one.number}: ${one.title}`),
    ...steps(next),
  ].join('\n');
}

function codeText({ code, layer, meanings, next, section, cases }: CodeExplanation): string {
  return [
    ...meanings.map(
      ({ versions, meaning }) => `${code}: ${meaning}${versions.length === 0 ? '' : ` (${versions.join(', ')})`}`,
    ),
    '',
    `  Layer: ${layer}${section === null ? '' : `, digest ${section}`}`,
    ...cases.map(one => `  Case ${one.number}: ${one.title}`),
    ...steps(next),
  ].join('\n');
}

function steps(next: readonly string[]): string[] {
  return next.length === 0 ? [] : ['', '  Try:', ...next.map(step => `  - ${step}`)];
}
