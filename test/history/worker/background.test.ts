import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import { createBackground } from '../../../core/history/worker/background.ts';
import { newFile } from '../folder.ts';

const OPTIONS = { databaseId: 'one', searchedBody: 1000, clock: systemClock };

/** A worker script that dies at its first question, and answers the ones after a restart. */
function dyingOnce(file: string): URL {
  const script = join(dirname(file), 'dying.mjs');
  writeFileSync(
    script,
    `import { existsSync, writeFileSync } from 'node:fs';
     import { parentPort, workerData } from 'node:worker_threads';
     const died = workerData.file + '.died';
     if (existsSync(died)) parentPort.postMessage({ kind: 'well' });
     parentPort.on('message', message => {
       if (message.kind === 'close') parentPort.close();
       else if (existsSync(died)) parentPort.postMessage({ kind: 'caught-up', ask: message.ask, behind: 7 });
       else {
         writeFileSync(died, '');
         throw new Error('out of luck');
       }
     });`,
  );
  return pathToFileURL(script);
}

/** Writes down what it is told, a line each. */
function listening(file: string): { readonly script: URL; told(): unknown[] } {
  const script = join(dirname(file), 'listening.mjs');
  const said = join(dirname(file), 'said');
  writeFileSync(said, '');
  writeFileSync(
    script,
    `import { appendFileSync } from 'node:fs';
     import { parentPort } from 'node:worker_threads';
     parentPort.on('message', message => {
       appendFileSync(${JSON.stringify(said)}, JSON.stringify(message) + '\\n');
       if (message.kind === 'catch-up') parentPort.postMessage({ kind: 'caught-up', ask: message.ask, behind: 0 });
       if (message.kind === 'changed') parentPort.postMessage({ kind: 'derived', change: message.change - 1 });
       if (message.kind === 'close') parentPort.close();
     });`,
  );
  const told = () =>
    readFileSync(said, 'utf8')
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line) as unknown);
  return { script: pathToFileURL(script), told };
}

describe('exchanges that change', () => {
  it('are told a moment later and all at once, before anything that is asked, and stay known until they are derived', async () => {
    const file = newFile();
    const { script, told } = listening(file);
    const background = createBackground({ ...OPTIONS, file, script, report: () => {} });
    await background.catchUp();
    background.changed([1, 2]);
    background.changed([3]);
    expect(background.changes()).toEqual([1, 2, 3]);
    await background.catchUp();
    background.changed([4]);
    await expect.poll(() => told().length).toBe(4);
    expect(told()).toEqual([
      { kind: 'catch-up', ask: 1 },
      { kind: 'changed', ids: [1, 2, 3], change: 1 },
      { kind: 'catch-up', ask: 2 },
      { kind: 'changed', ids: [4], change: 2 },
    ]);
    // The worker says that it follows the first message.
    await expect.poll(() => background.changes()).toEqual([4]);
    background.changed([5]);
    await background.close();
    expect(told().slice(4)).toEqual([{ kind: 'changed', ids: [5], change: 3 }, { kind: 'close' }]);
  });
});

describe('a worker that dies', () => {
  it('answers what was asked of it with the reason, is told, and is started again', async () => {
    const file = newFile();
    const told: (string | undefined)[] = [];
    const background = createBackground({
      ...OPTIONS,
      file,
      script: dyingOnce(file),
      report: reason => told.push(reason),
    });
    const both = await Promise.all([background.catchUp(), background.catchUp()]);
    expect(both).toEqual(Array(2).fill({ ok: false, reason: 'searching stopped: out of luck' }));
    expect(await background.catchUp()).toMatchObject({ ok: false });
    const began = systemClock.elapsed();
    while (told.length < 2 && systemClock.elapsed() - began < 5000) await systemClock.sleep(20);
    expect(told).toEqual(['searching stopped: out of luck', undefined]);
    expect(await background.catchUp()).toEqual({ ok: true, behind: 7 });
    await background.close();
    expect(await background.catchUp()).toMatchObject({ ok: false });
  });

  it('because its file is not there is no unhandled rejection, and closing does not wait for it', async () => {
    const file = newFile();
    const told: (string | undefined)[] = [];
    const background = createBackground({ ...OPTIONS, file, report: reason => told.push(reason) });
    expect(await background.catchUp()).toMatchObject({ ok: false, reason: expect.stringContaining('searching') });
    expect(told).toHaveLength(1);
    await background.close();
  });
});
