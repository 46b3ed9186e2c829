import { expect } from '@playwright/test';
import type { Client } from './registering.ts';
import { sandboxPulled } from './runs.ts';

/** Tariffs of the built-in partner that count time in blocks of some minutes end so. */
const BY_THE_BLOCK = /-HOUR$/;

interface Location {
  readonly id: string;
  readonly evses?: readonly {
    readonly uid: string;
    readonly status: string;
    readonly capabilities?: readonly string[];
    readonly connectors: readonly { readonly tariff_ids?: readonly string[] }[];
  }[];
}

/** The built-in partner, whose time goes so fast; its locations are known. */
export async function partnerAt(client: Client, speed: number, locations = 40): Promise<void> {
  await sandboxPulled(client, locations);
  await client.sandbox.life.set({ speed });
}

interface Charger {
  readonly location: string;
  readonly evse: string;
}

/** A charger of the built-in partner that is free, and paid for by blocks of time. */
export async function chargerByTheBlock(client: Client): Promise<Charger> {
  const { objects } = await client.objects.list({ name: 'sandbox', module: 'locations', limit: 1000 });
  for (const { object } of objects) {
    const { id, evses = [] } = object as Location;
    const free = evses.find(
      ({ status, capabilities = [], connectors }) =>
        status === 'AVAILABLE' &&
        !capabilities.includes('START_SESSION_CONNECTOR_REQUIRED') &&
        BY_THE_BLOCK.test(connectors[0]?.tariff_ids?.[0] ?? ''),
    );
    if (free !== undefined) return { location: id, evse: free.uid };
  }
  throw new Error('no charger of the built-in partner is free and paid for by blocks of time');
}

/** A charge of ours there, at any free charger unless said, from the command to the CDR: its transaction. */
export async function billedCharge(client: Client, as: 'app' | 'card', at?: Charger) {
  const { id } = await client.life.start({ as, link: 'sandbox', ...at });
  const trip = async () => (await client.life.get()).trips.find(one => one.id === id);
  await expect.poll(async () => (await trip())?.state, { timeout: 30_000 }).toMatch(/charging|finished|billed/);
  // A few minutes of its time; a car that is full by then has stopped by itself.
  await new Promise(resolve => setTimeout(resolve, 1500));
  if ((await trip())?.state === 'charging') await client.life.stop({ id });
  await expect.poll(async () => (await trip())?.state, { timeout: 30_000 }).toBe('billed');
  const { reference = '' } = (await trip()) ?? {};
  const found = async () => (await client.transactions.page({ search: reference })).rows[0];
  await expect.poll(async () => (await found())?.state, { timeout: 20_000 }).toBe('billed');
  const transaction = await found();
  if (transaction === undefined) throw new Error(`no transaction has the reference ${reference}`);
  return client.transactions.get({ id: transaction.id });
}
