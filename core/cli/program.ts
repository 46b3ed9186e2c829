import { Command, CommanderError } from 'commander';
import { COMMANDS } from './commands.ts';
import { endureClosedPipes, printJson, tell } from './terminal.ts';

const program = new Command('wb')
  .description('OCPI Workbench: be the other party of an OCPI integration')
  .addHelpText(
    'after',
    '\nExit codes: 0 done, 1 the operation failed, 2 wrong usage, 3 the workbench itself could not.',
  );

/** Commander exits by itself; here its errors come out as values, so that wrong usage is exit code 2 and JSON if asked. */
function throwInsteadOfExit(command: Command) {
  command.exitOverride().configureOutput({ outputError: () => {} });
  for (const child of command.commands) throwInsteadOfExit(child);
}

/** The one that the first word names; all of them where it names none, for the list and for what may have been meant. */
async function wantedCommands(word: string | undefined): Promise<Command[]> {
  const one = word !== undefined && Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined;
  return Promise.all((one === undefined ? Object.values(COMMANDS) : [one]).map(make => make()));
}

for (const command of await wantedCommands(process.argv[2])) program.addCommand(command);
throwInsteadOfExit(program);
endureClosedPipes();

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode === 0) process.exitCode = 0;
  else {
    const message = error.message.replace(/^error: /, '');
    const advice = 'wb --help lists the commands, wb COMMAND --help what each takes.';
    if (process.argv.includes('--json')) printJson({ error: { code: 'INVALID_INPUT', message, advice } });
    else if (error.code !== 'commander.help') tell(`${message}\n${advice}`);
    process.exitCode = 2;
  }
}
