import type { Command } from 'commander';
import { type AskedOptions, askToItsEnd, TO, YES } from './asked-run.ts';
import { command, perform } from './command.ts';

interface AuthorizeFlags extends AskedOptions {
  readonly type?: string;
  readonly location?: string;
  readonly evse?: readonly string[];
  readonly connector?: readonly string[];
}

export function authorizeCommand(): Command {
  return command('authorize <name> <token-uid>', 'ask an eMSP in real time whether a token may charge')
    .option('--type <type>', 'RFID unless said')
    .option('--location <id>', 'of ours, where it wants to charge')
    .option('--evse <uids...>', 'of that location')
    .option('--connector <ids...>', 'of that location; OCPI 2.1.1 only')
    .option('--to <party>', TO)
    .option('--yes', YES)
    .action((name: string, token: string, options: AuthorizeFlags) =>
      perform(options, () => {
        const { type, location, evse, connector, to } = options;
        const input = {
          name,
          token,
          ...(type === undefined ? {} : { type }),
          ...(location === undefined ? {} : { location }),
          ...(evse === undefined ? {} : { evses: [...evse] }),
          ...(connector === undefined ? {} : { connectors: [...connector] }),
          ...(to === undefined ? {} : { toParty: to }),
        };
        return askToItsEnd(options, (client, confirmation) => client.sending.authorize({ ...input, ...confirmation }));
      }),
    );
}
