import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../core/clock.ts';
import { type StartNews, startThread } from '../../core/workbench/started-thread.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-thread-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** How often a thread was waited for too long. */
let late: number;
/** Whoever waits for a thread to end has no patience where `hurried`. */
const clock = (hurried: boolean): Clock => ({
  ...systemClock,
  deadline: (milliseconds, reached) =>
    systemClock.deadline(hurried ? 50 : milliseconds, () => {
      late++;
      reached();
    }),
});

/** Starts a thread of these lines, with `port` for its parent. */
function start(lines: string, { signal, hurried = false }: { signal?: AbortSignal; hurried?: boolean } = {}) {
  late = 0;
  const script = join(folder, 'thread.mjs');
  writeFileSync(script, `import { parentPort as port } from 'node:worker_threads';\n${lines}\n`);
  return startThread<StartNews>({
    script: pathToFileURL(script),
    workerData: null,
    notStarted: 'it did not start',
    clock: clock(hurried),
    ...(signal === undefined ? {} : { signal }),
  });
}

describe('a thread that is started', () => {
  it('runs until it is told to end, and ends by itself', async () => {
    const started = await start(`port.once('message', () => port.close()); port.postMessage({ ok: true });`);
    if (!started.ok) throw new Error(started.failure.message);
    await started.value.stop();
    expect(await started.value.ended).toBeUndefined();
    expect(late).toBe(0);
  });

  it('that nobody wants any more is told so before it has begun, and is not cut off', async () => {
    const signal = AbortSignal.abort();
    const started = await start(
      `port.once('message', () => { port.postMessage({ ok: false, failure: { code: 'X', message: 'heard', advice: '' } }); port.close(); });`,
      { signal },
    );
    expect(started).toMatchObject({ ok: false, failure: { message: 'heard' } });
    expect(late).toBe(0);
  });

  it('that begins although nobody wants it any more is ended', async () => {
    const closing = new AbortController();
    const starting = start(
      `port.on('message', word => { if (word === 'end') port.close(); }); setTimeout(() => port.postMessage({ ok: true }), 50);`,
      { signal: closing.signal },
    );
    closing.abort();
    expect(await starting).toMatchObject({ ok: false, failure: { code: 'OPERATION_FAILED' } });
  });

  it('that does not listen is cut off in the end', async () => {
    const started = await start(`port.postMessage({ ok: true }); setInterval(() => {}, 1000);`, { hurried: true });
    if (!started.ok) throw new Error(started.failure.message);
    await started.value.stop();
    expect(late).toBe(1);
  });

  it('that dies says what it died of', async () => {
    expect(await start(`throw new Error('no room');`)).toMatchObject({
      ok: false,
      failure: { message: 'it did not start: no room' },
    });
  });
});
