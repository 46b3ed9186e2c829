import { resolve } from 'node:path';
import { Command } from 'commander';
import type { StorageCheck, StorageStats } from '../../contract/storage.ts';
import { type CommonOptions, command, perform, usageFailure } from '../command.ts';
import { confirmed } from '../confirm.ts';
import { withContract } from '../session.ts';
import { printJson, printLine, table, tell } from '../terminal.ts';
import { followSteps } from './follow-steps.ts';
import { forgetCommand } from './forget.ts';
import { boundsText, readBounds, withBoundOptions } from './retention-options.ts';
import { sizeText } from './size-text.ts';

/** The database itself. */
export function dbCommand(): Command {
  return new Command('db')
    .description('the database: its size, whether it is sound, a copy of it, and what is let go')
    .addCommand(statsCommand())
    .addCommand(checkCommand())
    .addCommand(backupCommand())
    .addCommand(pruneCommand())
    .addCommand(retentionCommand())
    .addCommand(forgetCommand());
}

function statsCommand(): Command {
  return command('stats', 'files, tables, exchanges, and how long they are kept').action((options: CommonOptions) =>
    perform(options, () =>
      withContract(options, async client => {
        const stats = await client.storage.stats();
        if (options.json) printJson(stats);
        else printStats(stats);
        return 0;
      }),
    ),
  );
}

function printStats(stats: StorageStats): void {
  const { exchanges, files, tables, lastPruned } = stats;
  printLine(
    `${stats.file}, schema ${stats.schema}: ${sizeText(stats.bytes)}, of which ${sizeText(stats.free)} are free`,
  );
  printLine(table(files.map(({ path, what, bytes }) => ['', sizeText(bytes), what, path])));
  printLine(`${sizeText(stats.diskFree)} are left on the disk`);
  printLine('');
  printLine(table(tables.map(({ table: name, rows, bytes }) => ['', name, `${rows} rows`, sizeText(bytes)])));
  printLine('');
  const span = exchanges.oldest === null ? '' : ` from ${exchanges.oldest} to ${exchanges.newest}`;
  printLine(`${exchanges.count} exchanges${span}; ${exchanges.pinned} pinned, ${exchanges.noted} noted`);
  printLine(`${exchanges.perDay} a day, ${sizeText(exchanges.bytesEach)} each`);
  printLine(`kept: ${boundsText(stats.retention)}`);
  printLine(`${stats.due} would go now; ${pruningText(stats)}`);
  if (lastPruned !== null) {
    printLine(`last pruned ${lastPruned.at}: ${lastPruned.exchanges} exchanges, ${sizeText(lastPruned.bytes)}`);
  }
}

function pruningText({ prunesFrom }: StorageStats): string {
  return prunesFrom === null
    ? 'the workbench prunes by itself while it runs'
    : `the workbench prunes by itself from ${prunesFrom} on`;
}

function checkCommand(): Command {
  return command('check', 'reads all of it and says what is wrong; changes nothing. Exit code 1: something is').action(
    (options: CommonOptions) =>
      perform(options, () =>
        withContract(options, async client => {
          const check = await followSteps<StorageCheck>('the check', signal =>
            client.storage.check(undefined, { signal }),
          );
          if (options.json) printJson(check);
          else printCheck(check);
          return check.ok ? 0 : 1;
        }),
      ),
  );
}

function printCheck({ ok, problems, checked }: StorageCheck): void {
  for (const what of checked) printLine(`looked at: ${what}`);
  for (const { what, advice } of problems) printLine(`${what}\n  ${advice}`);
  printLine(ok ? 'The database is sound.' : `${problems.length} problems were found.`);
}

const BACKUP_HELP = `
The copy is as the database was when the copy was begun, and is opened like any other: wb ui --db FILE. Tokens stay sealed in it;
the key is not copied. On another machine tokens have to be entered anew, unless the key file (DATABASE.key) is taken along.`;

