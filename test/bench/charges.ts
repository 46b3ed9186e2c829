/**
 * A thousand simulated charges at once, a hundred times as fast as real ones, told to a platform in another process: what is
 * lost or out of order, and how long the event loop of whoever simulates is kept.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock } from '../../core/clock.ts';
import { type ContractClient, connectLoopback } from '../../core/loopback/client.ts';
import { ownDatabase } from '../../core/loopback/own.ts';
import { ownerOf } from '../../core/workbench/owner-address.ts';
import type { ReceiverAt } from './charges-receiver.ts';
import type { Bench } from './figure.ts';

const CHARGES = 1000;
const SPEED = 100;
const SECONDS = 30;
/** Enough that a thousand of their chargers are free. */
const LOCATIONS = 600;
const TARIFFS = 416;

interface ChargesMeasured {
  /** Charges that went on while it was measured, on average. */
  readonly open: number;
  readonly pushesPerSecond: number;
  readonly failed: number;
  /** Sessions that the partner has otherwise than we. */
  readonly different: number;
  readonly sessions: number;
  readonly delayMs: { readonly p99: number; readonly most: number };
}

async function measureCharges({ charges = CHARGES, seconds = SECONDS } = {}): Promise<ChargesMeasured> {
  const folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-charges-'));
  const theirs = join(folder, 'receiver.db');
  const receiver = fork(new URL('./charges-receiver.ts', import.meta.url), [theirs]);
  const opened = await ownDatabase({ file: join(folder, 'workbench.db'), keyStore: 'file' });
  if (!opened.ok) throw new Error(opened.failure.message);
  const { client, workbench, close } = opened.value;
  try {
    const [at] = (await once(receiver, 'message')) as [ReceiverAt];
    await client.platform.configure({
      parties: [{ countryCode: 'NL', partyId: 'CPO', role: 'CPO', name: 'charges' }],
    });
    for (const [module, count] of [
      ['locations', LOCATIONS],
      ['tariffs', TARIFFS],
    ] as const) {
      await client.own.generate({ module, count, version: '2.2.1', seed: 'charges' });
    }
    const serving = await workbench.serving.start();
    if (!serving.ok) throw new Error(serving.failure.message);
    await client.links.add({ name: 'told', versionsUrl: at.versionsUrl, token: at.token });
    const { runId } = await client.runs.register({ name: 'told', version: '2.2.1' });
    for await (const _ of await client.runs.watch({ runId }));
    await asReceiver(theirs, async receiver => {
      const { runId } = await receiver.pulls.start({ name: 'charges', module: 'locations' });
      for await (const _ of await receiver.runs.watch({ runId }));
    });

    await client.life.set({ speed: SPEED, charges });
    const until = systemClock.elapsed() + 120_000;
    while ((await client.life.get()).open < charges && systemClock.elapsed() < until) await systemClock.sleep(200);
    const before = (await client.life.get()).pushes;
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    let seen = 0;
    for (let second = 0; second < seconds; second++) {
      await systemClock.sleep(1000);
      seen += workbench.life.view().open;
    }
    delay.disable();
    await client.life.pause();
    let after = await client.life.get();
    for (; after.pushes.waiting > 0; after = await client.life.get()) await systemClock.sleep(100);
    // What went on is written within a moment.
    await systemClock.sleep(1000);
    const sent = after.pushes.sent + after.pushes.failed - before.sent - before.failed;
    return {
      open: seen / seconds,
      pushesPerSecond: sent / seconds,
      failed: after.pushes.failed,
      ...(await compare(client, theirs)),
      delayMs: { p99: delay.percentile(99) / 1e6, most: delay.max / 1e6 },
    };
  } finally {
    receiver.send('end');
    await close();
    if (receiver.exitCode === null) await once(receiver, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each session as we serve it beside what the partner made of everything it was told of it. */
async function compare(ours: ContractClient, theirs: string): Promise<Pick<ChargesMeasured, 'different' | 'sessions'>> {
  const told = new Map<string, unknown>();
  await asReceiver(theirs, async receiver => {
    let after: number | undefined;
    do {
      const page = await receiver.objects.list({
        name: 'charges',
        module: 'sessions',
        limit: 1000,
        ...(after === undefined ? {} : { after }),
      });
      for (const { id, object } of page.objects) told.set(id, object);
      after = page.next ?? undefined;
    } while (after !== undefined);
  });
  let different = 0;
  let sessions = 0;
  for (let offset = 0; ; offset += 1000) {
    const { objects, total } = await ours.own.list({ module: 'sessions', offset, limit: 1000 });
    for (const { id, object } of objects) {
      sessions++;
      if (facts(object) !== facts(told.get(id))) different++;
    }
    if (offset + 1000 >= total) return { different, sessions };
  }
}

/** Asks the process of the receiver. */
async function asReceiver(file: string, ask: (client: ContractClient) => Promise<void>): Promise<void> {
  const owner = ownerOf(file);
  const connected = owner && (await connectLoopback(owner));
  if (connected === undefined) throw new Error('the receiver does not answer');
  await ask(connected.client);
  connected.close();
}

/** What tells that nothing was lost and nothing came twice or in another order. */
function facts(session: unknown): string {
  const {
    kwh,
    status,
    last_updated,
    charging_periods = [],
  } = (session ?? {}) as {
    kwh?: number;
    status?: string;
    last_updated?: string;
    charging_periods?: { start_date_time: string }[];
  };
  return JSON.stringify([kwh, status, last_updated, charging_periods.map(({ start_date_time }) => start_date_time)]);
}

export const chargesBench: Bench = {
  name: 'charges',
  about: `${CHARGES} simulated charges at once, ${SPEED} times as fast as real ones, told to another process`,
  measure: async () => {
    const { open, pushesPerSecond, failed, different, sessions, delayMs } = await measureCharges();
    return [
      { name: 'charges that go on', value: open, unit: 'count', atLeast: CHARGES * 0.95 },
      { name: 'pushes', value: pushesPerSecond, unit: '1/s' },
      { name: 'pushes that failed', value: failed, unit: 'count', atMost: 0 },
      {
        name: 'sessions the partner has otherwise',
        value: different,
        unit: 'count',
        atMost: 0,
        note: `of ${sessions}`,
      },
      { name: 'event loop delay, 99th percentile', value: delayMs.p99, unit: 'ms', atMost: 50 },
      { name: 'event loop delay, longest', value: delayMs.most, unit: 'ms' },
    ];
  },
};
