import { Command, Option } from 'commander';
import { CommandFailure, type ExitCode, exitCodeOf, failureOf, printJson, tell } from './terminal.ts';

export interface CommonOptions {
  readonly db?: string;
  readonly json?: boolean;
}

/** A command with the options every command takes. */
export function command(nameAndArguments: string, description: string): Command {
  const [name = '', ...args] = nameAndArguments.split(' ');
  const made = new Command(name);
  return (args.length > 0 ? made.arguments(args.join(' ')) : made)
    .description(description)
    .addOption(new Option('--db <file>', 'the database (default: your own, in the application data folder)'))
    .option('--json', 'one JSON document on standard output; progress goes to standard error');
}

/**
 * Runs the body of a command and ends with its exit code; failures are said once, as text or as `{error}`.
 * What is no expected failure is a bug: it is named with its stack and exit code 3. `refused`: the code where it was not done
 * for a reason that is neither wrong usage nor the workbench's.
 */
export async function perform(
  options: CommonOptions,
  body: () => Promise<ExitCode>,
  refused: ExitCode = 1,
): Promise<void> {
  try {
    process.exitCode = await body();
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      const message = error instanceof Error ? error.message : String(error);
      if (options.json)
        printJson({ error: { code: 'BUG', message, advice: 'This is a defect of the workbench: please report it.' } });
      tell(`The workbench failed in a way it should not: ${detail}`);
      process.exitCode = 3;
      return;
    }
    if (options.json) printJson({ error: failure });
    else tell(`${failure.message}\n${failure.advice}`.trim());
    const code = exitCodeOf(failure);
    process.exitCode = code === 1 ? refused : code;
  }
}

export function usageFailure(message: string, advice: string): CommandFailure {
  return new CommandFailure({ code: 'INVALID_INPUT', message, advice });
}
