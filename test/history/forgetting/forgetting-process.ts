import { systemClock } from '../../../core/clock.ts';
import { done } from '../../../core/contract/failure.ts';
import { openHistory } from '../../../core/history/history.ts';

/** Forgets a value, and writes what it is doing, a line each. */
const [file = '', value = ''] = process.argv.slice(2);
const opened = await openHistory({ file, clock: systemClock, keyStore: 'file' });
if (!opened.ok) throw new Error(opened.message);
await opened.history.forgetting.forget(value, {
  dry: false,
  signal: new AbortController().signal,
  derivedAnew: async () => done(undefined),
  progress: ({ doing }) => void process.stdout.write(`${doing}\n`),
});
await opened.history.close();