function backupCommand(): Command {
  return command('backup <file>', 'a copy, while everything goes on; the file must not be there yet')
    .addHelpText('after', BACKUP_HELP)
    .action((file: string, options: CommonOptions) =>
      perform(options, () =>
        withContract(options, async client => {
          const made = await followSteps('the backup', signal =>
            client.storage.backup({ path: resolve(file) }, { signal }),
          );
          if (options.json) printJson(made);
          else {
            printLine(`${made.path}: ${sizeText(made.bytes)}. Tokens are sealed in it; the key is not in it.`);
          }
          return 0;
        }),
      ),
    );
}

interface PruneOptions extends CommonOptions {
  readonly olderThan?: string;
  readonly keep?: string;
  readonly maxSize?: string;
  readonly dry?: boolean;
  readonly yes?: boolean;
}

function pruneCommand(): Command {
  return withBoundOptions(command('prune', 'lets exchanges go for good: by the bounds that are set, or by these'))
    .option('--dry', 'only counts')
    .option('--yes', 'also where more than half of them would go')
    .action((options: PruneOptions) =>
      perform(options, () =>
        withContract(options, async client => {
          const { olderThan, keep, maxSize, dry = false } = options;
          const bounds = readBounds(
            { age: olderThan, count: keep, size: maxSize },
            { age: '--older-than', count: '--keep', size: '--max-size' },
          );
          const retention = Object.keys(bounds).length === 0 ? {} : { retention: bounds };
          const pruned = await confirmed(options, confirmation =>
            followSteps('pruning', signal => client.storage.prune({ ...retention, dry, ...confirmation }, { signal })),
          );
          if (options.json) printJson(pruned);
          else if (dry) printLine(`${pruned.exchanges} exchanges would go, ${pruned.kept} stay.`);
          else {
            printLine(
              `${pruned.exchanges} exchanges and ${pruned.bodies} bodies are gone, ${pruned.kept} exchanges stay; ${sizeText(pruned.bytes)} given back.`,
            );
          }
          return 0;
        }),
      ),
    );
}

interface RetentionOptions extends CommonOptions {
  readonly age?: string;
  readonly count?: string;
  readonly size?: string;
}

function retentionCommand(): Command {
  return command('retention', 'how long exchanges are kept; "none" takes a bound away. 90d unless set')
    .option('--age <age>', 'exchanges older than this go (30d), or none')
    .option('--count <count>', 'so many of the newest stay, or none')
    .option('--size <size>', 'the oldest go while exchanges take more (2GB), or none')
    .action((options: RetentionOptions) =>
      perform(options, () =>
        withContract(options, async client => {
          const bounds = readBounds(options, { age: '--age', count: '--count', size: '--size' });
          const asked = Object.keys(bounds).length === 0;
          const retention = asked
            ? (await client.storage.stats()).retention
            : await client.storage.setRetention(bounds);
          if (options.json) printJson(retention);
          else printLine(boundsText(retention));
          return 0;
        }),
      ),
    );
}

export function pinCommand(): Command {
  return pinning('pin', 'these exchanges stay whatever is pruned. Exit code 1: some of them are not there', true);
}

export function unpinCommand(): Command {
  return pinning('unpin', 'these exchanges may be pruned again', false);
}

function pinning(name: string, description: string, on: boolean): Command {
  return command(`${name} <ids...>`, description).action((texts: string[], options: CommonOptions) =>
    perform(options, () =>
      withContract(options, async client => {
        const ids = texts.map(text => {
          if (/^#?[1-9]\d{0,14}$/.test(text)) return Number(text.replace('#', ''));
          throw usageFailure(`"${text}" is no exchange id`, 'Ids are whole numbers, the first column of wb exchanges.');
        });
        const answer = await client.storage.pin({ ids, on });
        const { changed, missing } = answer;
        if (options.json) printJson(answer);
        else {
          printLine(`${changed} of ${ids.length} ${on ? 'pinned' : 'unpinned'}.`);
          if (missing.length > 0) tell(`There is no exchange ${missing.map(id => `#${id}`).join(', ')}.`);
        }
        // What is not there need not be kept from staying.
        return on && missing.length > 0 ? 1 : 0;
      }),
    ),
  );
}
