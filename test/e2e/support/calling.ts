import type { Partner } from '../../support/partner/partner.ts';
import type { Client } from './registering.ts';
import { runEnded } from './runs.ts';

/** Where partners call us: `http://127.0.0.1:41200/ocpi/`. */
export async function baseOf(client: Client): Promise<string> {
  const { versionsUrl } = await client.platform.get();
  return (versionsUrl ?? '').replace(/versions$/, '');
}

/** A registered partner asks for one of our lists, over 2.2.1. */
export async function listOf(partner: Partner, base: string, list: string): Promise<void> {
  await partner.call({ operation: 'module', version: '2.2.1', method: 'GET', url: `${base}2.2.1/sender/${list}` });
}

/** The doctor asks a registered partner for its versions, with the token in use. */
export async function examined(client: Client, name: string): Promise<void> {
  const { runId } = await client.runs.doctor({ name });
  await runEnded(client, runId);
}
