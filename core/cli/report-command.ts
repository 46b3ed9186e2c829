import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { withContract } from './session.ts';
import { CommandFailure, printJson, tell } from './terminal.ts';

interface ReportOptions extends CommonOptions {
  readonly out?: string;
}

export function reportBugCommand(): Command {
  return command('report-bug <id>', 'a report of one exchange for the partner, in Markdown, without any token')
    .option('--out <file>', 'writes it there; a file that is there already is left alone')
    .action((id: string, options: ReportOptions) =>
      perform(options, () => {
        if (!/^[1-9]\d*$/.test(id)) {
          throw usageFailure(`"${id}" is no exchange id`, 'Ids are whole numbers, the first column of wb exchanges.');
        }
        return withContract(options, async client => {
          const { markdown } = await client.errors.report({ id: Number(id) });
          const { out } = options;
          if (out !== undefined) await write(out, markdown);
          if (options.json) printJson(out === undefined ? { markdown } : { markdown, file: out });
          else if (out === undefined) process.stdout.write(markdown);
          else tell(`The report stands in ${out}.`);
          return 0;
        });
      }),
    );
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CommandFailure({
      code: code === 'EEXIST' ? 'NAME_TAKEN' : 'OPERATION_FAILED',
      message: code === 'EEXIST' ? `${file} is there already` : `${file} cannot be written: ${message}`,
      advice: 'Name another file with --out.',
    });
  }
}
