import { localClient } from '../../core/handlers/local-client.ts';
import { createRouter } from '../../core/handlers/router.ts';
import type { ContractClient } from '../../core/loopback/client.ts';
import { openWorkbench } from '../../core/workbench.ts';
import { LOAD_TOKEN } from './load-target.ts';

/**
 * For a process of its own (`askedTarget`): the workbench over the database that its first argument names, with a partner
 * that may call. Writes `{ port }`, then on each message what it is answered; of undefined nothing. SIGTERM ends it.
 */
export async function answerAsked<Question, Answer>(
  answer: (question: Question, client: ContractClient) => Promise<Answer | undefined>,
): Promise<void> {
  const opened = await openWorkbench({ file: process.argv[2] ?? '', keyStore: 'file' });
  if (!opened.ok) throw new Error(opened.failure.message);
  const workbench = opened.value;
  const versionsUrl = 'http://127.0.0.1:9/ocpi/versions';
  if (workbench.links.list().every(({ name }) => name !== 'load')) {
    workbench.links.adopt({ name: 'load', versionsUrl, token: 'not-used', theirToken: LOAD_TOKEN });
  }
  const serving = await workbench.serving.start();
  if (!serving.ok) throw new Error(serving.failure.message);
  const client = localClient(createRouter(workbench));
  process.on('message', async (question: Question) => {
    const answered = await answer(question, client);
    if (answered !== undefined) process.send?.(answered);
  });
  process.once('SIGTERM', async () => {
    await workbench.close();
    process.exit();
  });
  process.send?.({ port: serving.value.port });
}
