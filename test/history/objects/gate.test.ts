import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import { askForWay, createGate, letThrough, wayFree } from '../../../core/history/objects/gate.ts';

it('whoever stores objects waits while an answer is being recorded, goes on when it is, and never waits for long', async () => {
  const gate = createGate();
  const began = systemClock.elapsed();
  letThrough(gate);
  askForWay(gate);
  letThrough(gate);
  expect(systemClock.elapsed() - began).toBeGreaterThan(45);

  const module = JSON.stringify(new URL('../../../core/history/objects/gate.ts', import.meta.url));
  const script = `import { workerData, parentPort } from 'node:worker_threads';
    import { letThrough } from ${module};
    parentPort.postMessage('waiting');
    for (let times = 0; times < 100; times++) letThrough(workerData);
    parentPort.postMessage('through');`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`), { workerData: gate });
  const said: unknown[] = [];
  const ended = new Promise(resolve => worker.once('exit', resolve));
  await new Promise<void>(resolve =>
    worker.on('message', message => {
      said.push(message);
      resolve();
    }),
  );
  await systemClock.sleep(20);
  expect(said).toEqual(['waiting']);
  wayFree(gate);
  await ended;
  expect(said).toEqual(['waiting', 'through']);
});
