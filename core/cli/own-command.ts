import { Command } from 'commander';
import {
  type OwnListName,
  OwnListName as OwnLists,
  type OwnModuleName,
  OwnModuleName as OwnModules,
  type OwnObject,
  type OwnWritten,
} from '../contract/own.ts';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { readDocument } from './document-file.ts';
import { readVersion } from './ocpi-type.ts';
import { readLimit } from './option-values.ts';
import { withContract } from './session.ts';
import { type ExitCode, printJson, printLine, table } from './terminal.ts';

interface PartyFlags extends CommonOptions {
  readonly party?: string;
  readonly list?: string;
}

interface WriteFlags extends PartyFlags {
  readonly version?: string;
  readonly unchecked?: boolean;
}

const OF_PARTY = 'of ours, as NL-WBX';
export const OF_LISTS = 'of a module with several: booking_locations, terminals, financial-advice-confirmations';

export function ownCommand(): Command {
  return new Command('own')
    .description('what our own parties have: served to partners that pull, in every version')
    .addCommand(importCommand())
    .addCommand(generateCommand())
    .addCommand(listCommand())
    .addCommand(setCommand())
    .addCommand(removeCommand())
    .addCommand(copyCommand());
}

function importCommand(): Command {
  return writing(command('import <module> <file>', 'an object, a list, an answer or JSON lines; - is standard input'))
    .option('--unchecked', 'keep what has errors, too: it is served as it is')
    .action((module: string, file: string, options: WriteFlags) =>
      perform(options, () =>
        withContract(options, async client => {
          const input = { ...writeFields(module, options), text: await readDocument(file) };
          return told(await client.own.import(input), options);
        }),
      ),
    );
}

function generateCommand(): Command {
  return writing(command('generate <module>', "made-up objects that hang together, out of the sandbox's world"))
    .option('--count <count>', 'so many', '10')
    .option('--seed <text>', 'the same one gives the same objects', '1')
    .action((module: string, options: WriteFlags & { readonly count: string; readonly seed: string }) =>
      perform(options, () =>
        withContract(options, async client => {
          const count = Number(options.count);
          if (!Number.isInteger(count) || count < 1 || count > 100_000) {
            throw usageFailure(`--count ${options.count} is out of range`, 'A whole number from 1 to 100000.');
          }
          const input = { ...writeFields(module, options), count, seed: options.seed };
          return told(await client.own.generate(input), options);
        }),
      ),
    );
}

function setCommand(): Command {
  return writing(command('set <module> <id> <file>', 'one object, new or in place of the one with this id'))
    .option('--unchecked', 'keep it even with errors: it is served as it is')
    .action((module: string, id: string, file: string, options: WriteFlags) =>
      perform(options, () =>
        withContract(options, async client => {
          const input = { ...writeFields(module, options), id, text: await readDocument(file) };
          return told(await client.own.set(input), options);
        }),
      ),
    );
}

function copyCommand(): Command {
  return command('copy <module>', 'everything that was pulled from a link, as if it were ours')
    .requiredOption('--from <link>', 'as wb objects shows it')
    .option('--party <party>', OF_PARTY)
    .option('--list <list>', OF_LISTS)
    .option('--unchecked', 'keep what has errors, too: it is served as it is')
    .action((module: string, options: WriteFlags & { readonly from: string }) =>
      perform(options, () =>
        withContract(options, async client => {
          const input = { ...writeFields(module, options), link: options.from };
          return told(await client.own.copy(input), options);
        }),
      ),
    );
}

