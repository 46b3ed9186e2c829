import { expect, it } from 'vitest';
import type { StartCharge } from '../../../core/contract/life.ts';
import { outcomeOf } from '../../../core/loopback/client.ts';
import { endOf, openPlatform, type TestPlatform } from '../../support/platform.ts';
import { inRoles } from '../../support/registered-partner.ts';

const SPEED = 1000;

interface Place {
  readonly location: string;
  readonly evse: string;
  /** What one block costs without taxes. */
  readonly step: number;
}

/** A free charger of the built-in partner that is paid for by started blocks of time, its prices with taxes in them or without. */
async function chargerByTheHour(us: TestPlatform, included: 'YES' | 'NO'): Promise<Place> {
  for (const module of ['tariffs', 'locations'] as const) {
    await endOf(us, await us.client.pulls.start({ name: 'sandbox', module }));
  }
  const objectsOf = async (module: 'tariffs' | 'locations') =>
    (await us.client.objects.list({ name: 'sandbox', module, limit: 1000 })).objects.map(({ object }) => object);
  const hourly = new Map(
    ((await objectsOf('tariffs')) as Tariff[])
      .filter(({ id, tax_included }) => id.endsWith('-HOUR') && tax_included === included)
      .map(({ id, elements }) => [id, elements[0]?.price_components.find(({ type }) => type === 'TIME')]),
  );
  for (const { id, evses } of (await objectsOf('locations')) as Location[]) {
    for (const { uid, status, connectors, capabilities } of evses) {
      const component = hourly.get(connectors[0]?.tariff_ids?.[0] ?? '');
      const isFree = status === 'AVAILABLE' && !capabilities.includes('START_SESSION_CONNECTOR_REQUIRED');
      if (isFree && component !== undefined) {
        const { price, step_size: size, vat } = component;
        return { location: id, evse: uid, step: (price * size) / 3600 / (included === 'YES' ? 1 + vat / 100 : 1) };
      }
    }
  }
  throw new Error('this world has no such charger');
}

interface Tariff {
  readonly id: string;
  readonly tax_included: string;
  readonly elements: readonly {
    readonly price_components: readonly {
      readonly type: string;
      readonly price: number;
      readonly step_size: number;
      readonly vat: number;
    }[];
  }[];
}

interface Location {
  readonly id: string;
  readonly evses: readonly {
    readonly uid: string;
    readonly status: string;
    readonly capabilities: readonly string[];
    readonly connectors: readonly { readonly tariff_ids?: readonly string[] }[];
  }[];
}

/** A quarter of an hour of charging, from the command to the CDR; gives its authorization reference. */
async function charged({ client }: TestPlatform, start: StartCharge): Promise<string> {
  const { id } = await client.life.start({ link: 'sandbox', ...start });
  const trip = async () => (await client.life.get()).trips.find(one => one.id === id);
  const reached = (state: RegExp) =>
    expect.poll(async () => (await trip())?.state, { timeout: 30_000, interval: 50 }).toMatch(state);
  await reached(/charging|finished|billed|failed/);
  await new Promise(resolve => setTimeout(resolve, 900));
  // A car that is full by then has stopped by itself.
  if ((await trip())?.state === 'charging') await outcomeOf(client.life.stop({ id }));
  await reached(/billed|failed/);
  const billed = await trip();
  expect(billed).toMatchObject({ state: 'billed' });
  return billed?.reference ?? '';
}

async function bill({ client }: TestPlatform, reference: string) {
  const [transaction] = (await client.transactions.page({ search: reference })).rows;
  return client.money.price({ bill: { transaction: transaction?.id ?? 0 } });
}

it('the built-in partner bills rightly, also at a terminal; told to bill one step more, it is found out, by how much and why', {
  timeout: 120_000,
}, async () => {
  const us = await openPlatform({ parties: inRoles('EMP', ['EMSP', 'PTP']) });
  await us.client.own.generate({ module: 'tokens', count: 3, seed: 'overcharge' });
  await us.client.sandbox.start({ locations: 60, seed: 'overcharge' });
  await us.client.sandbox.life.set({ speed: SPEED });
  await us.client.life.set({ speed: SPEED });
  const places = { NO: await chargerByTheHour(us, 'NO'), YES: await chargerByTheHour(us, 'YES') };
  const byApp = ({ location, evse }: Place) => ({ as: 'app', location, evse }) as const;

  const right = await bill(us, await charged(us, byApp(places.NO)));
  expect(right).toMatchObject({ verdict: 'right', kind: 'cdr', departures: [], tariffs: [{ from: 'within' }] });
  expect(Number(right.due?.total.before)).toBeGreaterThan(0);

  await us.client.sandbox.faults.add({ kind: 'money.step-size', scope: { operation: 'cdrs.post' } });
  for (const place of [places.NO, places.YES]) {
    const wrong = await bill(us, await charged(us, byApp(place)));
    const departure = wrong.departures.find(({ field, taxes }) => field === 'total_cost' && taxes === 'before');
    expect(wrong.verdict).toBe('wrong');
    // Exactly one step: what is stated was rounded to four decimals before.
    expect(Math.abs(Number(departure?.by) - place.step)).toBeLessThan(0.0003);
    expect(departure?.reasons.map(({ code }) => code)).toContain('step-size-one-more');
    expect(wrong.sentence).toContain('too much');
  }

  await us.client.sandbox.faults.remove({ all: true });
  const reference = await charged(us, { as: 'card' });
  const { rows } = await us.client.money.payments({});
  expect(rows).toMatchObject([
    { reference, link: 'sandbox', state: 'matched', problems: [], cdrs: [expect.any(String)] },
  ]);
  const [paid] = rows;
  expect((await us.client.transactions.get({ id: paid?.transaction ?? 0 })).reference).toBe(reference);
  expect(paid?.confirmation?.captured ?? paid?.billed).toEqual(paid?.billed);
});
