import type { Command } from 'commander';
import { plainText } from '../../session-log/read/plain-text.ts';
import { type CommonOptions, command, perform, usageFailure } from '../command.ts';
import { withContract } from '../session.ts';
import { printJson, printLine, table } from '../terminal.ts';
import { createProgressLine } from './progress-line.ts';

export function listCommand(): Command {
  return command('list', 'the session logs that were imported').action((options: CommonOptions) =>
    perform(options, () =>
      withContract(options, async client => {
        const logs = await client.logs.list();
        if (options.json) printJson(logs);
        else if (logs.length === 0) printLine('No session log was imported.');
        else {
          const rows = logs.map(({ logId, name, about, condition, counts, links }) => [
            String(logId),
            name,
            about.writtenAt,
            condition,
            String(counts.exchanges),
            links.map(link => link.name).join(', '),
          ]);
          printLine(plainTable([['id', 'name', 'written', 'condition', 'exchanges', 'links'], ...rows]));
        }
        return 0;
      }),
    ),
  );
}

export function removeCommand(): Command {
  return command('remove <id>', 'an imported session log, with its links and all that stands under them').action(
    (text: string, options: CommonOptions) =>
      perform(options, () => {
        const logId = Number(text);
        if (!Number.isSafeInteger(logId) || logId < 1)
          throw usageFailure(`"${text}" is no log`, 'A whole number, as wb log list shows it.');
        return withContract(options, async client => {
          const line = createProgressLine();
          try {
            for await (const step of await client.logs.remove({ logId })) if (step.kind === 'progress') line.show(step);
          } finally {
            line.end();
          }
          if (options.json) printJson({ removed: logId });
          else printLine(`log ${logId} is removed`);
          return 0;
        });
      }),
  );
}

/** Names come from files of others. */
function plainTable(rows: readonly (readonly string[])[]): string {
  return table(rows.map(row => row.map(plainText)));
}
