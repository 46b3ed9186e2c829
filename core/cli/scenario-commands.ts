import { Command } from 'commander';
import { type ScenarioProblem, type ScenarioSummary, scenarioSchema } from '../contract/scenario.ts';
import type { ContractClient } from '../loopback/client.ts';
import { type CommonOptions, command, perform } from './command.ts';
import { readDocument } from './document-file.ts';
import { withContract } from './session.ts';
import { type ExitCode, printJson, printLine, table } from './terminal.ts';

export function scenariosCommand(): Command {
  return new Command('scenarios')
    .description('flows between two parties, written down: ours and your own')
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(showCommand())
    .addCommand(checkCommand())
    .addCommand(saveCommand())
    .addCommand(removeCommand())
    .addCommand(schemaCommand());
}

function listCommand(): Command {
  return command('list', 'ours first').action((options: CommonOptions) =>
    withScenarios(options, async scenarios => toldScenarios(await scenarios.list(), options)),
  );
}

function showCommand(): Command {
  return command('show <name>', 'as it is written: what can be changed and saved under another name').action(
    (name: string, options: CommonOptions) =>
      withScenarios(options, async scenarios => {
        const { scenario, text } = await scenarios.get({ name });
        if (options.json) printJson(scenario);
        else process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
        return 0;
      }),
  );
}

function checkCommand(): Command {
  return command('check <file>', 'whether it is a scenario, and what is wrong where; - is standard input').action(
    (file: string, options: CommonOptions) =>
      withScenarios(options, async scenarios => {
        const problems = await scenarios.check({ text: await readDocument(file) });
        if (options.json) printJson(problems);
        else if (problems.length === 0) printLine(`${file} is a scenario.`);
        else for (const problem of problems) printLine(problemLine(problem));
        return problems.some(({ severity }) => severity === 'error') ? 1 : 0;
      }),
  );
}

function saveCommand(): Command {
  return command('save <file>', 'keep it under the name in it; the one of that name is replaced').action(
    (file: string, options: CommonOptions) =>
      withScenarios(options, async scenarios =>
        toldScenarios([await scenarios.save({ text: await readDocument(file) })], options),
      ),
  );
}

function schemaCommand(): Command {
  return command('schema', 'the JSON Schema of a scenario').action((options: CommonOptions) =>
    perform(options, async () => {
      printJson(scenarioSchema());
      return 0;
    }),
  );
}

function removeCommand(): Command {
  return command('remove <name>', 'one of your own').action((name: string, options: CommonOptions) =>
    withScenarios(options, async scenarios => toldScenarios(await scenarios.remove({ name }), options)),
  );
}

function withScenarios(
  options: CommonOptions,
  body: (scenarios: ContractClient['replays']['scenarios']) => Promise<ExitCode>,
): Promise<void> {
  return perform(options, () => withContract(options, client => body(client.replays.scenarios)));
}

function toldScenarios(scenarios: readonly ScenarioSummary[], options: CommonOptions): ExitCode {
  if (options.json) printJson(scenarios);
  else {
    const rows = scenarios.map(({ name, title, versions, parts, ours }) => [
      name,
      versions.join(' '),
      parts.join(' '),
      ours ? '' : 'yours',
      title,
    ]);
    printLine(table(rows));
  }
  return 0;
}

function problemLine({ where, message, severity }: ScenarioProblem): string {
  return `${severity}: ${where === '' ? '' : `${where}: `}${message}`;
}
