import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type AskingThread, createAskingThread } from '../../../core/history/objects/asking-thread.ts';
import { newFile } from '../folder.ts';

/** Doubles numbers, tells of each that it came, dies of 13, and never answers 0 unless it is told to forget it. */
function doubling(): AskingThread<number, number | string, string> {
  const script = join(dirname(newFile()), 'doubling.mjs');
  writeFileSync(
    script,
    `import { parentPort } from 'node:worker_threads';
     parentPort.on('message', ({ kind, ask, question }) => {
       if (kind === 'close') parentPort.close();
       else if (kind === 'cancel') parentPort.postMessage({ kind: 'answer', ask, answer: 'forgotten' });
       else if (question === 13) throw new Error('out of luck');
       else {
         parentPort.postMessage({ kind: 'progress', ask, progress: 'came ' + question });
         if (question !== 0) parentPort.postMessage({ kind: 'answer', ask, answer: question * 2 });
       }
     });`,
  );
  return createAskingThread({ script: pathToFileURL(script), workerData: undefined, gone: reason => reason });
}

describe('a thread that is asked', () => {
  it('answers each question, telling its progress, and can be told that nobody waits any more', async () => {
    const thread = doubling();
    const told: string[] = [];
    const progress = (what: string) => told.push(what);
    expect(await Promise.all([thread.ask(1, { progress }), thread.ask(2, { progress })])).toEqual([2, 4]);
    expect(told).toEqual(['came 1', 'came 2']);
    const stop = new AbortController();
    const waiting = thread.ask(0, { signal: stop.signal });
    stop.abort();
    expect(await waiting).toBe('forgotten');
    expect(await thread.ask(0, { signal: AbortSignal.abort() })).toBe('forgotten');
    await thread.close();
  });

  it('that dies answers what was asked with the reason, and the next question starts it again', async () => {
    const thread = doubling();
    expect(await Promise.all([thread.ask(0), thread.ask(13), thread.ask(5)])).toEqual(Array(3).fill('out of luck'));
    expect(await thread.ask(5)).toBe(10);
    await thread.close();
    expect(await thread.ask(5)).toBe('the workbench is closing');
  });

  it('whose script is not there answers with that', async () => {
    const script = pathToFileURL(join(dirname(newFile()), 'missing.mjs'));
    const thread = createAskingThread({ script, workerData: undefined, gone: reason => reason });
    expect(await thread.ask(1)).toContain('missing.mjs');
    await thread.close();
  });

  it('that is started anew answers what was asked before, and whoever asks meanwhile is answered by the next one', async () => {
    const thread = doubling();
    const before = thread.ask(3);
    const restarted = thread.restart();
    const meanwhile = thread.ask(4);
    expect(await Promise.all([before, meanwhile])).toEqual([6, 8]);
    await restarted;
    expect(await thread.ask(5)).toBe(10);
    await thread.close();
    await thread.restart();
    expect(await thread.ask(5)).toBe('the workbench is closing');
  });

  it('that was never asked ends at once', async () => {
    await doubling().close();
  });
});
