import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { done, failed } from '../../../contract/failure.ts';
import { diffLogs } from '../../../session-log/diff/diff-logs.ts';
import { fileSide, type LogSide } from '../../../session-log/diff/log-side.ts';
import { linesOf } from '../exporting/exchange-lines.ts';
import type { CompareEnd, CompareSide, CompareStart, ToComparing } from './compare-messages.ts';

const port = parentPort;
if (!port) throw new Error('this file is run by a worker thread');

/** Lines of a database after which it is looked whether anybody still waits. */
const LOOKED_EVERY = 500;

const stop = new AbortController();
port.on('message', (_message: ToComparing) => stop.abort());

function sideOf(side: CompareSide): LogSide {
  if ('path' in side) return fileSide(side, stop.signal);
  const { file, linkIds, name, about, link } = side;
  return {
    name,
    link,
    async read(each) {
      let lines = 0;
      for (const record of linesOf(file, { linkIds })) {
        await each(record);
        if (++lines % LOOKED_EVERY === 0) await setImmediate();
      }
      return done({ about, name });
    },
  };
}

async function compared({ a, b, strict }: CompareStart): Promise<CompareEnd> {
  try {
    return await diffLogs({ a: sideOf(a), b: sideOf(b), strict, signal: stop.signal });
  } catch (error) {
    if (stop.signal.aborted) return failed('OPERATION_FAILED', 'the comparison was cancelled', 'Begin it anew.');
    throw error;
  }
}

port.postMessage(await compared(workerData as CompareStart));
port.close();
