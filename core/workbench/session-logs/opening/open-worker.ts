import { parentPort, workerData } from 'node:worker_threads';
import { openViewer } from '../../../loopback/viewer.ts';
import type { ViewedFile } from './open-filling.ts';
import type { OpenNews } from './open-thread.ts';

/** A workbench over a file in a thread of its own: filling it keeps nobody else waiting, and it ends with the process. */
async function show(file: ViewedFile): Promise<void> {
  const tell = (news: OpenNews) => parentPort?.postMessage(news);
  const opened = await openViewer({ ...file, endsWithItsPage: true });
  if (!opened.ok) {
    tell(opened);
    return;
  }
  const viewer = opened.value;
  // The one thing it is ever told: to end. Listening keeps the thread; once it has ended, nothing does.
  parentPort?.once('message', () => void viewer.close());
  void viewer.ended.then(() => parentPort?.close());
  const address = await viewer.newAddress();
  if (address === undefined) throw new Error('who owns a database gives addresses of its page');
  tell({ ok: true, address });
}

await show(workerData as ViewedFile);
