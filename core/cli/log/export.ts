import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type LogExported, LogFormat, type LogProgress, LogTable, RedactionGroup } from '../../contract/session-log.ts';
import type { ContractClient } from '../../loopback/client.ts';
import { command, perform, usageFailure } from '../command.ts';
import { withFilterOptions } from '../exchange-filter.ts';
import { withContract } from '../session.ts';
import { CommandFailure, printJson, printLine, tell } from '../terminal.ts';
import { type ExportOptions, readExport } from './export-input.ts';
import { printPreview, summarise } from './export-print.ts';

/** Standard output. */
const STANDARD_OUTPUT = '-';

export function exportCommand(): Command {
  return withFilterOptions(
    command('export', 'what was recorded as one file: a session log, or for other programs; no token is ever in it'),
  )
    .option('--out <file>', 'where to; - is standard output')
    .addOption(
      new Option('--format <format>', 'by the ending of the file unless said; else a session log').choices(
        LogFormat.options,
      ),
    )
    .addOption(
      new Option('--table <table>', 'of jsonl and csv')
        .choices(LogTable.options)
        .default('exchanges' satisfies LogTable),
    )
    .option('--run <id>', 'the exchanges of one run')
    .option('--transaction <id>', 'those of one charge')
    .option('--ids <list>', 'these exchanges: 3,7,20-40')
    .option(
      '--redact <groups>',
      `replaced by pseudonyms beside personal data: ${RedactionGroup.exclude(['personal']).options.join(', ')}`,
    )
    .option('--keep-personal <reason>', 'personal data stays as it is; why is written into the file')
    .option('--title <text>', 'what the file is about; stands in it', '')
    .option('--replace', 'an existing file is replaced')
    .option('--preview', 'writes nothing: tells what would be in it, and what would be replaced')
    .addHelpText('after', CSV_HELP)
    .action((options: ExportOptions) => perform(options, () => withContract(options, client => run(client, options))));
}

const CSV_HELP = `
CSV is RFC 4180 with a header row. A text that a spreadsheet would take for a formula (it begins with = + - @) has a ' before it.`;

async function run(client: ContractClient, options: ExportOptions): Promise<0> {
  const asked = readExport(options);
  if (options.preview) {
    const preview = await client.logs.preview(asked);
    if (options.json) printJson(preview);
    else printPreview(preview, asked);
    return 0;
  }
  const { out, replace = false } = options;
  if (out === undefined) throw usageFailure('--out is missing', 'Name the file, or - for standard output.');
  const toOutput = out === STANDARD_OUTPUT;
  if (toOutput && options.json) {
    throw usageFailure('--out - and --json both want standard output', 'Leave one of them out.');
  }
  const exported = await follow(client, { ...asked, replace, ...(toOutput ? {} : { path: resolve(out) }) });
  if (toOutput) await printPieces(client, exported);
  if (options.json) printJson(exported);
  else summarise(exported, asked, toOutput ? tell : printLine);
  return 0;
}

/** Tells how far it has come where somebody looks; Ctrl+C cancels, and nothing stays. */
async function follow(
  client: ContractClient,
  input: Parameters<ContractClient['logs']['export']>[0],
): Promise<LogExported> {
  const stop = new AbortController();
  const cancel = () => stop.abort();
  process.once('SIGINT', cancel);
  try {
    for await (const step of await client.logs.export(input, { signal: stop.signal })) {
      if (step.kind === 'exported') return step;
      progress(step);
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    process.removeListener('SIGINT', cancel);
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }
  throw new CommandFailure({
    code: 'OPERATION_FAILED',
    message: 'the export was cancelled',
    advice: 'Nothing of it was kept.',
  });
}

function progress({ doing, done, total }: LogProgress): void {
  if (!process.stderr.isTTY) return;
  const of = total === null ? '' : ` of ${total.toLocaleString('en')}`;
  process.stderr.write(`\r\x1b[K${doing}: ${done.toLocaleString('en')}${of}`);
}

async function printPieces(client: ContractClient, { exportId }: LogExported): Promise<void> {
  if (exportId === null) throw new Error('what was written to no path has an id');
  for (let offset = 0; ; ) {
    const { base64, done } = await client.logs.piece({ exportId, offset });
    const bytes = Buffer.from(base64, 'base64');
    offset += bytes.length;
    const written = new Promise<void>(resolveWritten => process.stdout.write(bytes, () => resolveWritten()));
    await written;
    if (done) return;
  }
}
