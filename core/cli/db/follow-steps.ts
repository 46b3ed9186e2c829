import type { LogProgress } from '../../contract/session-log.ts';
import { createProgressLine } from '../log/progress-line.ts';
import { CommandFailure } from '../terminal.ts';

/** Tells how far it has come where somebody looks; Ctrl+C cancels. Gives what came of it. */
export async function followSteps<Result extends { readonly kind: string }>(
  what: string,
  ask: (signal: AbortSignal) => Promise<AsyncIterable<LogProgress | Result>>,
): Promise<Result> {
  const stop = new AbortController();
  const cancel = () => stop.abort();
  const line = createProgressLine();
  process.once('SIGINT', cancel);
  try {
    for await (const step of await ask(stop.signal)) {
      if (step.kind !== 'progress') return step as Result;
      line.show(step as LogProgress);
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    process.removeListener('SIGINT', cancel);
    line.end();
  }
  throw new CommandFailure({
    code: 'OPERATION_FAILED',
    message: `${what} was cancelled`,
    advice: 'What was done until then is done; begin anew to go on.',
  });
}
