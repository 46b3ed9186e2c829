import type { Run } from '../contract/run.ts';
import type { ContractClient } from '../loopback/client.ts';
import { type CommonOptions, usageFailure } from './command.ts';
import { confirmed } from './confirm.ts';
import { followRun } from './follow-run.ts';
import { withContract } from './session.ts';
import { type ExitCode, findingLines, printJson, printLine } from './terminal.ts';

export interface AskedOptions extends CommonOptions {
  readonly to?: string;
  readonly wait?: string;
  readonly yes?: boolean;
}

type Start = (client: ContractClient, confirmation: { confirmed?: boolean }) => Promise<{ runId: number }>;

/** Starts a command, profile or authorization and follows it to its end. Exit code 1 unless the answer is a plain yes. */
export function askToItsEnd(options: AskedOptions, start: Start): Promise<ExitCode> {
  return withContract(options, async client => {
    const { runId } = await confirmed(options, confirmation => start(client, confirmation));
    const run = await followRun(client, runId);
    if (options.json) printJson(askedDocument(run));
    else {
      for (const line of findingLines(run)) printLine(line);
      printLine(run.result?.summary ?? `run ${run.id} is ${run.state}`);
    }
    return run.state === 'done' ? 0 : 1;
  });
}

/** JSON kept stable: what `wb command`, `authorize`, `profile` and `preferences` print. */
function askedDocument(run: Run) {
  return {
    ok: run.state === 'done',
    runId: run.id,
    summary: run.result?.summary ?? null,
    steps: run.steps,
    ...(run.result?.asked ?? {}),
  };
}

/** `--wait`, in seconds. */
export function readWait({ wait }: AskedOptions): { wait?: number } {
  if (wait === undefined) return {};
  const seconds = Number(wait);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 3600) {
    throw usageFailure(`--wait ${wait} is out of range`, 'Whole seconds from 1 to 3600.');
  }
  return { wait: seconds };
}

export const TO = 'the party of the partner it is for, as NL-TNM';
export const WAIT = 'seconds to wait for the result where the answer says nothing of it (default 30)';
export const YES = 'on a production link: do not ask first';
