import { randomUUID } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { systemClock } from '../../clock.ts';
import type { ReproducedRequest, ReproducedSide, Reproduction } from '../../contract/reproduction.ts';
import { plainText } from '../../session-log/read/plain-text.ts';
import { startReproduction } from '../../workbench/session-logs/reproducing/reproduce-one.ts';
import { type CommonOptions, command, perform, usageFailure } from '../command.ts';
import { untilSignal } from '../serve-options.ts';
import { CommandFailure, printLine, tell } from '../terminal.ts';

interface ReproduceFlags extends CommonOptions {
  readonly as: ReproducedSide;
  readonly link?: string;
  readonly host: string;
  readonly port?: string;
  readonly atOnce?: boolean;
  readonly token?: string;
}

export function reproduceCommand(): Command {
  return command(
    'reproduce <file>',
    'a server that answers as the recorded side did; needs no database; Ctrl-C ends it',
  )
    .addOption(
      new Option('--as <side>', 'whose answers: the partner gave them to us, or we gave them to the partner')
        .choices(['partner', 'us'])
        .default('partner'),
    )
    .option('--link <name>', 'of the links in the log; needed where there are several')
    .option('--host <address>', 'listen there (0.0.0.0 for every address)', '127.0.0.1')
    .option('--port <port>', 'listen there (default: any that is free)')
    .option('--at-once', 'answer at once (default: after as long as it took then)')
    .option('--token <token>', 'that calls have to carry first (default: one is made, and told)')
    .addHelpText(
      'after',
      `
Point the system under test to the versions URL that is told, with the token that is told. Requests are matched by operation,
path, query and body: the nth like one gets the nth recorded answer, after the last one the last again. URLs of the recorded
side are moved to this server; tokens are made ones; faults are played as they fired. What the recording does not know is
answered with 404. Results of commands are posted to the response_url of the command, when they came then.
Only recorded requests are known: an object that stood in a recorded list is not there alone unless it was asked for.
What the recorded side sent unasked is not sent: that is the other half, wb replay FILE.

Prints the address and token, then a line for each request. Exit code 1 where something was not as in the recording.`,
    )
    .action((file: string, flags: ReproduceFlags) => perform(flags, () => reproduce(file, flags)));
}

async function reproduce(file: string, flags: ReproduceFlags): Promise<0 | 1> {
  const { as, link, host, atOnce, token, json = false } = flags;
  const started = await startReproduction(
    {
      source: { kind: 'file', path: resolve(file), name: basename(file) },
      as,
      link,
      host,
      port: portOf(flags.port),
      timing: atOnce ? 'at-once' : 'recorded',
      token: tokenOf(token),
    },
    {
      clock: systemClock,
      newId: randomUUID,
      onRequest: request => printLine(json ? JSON.stringify(request) : requestText(request)),
      onTrouble: (what, error) => tell(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : error}`),
    },
  );
  if (!started.ok) throw new CommandFailure(started.failure);
  const reproduction = started.value;
  try {
    const view = reproduction.view();
    for (const note of view.notes) tell(plainText(note));
    printLine(json ? JSON.stringify(view) : beginText(view));
    await untilSignal();
  } finally {
    await reproduction.stop();
  }
  const end = reproduction.view();
  tell(endText(end));
  return end.unknown + end.different > 0 ? 1 : 0;
}

/** Any free one where none is asked for. */
function portOf(text: string | undefined): number {
  const port = Number(text ?? 0);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw usageFailure(`--port ${text} is no port`, 'A whole number from 0 to 65535; 0 takes any that is free.');
}

/** As credentials have it (digest 3.2). */
function tokenOf(text: string | undefined): string | undefined {
  if (text === undefined || /^[\x21-\x7e]{1,64}$/.test(text)) return text;
  throw usageFailure('--token is no token', 'Printable ASCII without blanks, at most 64 characters.');
}

function beginText({ versionsUrl, token, as, link, known }: Reproduction): string {
  const who = as === 'partner' ? `"${link}"` : `what "${link}" met`;
  return plainText(
    `${versionsUrl}  token ${token}  (${who}, ${known} recorded ${known === 1 ? 'request' : 'requests'})`,
  );
}

function requestText({ kind, method, url, operation, status, recordedId, differences }: ReproducedRequest): string {
  const from = recordedId === null ? 'not recorded' : `#${recordedId}`;
  const got = status === null ? 'no answer' : String(status);
  const arrow = kind === 'callback' ? '->' : '<-';
  const line = `${arrow} ${method} ${url}  ${operation}  ${got}  ${from}`;
  return [line, ...differences.map(difference => `     ${difference}`)].map(plainText).join('\n');
}

function endText({ known, asked, unknown, different, callbacks }: Reproduction): string {
  const told = [`${asked} of ${known} recorded requests were asked for`];
  if (callbacks > 0) told.push(`${callbacks} told later`);
  told.push(`${unknown} unknown`, `${different} with differences`);
  return `${told.join(', ')}.`;
}
