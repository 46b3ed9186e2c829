import type { Command } from 'commander';
import { type AskedOptions, askToItsEnd, readWait, TO, WAIT, YES } from './asked-run.ts';
import { command, perform, usageFailure } from './command.ts';
import { readDocument } from './document-file.ts';
import { readDuration } from './option-values.ts';

const WHAT = ['set', 'get', 'clear'] as const;

interface ProfileFlags extends AskedOptions {
  readonly file?: string;
  readonly duration?: string;
}

export function profileCommand(): Command {
  return command('profile <name> <what> <session>', 'set, get or clear the charging profile of a session')
    .option('--file <file>', 'a ChargingProfile as JSON, to set; - is standard input')
    .option('--duration <time>', 'of the active profile that is asked for (default 15m)')
    .option('--to <party>', TO)
    .option('--wait <seconds>', WAIT)
    .option('--yes', YES)
    .action((name: string, word: string, session: string, options: ProfileFlags) =>
      perform(options, async () => {
        const what = WHAT.find(one => one === word.toLowerCase());
        if (what === undefined)
          throw usageFailure(`"${word}" is nothing to do with a profile`, `Any of ${WHAT.join(', ')}.`);
        const { file, duration, to } = options;
        const profile = file === undefined ? undefined : await readDocument(file);
        const input = {
          name,
          what,
          session,
          ...(profile === undefined ? {} : { profile }),
          ...(duration === undefined ? {} : { duration: readDuration('--duration', duration) / 1000 }),
          ...(to === undefined ? {} : { toParty: to }),
          ...readWait(options),
        };
        return askToItsEnd(options, (client, confirmation) => client.sending.profile({ ...input, ...confirmation }));
      }),
    );
}

export function preferencesCommand(): Command {
  return command('preferences <name> <session> <file>', "put a driver's charging preferences; - is standard input")
    .option('--to <party>', TO)
    .option('--yes', YES)
    .action((name: string, session: string, file: string, options: AskedOptions) =>
      perform(options, async () => {
        const preferences = await readDocument(file);
        const to = options.to === undefined ? {} : { toParty: options.to };
        const input = { name, session, preferences, ...to };
        return askToItsEnd(options, (client, confirmation) =>
          client.sending.preferences({ ...input, ...confirmation }),
        );
      }),
    );
}
