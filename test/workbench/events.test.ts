import { describe, expect, it } from 'vitest';
import type { Clock } from '../../core/clock.ts';
import type { EventBatch } from '../../core/contract/events.ts';
import { createEventHub } from '../../core/workbench/events.ts';
import { openPartner, openPlatform, registerWith } from '../support/platform.ts';

/** Time that moves only when it is told to. */
function heldClock() {
  let now = 0;
  let sleepers: { until: number; wake: () => void }[] = [];
  const clock: Clock = {
    now: () => now,
    elapsed: () => now,
    sleep: ms => new Promise(resolve => sleepers.push({ until: now + ms, wake: resolve })),
    deadline: () => ({ cancel: () => {} }),
  };
  const pass = async (ms: number) => {
    now += ms;
    const due = sleepers.filter(({ until }) => until <= now);
    sleepers = sleepers.filter(({ until }) => until > now);
    for (const { wake } of due) wake();
    await turn();
  };
  return { clock, pass };
}

const turn = () => new Promise<void>(resolve => setImmediate(resolve));
const NOTHING = {
  runs: [],
  links: false,
  platform: false,
  objects: [],
  own: false,
  decisions: false,
  faults: false,
  life: false,
  transactions: false,
  scenarios: false,
  logs: false,
  health: false,
  refetch: false,
};
const recorded = (newest: number, changed: readonly number[] = []) =>
  ({ kind: 'exchanges', recorded: 1, failed: 0, newest, changed }) as const;

/** Pulls one batch after the other, and keeps them. */
function listening(stream: AsyncGenerator<EventBatch, void>) {
  const batches: EventBatch[] = [];
  const ended = (async () => {
    for await (const batch of stream) batches.push(batch);
  })();
  return { batches, ended };
}

describe('events', () => {
  it('begin at once with a mark to ask for everything, and come at least 50 ms apart, together', async () => {
    const { clock, pass } = heldClock();
    const hub = createEventHub(clock);
    const { batches } = listening(hub.watch());
    await turn();
    expect(batches).toEqual([{ ...NOTHING, refetch: true }]);
    hub.tell(recorded(7));
    hub.tell({ kind: 'run', id: 3 });
    await pass(49);
    expect(batches).toHaveLength(1);
    hub.tell(recorded(8, [2]));
    hub.tell({ kind: 'run', id: 3 });
    await pass(1);
    expect(batches.slice(1)).toEqual([
      { ...NOTHING, runs: [3], exchanges: { newest: 8, recorded: 2, failed: 0, changed: [2] } },
    ]);
    await pass(500);
    expect(batches).toHaveLength(2);
    hub.tell({ kind: 'links' });
    await turn();
    expect(batches[2]).toEqual({ ...NOTHING, links: true });
  });

  it('wait as one batch, which never grows beyond a bound, for whoever does not listen', async () => {
    const { clock, pass } = heldClock();
    const hub = createEventHub(clock);
    const waiting = hub.watch();
    await waiting.next();
    for (let id = 1; id <= 5000; id++) {
      hub.tell(recorded(id, [id]));
      hub.tell({ kind: 'run', id });
      hub.tell({ kind: 'objects', list: `link ${id}/locations` });
    }
    const next = waiting.next();
    await turn();
    await pass(50);
    const { value } = await next;
    expect(value).toMatchObject({ refetch: true, exchanges: { newest: 5000, recorded: 5000 } });
    expect(value?.exchanges?.changed).toHaveLength(500);
    expect(value?.runs).toHaveLength(200);
    expect(value?.objects).toHaveLength(200);
  });

  it('end when the listener goes, also while it waits', async () => {
    const { clock } = heldClock();
    const hub = createEventHub(clock);
    const gone = new AbortController();
    const { batches, ended } = listening(hub.watch(gone.signal));
    await turn();
    gone.abort();
    await Promise.race([ended, turn().then(turn)]);
    hub.tell({ kind: 'own' });
    await turn();
    expect(batches).toHaveLength(1);
  });

  it('tell of what happens: exchanges, runs, links, objects, own data, our own side', async () => {
    const platform = await openPlatform({ serve: false });
    const { client, workbench } = platform;
    const gone = new AbortController();
    const heard: EventBatch[] = [];
    const stream = await client.events.watch(undefined, { signal: gone.signal });
    const listener = (async () => {
      for await (const batch of stream) heard.push(batch);
    })().catch((error: unknown) => {
      if (!gone.signal.aborted) throw error;
    });
    /** Waits until some batch since says so. */
    const hear = async (says: (batch: EventBatch) => boolean) => {
      for (let left = 250; left > 0; left--) {
        if (heard.some(says)) {
          heard.length = 0;
          return true;
        }
        await new Promise(resolve => setTimeout(resolve, 20));
      }
      return false;
    };
    expect(await hear(({ refetch }) => refetch)).toBe(true);

    await workbench.serving.start();
    expect(await hear(batch => batch.platform)).toBe(true);
    const partner = await openPartner();
    const run = await registerWith(platform, partner);
    expect(run.state).toBe('done');
    expect(await hear(batch => batch.links && batch.runs.includes(run.id))).toBe(true);
    const token = Buffer.from('nobody').toString('base64');
    const [newest] = await client.exchanges.list({ limit: 1 });
    await fetch(platform.workbench.platform.versionsUrl() ?? '', { headers: { authorization: `Token ${token}` } });
    expect(await hear(({ exchanges }) => exchanges?.newest === (newest?.id ?? 0) + 1 && exchanges.failed === 1)).toBe(
      true,
    );
    await client.exchanges.note({ id: 1, text: 'looked at' });
    expect(
      await hear(
        ({ exchanges }) => exchanges?.changed.includes(1) === true && exchanges.newest === (newest?.id ?? 0) + 1,
      ),
    ).toBe(true);
    await client.own.generate({ module: 'locations', count: 2, seed: 'a' });
    expect(await hear(batch => batch.own)).toBe(true);
    expect(workbench.platform.configure({ publicUrl: 'https://partner.example' })).toMatchObject({ ok: true });
    expect(await hear(batch => batch.platform)).toBe(true);
    await workbench.serving.stop();
    expect(await hear(batch => batch.platform)).toBe(true);
    gone.abort();
    await listener;
  });
});
