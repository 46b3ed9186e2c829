import { Command, CommanderError } from 'commander';
import { authorizeCommand } from './authorize-command.ts';
import { commandCommand } from './command-command.ts';
import { dbCommand, pinCommand, unpinCommand } from './db/db-command.ts';
import { decideCommand } from './decide-command.ts';
import { errorsCommand } from './errors-command.ts';
import { exchangeCommand, exchangesCommand } from './exchange-commands.ts';

import { explainCommand } from './explain-command.ts';
import { faultCommand } from './fault-command.ts';
import { importCommand } from './import-command.ts';
import { lifeCommand } from './life-command.ts';
import { linkCommand } from './link-commands.ts';
import { logCommand } from './log/log-command.ts';
import { changesCommand, objectCommand, objectsCommand } from './object-commands.ts';
import { ownCommand } from './own-command.ts';
import { policyCommand } from './policy-command.ts';
import { preferencesCommand, profileCommand } from './profile-command.ts';
import { pullCommand } from './pull-command.ts';
import { pushCommand } from './push-command.ts';
import { replayCommand } from './replay-command.ts';
import { replaysCommand } from './replays-commands.ts';
import { reportBugCommand } from './report-command.ts';
import { curlCommand, resendCommand } from './resend-commands.ts';
import { doctorCommand, registerCommand, rotateCommand, unregisterCommand } from './run-commands.ts';
import { sandboxCommand } from './sandbox-command.ts';
import { scenariosCommand } from './scenario-commands.ts';
import { schemaCommand } from './schema-command.ts';
import { sendCommand } from './send-command.ts';
import { serveCommand } from './serve-command.ts';
import { endureClosedPipes, printJson, tell } from './terminal.ts';
import { tourCommand } from './tour/tour-command.ts';
import { transactionCommand, transactionsCommand } from './transaction-commands.ts';
import { uiCommand } from './ui-command.ts';
import { validateCommand } from './validate-command.ts';
import { workspaceCommand } from './workspace-command.ts';

const program = new Command('wb')
  .description('OCPI Workbench: be the other party of an OCPI integration')
  .addCommand(uiCommand())
  .addCommand(serveCommand())
  .addCommand(sandboxCommand())
  .addCommand(linkCommand())
  .addCommand(registerCommand())
  .addCommand(rotateCommand())
  .addCommand(unregisterCommand())
  .addCommand(doctorCommand())
  .addCommand(pullCommand())
  .addCommand(objectsCommand())
  .addCommand(objectCommand())
  .addCommand(changesCommand())
  .addCommand(ownCommand())
  .addCommand(lifeCommand())
  .addCommand(pushCommand())
  .addCommand(commandCommand())
  .addCommand(authorizeCommand())
  .addCommand(profileCommand())
  .addCommand(preferencesCommand())
  .addCommand(faultCommand())
  .addCommand(sendCommand())
  .addCommand(decideCommand())
  .addCommand(policyCommand())
  .addCommand(exchangesCommand())
  .addCommand(exchangeCommand())
  .addCommand(pinCommand())
  .addCommand(unpinCommand())
  .addCommand(transactionsCommand())
  .addCommand(transactionCommand())
  .addCommand(errorsCommand())
  .addCommand(explainCommand())
  .addCommand(reportBugCommand())
  .addCommand(resendCommand())
  .addCommand(curlCommand())
  .addCommand(replayCommand())
  .addCommand(replaysCommand())
  .addCommand(scenariosCommand())
  .addCommand(importCommand())
  .addCommand(logCommand())
  .addCommand(dbCommand())
  .addCommand(workspaceCommand())
  .addCommand(validateCommand())
  .addCommand(schemaCommand())
  .addCommand(tourCommand())
  .addHelpText(
    'after',
    '\nExit codes: 0 done, 1 the operation failed, 2 wrong usage, 3 the workbench itself could not.',
  );

/** Commander exits by itself; here its errors come out as values, so that wrong usage is exit code 2 and JSON if asked. */
function throwInsteadOfExit(command: Command) {
  command.exitOverride().configureOutput({ outputError: () => {} });
  for (const child of command.commands) throwInsteadOfExit(child);
}
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
