import { createInterface } from 'node:readline/promises';
import type { CommonOptions } from './command.ts';
import { failureOf } from './terminal.ts';

interface Confirmation {
  confirmed?: boolean;
}

/**
 * Does what is asked for; where the core wants to be asked twice (a production link) the operator is asked at a terminal,
 * `--yes` answers beforehand, and without either the core's failure stands.
 */
export async function confirmed<T>(
  options: CommonOptions & { readonly yes?: boolean },
  ask: (confirmation: Confirmation) => Promise<T>,
): Promise<T> {
  try {
    return await ask(options.yes ? { confirmed: true } : {});
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.code !== 'CONFIRMATION_NEEDED' || options.json || !process.stdin.isTTY) throw error;
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    const answer = await terminal.question(`${failure.message} Go on? [y/N] `);
    terminal.close();
    if (!/^y(es)?$/i.test(answer.trim())) throw error;
    return ask({ confirmed: true });
  }
}
