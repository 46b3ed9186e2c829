import type { Command } from 'commander';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { confirmed } from './confirm.ts';
import { exchangeRow } from './exchange-commands.ts';
import { withContract } from './session.ts';
import { printJson, printLine, table, tell } from './terminal.ts';

export function resendCommand(): Command {
  return command('resend <id>', 'send a recorded request again: ours to the partner, theirs to our own server')
    .option('--yes', 'do not ask before a write on a production link')
    .action((id: string, options: CommonOptions & { readonly yes?: boolean }) =>
      perform(options, () =>
        withContract(options, async client => {
          const origin = readId(id);
          const sent = await confirmed(options, confirmation =>
            client.exchanges.resend({ id: origin, ...confirmation }),
          );
          const exchange = await client.exchanges.get(sent);
          if (options.json) printJson(exchange);
          else printLine(table([exchangeRow(exchange)]));
          return exchange.httpStatus === null ? 1 : 0;
        }),
      ),
    );
}

export function curlCommand(): Command {
  return command('curl <id>', 'a curl command that sends the same request')
    .option('--with-token', 'with the token itself in it, instead of a variable')
    .action((id: string, options: CommonOptions & { readonly withToken?: boolean }) =>
      perform(options, () =>
        withContract(options, async client => {
          const made = await client.exchanges.curl({ id: readId(id), withToken: options.withToken ?? false });
          if (options.json) printJson(made);
          else {
            for (const { name, tokenId, form } of made.variables) {
              tell(`${name}: set it to token ${tokenId}, written as ${form}`);
            }
            printLine(made.command);
          }
          return 0;
        }),
      ),
    );
}

function readId(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw usageFailure(`"${text}" is no exchange id`, 'Ids are whole numbers, the first column of wb exchanges.');
}
