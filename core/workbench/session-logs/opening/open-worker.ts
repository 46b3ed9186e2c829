import { parentPort, workerData } from 'node:worker_threads';
import { openViewer } from '../../../loopback/viewer.ts';
import type { OpenNews, OpenStart } from './open-thread.ts';

/** A workbench over a file in a thread of its own: filling it keeps nobody else waiting, and it ends with the process. */
async function show(start: OpenStart): Promise<void> {
  const tell = (news: OpenNews) => parentPort?.postMessage(news);
  const told = new AbortController();
  // The one thing it is ever told, also before it is open: to end. Listening keeps the thread.
  parentPort?.once('message', () => told.abort());
  const opened = await openViewer({ ...start, endsWithItsPage: true, signal: told.signal });
  if (!opened.ok) {
    tell(opened);
    parentPort?.close();
    return;
  }
  const viewer = opened.value;
  void viewer.ended.then(() => parentPort?.close());
  const address = await viewer.newAddress();
  if (address === undefined) throw new Error('who owns a database gives addresses of its page');
  tell({ ok: true, address });
}

await show(workerData as OpenStart);
