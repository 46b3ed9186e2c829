import { systemClock } from '../../clock.ts';
import type { LifeTrip } from '../../contract/life.ts';
import { outcomeOf } from '../../loopback/client.ts';
import type { Scene } from './scene.ts';
import { endOf, type Platform, type Stage } from './stage.ts';

/** So fast, a quarter of an hour takes a second. */
const SPEED = 900;
const CHARGING_MS = 2_500;
const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 200;

/** Charges from the command to the CDR: we as eMSP, as CPO, and as the provider of a payment terminal. */
export async function chargeInEachRole({ us, partner }: Stage): Promise<Scene[]> {
  await Promise.all([us, partner].map(({ client }) => client.life.set({ speed: SPEED })));
  await us.client.own.generate({ module: 'tariffs', count: 3 });
  await us.client.own.generate({ module: 'locations', count: 5 });
  await pullLocations(partner, 'workbench 2.2.1 - invited');
  await pullLocations(us, 'partner 2.3.0 - added');
  return [
    await charge('we as eMSP: our customer charges at the partner', {
      driver: us,
      as: 'app',
      link: 'partner 2.2.1 - added',
    }),
    await charge("we as CPO: the partner's customer charges at ours", {
      driver: partner,
      as: 'app',
      link: 'workbench 2.2.1 - invited',
    }),
    await charge('we as payment terminal provider: somebody pays with a card at the partner', {
      driver: us,
      as: 'card',
      link: 'partner 2.3.0 - added',
    }),
  ];
}

async function pullLocations(from: Platform, name: string) {
  await endOf(from, await from.client.pulls.start({ name, module: 'locations' }));
}

export interface Drive {
  /** Who sends the command, and is told of session and CDR. */
  readonly driver: Platform;
  readonly as: LifeTrip['as'];
  readonly link: string;
  /** Any that is free unless said. */
  readonly location?: string;
  readonly evse?: string;
}

/** A charge from the command on, as far as it came: to its CDR. */
export async function driven({ driver, ...where }: Drive): Promise<LifeTrip | undefined> {
  const { id } = await driver.client.life.start(where);
  const begun = await reached(driver, id, 'charging');
  if (begun?.state === 'charging') {
    await systemClock.sleep(CHARGING_MS);
    // A car that is full by then has stopped by itself, which is as good: whether it was billed is what counts.
    await outcomeOf(driver.client.life.stop({ id }));
  }
  return reached(driver, id, 'billed');
}

async function charge(title: string, drive: Drive): Promise<Scene> {
  const { driver } = drive;
  const [before] = await driver.client.exchanges.list({ limit: 1 });
  const trip = await driven(drive);
  const exchanges = await driver.client.exchanges.list({ limit: 1000 });
  const seen = new Map<string, number[]>();
  for (const { id: exchange, operation, direction } of exchanges.filter(one => one.id > (before?.id ?? 0)).reverse()) {
    const what = `${direction === 'out' ? '->' : '<-'} ${operation}`;
    seen.set(what, [...(seen.get(what) ?? []), exchange]);
  }
  return {
    title,
    ok: trip?.state === 'billed',
    lines: [
      ...[...seen].map(
        ([what, ids]) => `${what}  [${ids.length > 3 ? `${ids.length} times` : ids.map(one => `#${one}`).join(' ')}]`,
      ),
      `=> ${trip?.state ?? 'lost'} at ${trip?.location ?? '?'}: ${trip?.reason ?? ''}`,
    ],
  };
}

/** The trip once it is there, or further, or has failed. */
async function reached({ client }: Platform, id: string, state: 'charging' | 'billed'): Promise<LifeTrip | undefined> {
  const enough: readonly LifeTrip['state'][] =
    state === 'charging' ? ['charging', 'finished', 'billed', 'failed'] : ['billed', 'failed'];
  const end = systemClock.elapsed() + PATIENCE_MS;
  for (;;) {
    const trip = (await client.life.get()).trips.find(one => one.id === id);
    if (trip === undefined || enough.includes(trip.state) || systemClock.elapsed() > end) return trip;
    await systemClock.sleep(LOOK_AGAIN_MS);
  }
}
