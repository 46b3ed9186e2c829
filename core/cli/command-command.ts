import type { Command } from 'commander';
import { systemClock } from '../clock.ts';
import { CommandName } from '../contract/sending.ts';
import { type AskedOptions, askToItsEnd, readWait, TO, WAIT, YES } from './asked-run.ts';
import { command, perform, usageFailure } from './command.ts';
import { readDocument } from './document-file.ts';
import { readDuration } from './option-values.ts';

interface CommandFlags extends AskedOptions {
  readonly location?: string;
  readonly evse?: string;
  readonly connector?: string;
  readonly session?: string;
  readonly reservation?: string;
  readonly expiry?: string;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly reference?: string;
}

export function commandCommand(): Command {
  return command('command <name> <command>', 'START_SESSION, STOP_SESSION, RESERVE_NOW, ... and wait for its result')
    .option('--location <id>', "of the partner's locations")
    .option('--evse <uid>')
    .option('--connector <id>')
    .option('--session <id>', 'to stop')
    .option('--reservation <id>', 'to make or to cancel')
    .option('--expiry <when>', 'until when a reservation holds: a date and time, or a length as 2h (default 1h)')
    .option('--token <uid>', 'of our own tokens; one is made up unless said')
    .option('--token-file <file>', 'a whole Token as JSON, instead')
    .option('--reference <text>', 'authorization_reference')
    .option('--to <party>', TO)
    .option('--wait <seconds>', WAIT)
    .option('--yes', YES)
    .action((name: string, word: string, options: CommandFlags) =>
      perform(options, async () => {
        const read = CommandName.safeParse(word.toUpperCase().replaceAll('-', '_'));
        if (!read.success) throw usageFailure(`"${word}" is no command`, `Any of ${CommandName.options.join(', ')}.`);
        const { expiry, tokenFile } = options;
        const tokenObject = tokenFile === undefined ? undefined : await readDocument(tokenFile);
        const input = {
          name,
          command: read.data,
          ...given(options),
          ...(expiry === undefined ? {} : { expiry: readExpiry(expiry) }),
          ...(tokenObject === undefined ? {} : { tokenObject }),
          ...(options.to === undefined ? {} : { toParty: options.to }),
          ...readWait(options),
        };
        return askToItsEnd(options, (client, confirmation) => client.sending.command({ ...input, ...confirmation }));
      }),
    );
}

const PLAIN = ['location', 'evse', 'connector', 'session', 'reservation', 'token', 'reference'] as const;

function given(options: CommandFlags): Partial<Record<(typeof PLAIN)[number], string>> {
  const pairs = PLAIN.flatMap(name => (options[name] === undefined ? [] : [[name, options[name]] as const]));
  return Object.fromEntries(pairs);
}

/** A length of time from now, or a moment, which is sent as it is. */
function readExpiry(text: string): string {
  if (!/^\d+[smhd]$/.test(text)) return text;
  return `${new Date(systemClock.now() + readDuration('--expiry', text)).toISOString().slice(0, 19)}Z`;
}
