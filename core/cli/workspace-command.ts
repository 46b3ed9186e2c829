import { resolve } from 'node:path';
import { Command } from 'commander';
import type { WorkspaceResult } from '../contract/workspace.ts';
import { type CommonOptions, command, perform } from './command.ts';
import { confirmed } from './confirm.ts';
import { withContract } from './session.ts';
import { printJson, printLine, table } from './terminal.ts';

const HELP = `
Links with their settings, policies, repeated pulls and thresholds, fault rules, your scenarios, own data and the
platform, one file each, always written the same way: fit for git. No token, no private key and no password of a proxy is in it; where one is missing
after an import, the link is new and its line says what to enter. Rules arrive disarmed.`;

/** What colleagues share. */
export function workspaceCommand(): Command {
  return new Command('workspace')
    .description('links, rules, scenarios and own data as a folder of plain files, to share them')
    .addHelpText('after', HELP)
    .addCommand(exportCommand())
    .addCommand(importCommand());
}

function exportCommand(): Command {
  return command('export <folder>', 'into a new folder, an empty one, or one that holds a workspace').action(
    (folder: string, options: CommonOptions) =>
      perform(options, () =>
        withContract(options, async client => {
          told(await client.workspace.export({ folder: resolve(folder) }), options);
          return 0;
        }),
      ),
  );
}

interface ImportOptions extends CommonOptions {
  readonly dry?: boolean;
  readonly yes?: boolean;
}

function importCommand(): Command {
  return command('import <folder>', 'all of it or nothing; what is here and not there stays')
    .option('--dry', 'only tells what would be done')
    .option('--yes', 'also where production links are added or changed')
    .action((folder: string, options: ImportOptions) =>
      perform(options, () =>
        withContract(options, async client => {
          const asked = { folder: resolve(folder), dry: options.dry === true };
          told(await confirmed(options, more => client.workspace.import({ ...asked, ...more })), options);
          return 0;
        }),
      ),
    );
}

function told(result: WorkspaceResult, { json }: CommonOptions): void {
  if (json) {
    printJson(result);
    return;
  }
  const { items, folder, dry } = result;
  if (items.length > 0) printLine(table(items.map(({ did, kind, name, note }) => ['', did, kind, name, note])));
  const changed = items.filter(({ did }) => did !== 'unchanged').length;
  printLine(`${folder}: ${changed} of ${items.length} ${dry ? 'would change; nothing was done' : 'changed'}.`);
}
