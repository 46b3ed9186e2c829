import type { Command } from 'commander';
import { jsonSchemaOf } from '../ocpi/json-schema.ts';
import { typesOf } from '../ocpi/types.ts';
import { type CommonOptions, command, perform } from './command.ts';
import { readType, readVersion } from './ocpi-type.ts';
import { printJson, printLine, table } from './terminal.ts';

export function schemaCommand(): Command {
  return command(
    'schema <version> [type]',
    "the JSON Schema of an OCPI type, as the specification's table has it; without a type, the names of all",
  ).action((versionText: string, typeName: string | undefined, options: CommonOptions) =>
    perform(options, async () => {
      const version = readVersion(versionText);
      if (typeName !== undefined) printJson(jsonSchemaOf(readType(version, typeName)));
      else {
        const types = typesOf(version).map(({ name, kind }) => ({ name, kind }));
        if (options.json) printJson(types);
        else printLine(table(types.map(({ name, kind }) => [name, kind])));
      }
      return 0;
    }),
  );
}
