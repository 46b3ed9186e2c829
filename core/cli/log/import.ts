import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { ImportedLog } from '../../contract/session-log.ts';
import type { ContractClient } from '../../loopback/client.ts';
import { plainText } from '../../session-log/read/plain-text.ts';
import { type CommonOptions, command, perform } from '../command.ts';
import { withContract } from '../session.ts';
import { printJson, printLine } from '../terminal.ts';
import { createProgressLine } from './progress-line.ts';

interface ImportFlags extends CommonOptions {
  readonly damaged?: boolean;
}

export function importCommand(): Command {
  return command('import <file...>', 'session logs into the database, under read-only links beside the live ones')
    .option('--damaged', 'also what can be read of a file that is cut or altered')
    .action((files: string[], options: ImportFlags) =>
      perform(options, () =>
        withContract(options, async client => {
          const imported: ImportedLog[] = [];
          for (const file of files) {
            const log = await importLogFile(client, file, options);
            imported.push(log);
            if (!options.json) printLine(importedText(log));
          }
          if (options.json) printJson(imported);
          return 0;
        }),
      ),
    );
}

/** Whole or not at all; how far it is stands on the terminal. */
export async function importLogFile(
  client: ContractClient,
  file: string,
  { damaged = false }: Pick<ImportFlags, 'damaged'> = {},
): Promise<ImportedLog> {
  const line = createProgressLine();
  try {
    for await (const step of await client.logs.import({ source: { path: resolve(file) }, damaged })) {
      if (step.kind === 'imported') return step.log;
      line.show(step);
    }
  } finally {
    line.end();
  }
  throw new Error('an import ends with what was imported, or a failure');
}

export function importedText({ logId, name, condition, counts, links }: ImportedLog): string {
  const { exchanges, findings, objects } = counts;
  const whole = condition === 'whole' ? '' : ` (${condition})`;
  const under = links.map(link => `"${link.name}"`).join(', ') || 'no link';
  return plainText(
    `${name}${whole}: ${count(exchanges, 'exchange')}, ${count(findings, 'finding')}, ${count(objects, 'object')}, under ${under} (log ${logId})`,
  );
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}
