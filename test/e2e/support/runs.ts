import type { Client } from './registering.ts';

/** Waits until the run has ended, however it did. */
export async function runEnded(client: Client, runId: number): Promise<void> {
  for await (const run of await client.runs.watch({ runId })) if (run.state !== 'running') return;
}

/** The built-in partner, with its locations pulled: its link. */
export async function sandboxPulled(client: Client, locations: number): Promise<string> {
  const { link } = await client.sandbox.start({ locations });
  if (link === null) throw new Error('the built-in partner is not registered');
  await runEnded(client, (await client.pulls.start({ name: link, module: 'locations' })).runId);
  return link;
}