function listCommand(): Command {
  return command('list <module>', 'what partners get, in the order in which they get it')
    .option('--party <party>', OF_PARTY)
    .option('--list <list>', OF_LISTS)
    .option('--limit <count>', 'at most so many', '100')
    .option('--offset <count>', 'without so many first ones', '0')
    .action((module: string, options: PartyFlags & { readonly limit: string; readonly offset: string }) =>
      perform(options, () =>
        withContract(options, async client => {
          const offset = Number(options.offset);
          if (!Number.isInteger(offset) || offset < 0) {
            throw usageFailure(`--offset ${options.offset} is out of range`, 'A whole number from 0.');
          }
          const { total, objects } = await client.own.list({
            ...readList(module, options),
            limit: readLimit(options.limit),
            offset,
          });
          if (options.json) printJson(objects);
          else {
            printLine(objects.length === 0 ? `No ${module} of ours.` : table(objects.map(row)));
            if (offset + objects.length < total) printLine(`${total} in all; --offset and --limit show more.`);
          }
          return 0;
        }),
      ),
    );
}

function removeCommand(): Command {
  return command('remove <module> <id>', 'it is no longer listed; partners see that only in a full pull')
    .option('--party <party>', OF_PARTY)
    .option('--list <list>', OF_LISTS)
    .option('--type <type>', 'of a token: RFID, APP_USER, ...; role of a party behind the hub')
    .action((module: string, id: string, options: PartyFlags & { readonly type?: string }) =>
      perform(options, () =>
        withContract(options, async client => {
          const { removed } = await client.own.remove({
            ...readList(module, options),
            id,
            ...(options.type === undefined ? {} : { type: options.type }),
          });
          if (options.json) printJson({ removed });
          else printLine(removed === 1 ? `${id} removed.` : `${removed} objects with the id ${id} removed.`);
          return 0;
        }),
      ),
    );
}

function writing(made: Command): Command {
  return made
    .option('--party <party>', `whose they become: ${OF_PARTY}`)
    .option('--list <list>', OF_LISTS)
    .option('--version <version>', 'of OCPI they are written in (default: the newest we offer)');
}

function writeFields(module: string, { version, unchecked, ...flags }: WriteFlags) {
  return {
    ...readList(module, flags),
    ...(version === undefined ? {} : { version: readVersion(version) }),
    ...(unchecked ? { unchecked } : {}),
  };
}

/** `--list`: one of a module's lists. */
export function readListName(list: string): OwnListName {
  const read = OwnLists.safeParse(list.toLowerCase());
  if (read.success) return read.data;
  throw usageFailure(`--list: "${list}" is no list`, `Any of ${OwnLists.options.join(', ')}.`);
}

function readList(module: string, { list, party }: PartyFlags) {
  return {
    module: readOwnModule(module),
    ...(list === undefined ? {} : { list: readListName(list) }),
    ...(party === undefined ? {} : { party }),
  };
}

function readOwnModule(text: string): OwnModuleName {
  const module = OwnModules.safeParse(text.toLowerCase());
  if (!module.success) {
    throw usageFailure(`"${text}" is no module that we serve`, `Any of ${OwnModules.options.join(', ')}.`);
  }
  return module.data;
}

/** Refused objects are exit code 1, with what is wrong with them. */
function told(written: OwnWritten, { json }: CommonOptions): ExitCode {
  const { ok, module, list, version, objects, added, changed, unchanged, findings } = written;
  if (json) printJson(written);
  else {
    for (const { severity, code, pointer, met, expected, section } of findings) {
      printLine(`${severity}: ${code} at ${pointer}: ${met}; expected ${expected} (digest ${section})`);
    }
    const what = `${objects} ${list ?? module} of OCPI ${version}`;
    printLine(
      ok
        ? `${what}: ${added} new, ${changed} changed, ${unchanged} unchanged.`
        : `${what}: nothing was stored, because of the errors. --unchecked stores them all the same.`,
    );
  }
  return ok ? 0 : 1;
}

function row({ id, party, version, lastUpdated, object }: OwnObject): string[] {
  const named = typeof object === 'object' && object !== null && 'name' in object ? object.name : undefined;
  return [id, party, version, lastUpdated, typeof named === 'string' ? named : ''];
}
