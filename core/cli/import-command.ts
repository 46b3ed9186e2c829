import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import type { ImportedTraffic, ImportTraffic } from '../contract/exchange.ts';
import type { ImportedLog } from '../contract/session-log.ts';
import { looksLikeLog } from '../session-log/read/looks-like-log.ts';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { importedText, importLogFile } from './log/import.ts';
import { withContract } from './session.ts';
import { printJson, printLine } from './terminal.ts';
import { uploadText } from './upload.ts';

interface ImportOptions extends CommonOptions {
  readonly format: NonNullable<ImportTraffic['format']>;
  readonly name?: string;
}

/** Reasons that are printed of entries that could not be read. */
const MOST_PRINTED = 20;

export function importCommand(): Command {
  return command(
    'import <file...>',
    'traffic recorded elsewhere: HAR, curl commands, JSON lines; - is standard input. Session logs too',
  )
    .addOption(
      new Option('--format <format>', 'what the files are').choices(['auto', 'har', 'curl', 'jsonl']).default('auto'),
    )
    .option('--name <text>', 'of the read-only link it stands under; the name of the file unless said')
    .action((files: string[], options: ImportOptions) =>
      perform(options, async () => {
        const texts = await Promise.all(files.map(readUnlessLog));
        return withContract(options, async client => {
          const imported: (ImportedTraffic | ImportedLog)[] = [];
          for (const [at, file] of files.entries()) {
            if (texts[at] === undefined) {
              const log = await importLogFile(client, file);
              imported.push(log);
              if (!options.json) printLine(importedText(log));
              continue;
            }
            const name = options.name ?? (file === '-' ? 'standard input' : file);
            const upload = await uploadText(client, texts[at] ?? '');
            const told = await client.exchanges.import({ name, format: options.format, upload });
            imported.push(told);
            if (!options.json) printImported(file, told);
          }
          if (options.json) printJson(imported);
          return 0;
        });
      }),
    );
}

/** Undefined for a session log, which is read by whoever owns the database. */
async function readUnlessLog(file: string): Promise<string | undefined> {
  return file !== '-' && (await looksLikeLog(file)) ? undefined : readTraffic(file);
}

/** The text of a traffic file, or of standard input for `-`. */
export async function readTraffic(file: string): Promise<string> {
  try {
    const bytes = file === '-' ? await buffer(process.stdin) : await readFile(file);
    // Windows writes redirected output as UTF-16.
    return bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : code;
    throw usageFailure(`${file} cannot be read: ${why}`, 'Name files, or - for standard input.');
  }
}

function printImported(file: string, { format, link, exchanges, recognised, skipped }: ImportedTraffic): void {
  const count = `${exchanges} exchange${exchanges === 1 ? '' : 's'}`;
  printLine(`${file} (${format}): ${count}, ${recognised} of them OCPI, under the link "${link}"`);
  for (const { where, reason } of skipped.slice(0, MOST_PRINTED)) printLine(`  left out: ${where}: ${reason}`);
  if (skipped.length > MOST_PRINTED) printLine(`  and ${skipped.length - MOST_PRINTED} more`);
}
