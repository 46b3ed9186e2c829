import type { Command } from 'commander';
import { sessionLogSchema } from '../../session-log/format/schema.ts';
import { type CommonOptions, command, perform } from '../command.ts';
import { printJson } from '../terminal.ts';

export function schemaCommand(): Command {
  return command('schema', 'the JSON Schema of one line of a session log').action((options: CommonOptions) =>
    perform(options, async () => {
      printJson(sessionLogSchema());
      return 0;
    }),
  );
}
