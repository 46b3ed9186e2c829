import { beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../core/clock.ts';
import type { Failure } from '../../core/contract/failure.ts';
import { CHANNELS } from '../../electron/channels.ts';
import { type CoreKeeper, createCoreKeeper } from '../../electron/core-keeper.ts';
import { FakeChild } from './fake-child.ts';
import { FakeContents } from './fake-contents.ts';

/** A clock that goes when it is told to. */
function handClock() {
  let now = 0;
  let waiting: { at: number; late: () => void }[] = [];
  const clock: Pick<Clock, 'elapsed' | 'deadline'> = {
    elapsed: () => now,
    deadline: (ms, late) => {
      const one = { at: now + ms, late };
      waiting.push(one);
      return {
        cancel: () => {
          waiting = waiting.filter(other => other !== one);
        },
      };
    },
  };
  const pass = (ms: number) => {
    now += ms;
    const due = waiting.filter(({ at }) => at <= now);
    waiting = waiting.filter(({ at }) => at > now);
    for (const { late } of due) late();
  };
  return { clock: clock as Clock, pass };
}

const FAILURE: Failure = { code: 'DATABASE_NEWER', message: 'of a newer version', advice: 'Update the workbench.' };

let children: FakeChild[];
let happened: string[];
let page: FakeContents;
let pass: (ms: number) => void;
let keeper: CoreKeeper;

beforeEach(() => {
  children = [];
  happened = [];
  page = new FakeContents();
  const time = handClock();
  pass = time.pass;
  keeper = createCoreKeeper({
    fork: () => {
      const child = new FakeChild();
      children.push(child);
      return child.asElectron();
    },
    newChannel: () => ({ port1: {}, port2: {} }) as never,
    clock: time.clock,
    onReady: ({ again, notServing }) => happened.push(`ready${again ? ' again' : ''}${notServing ? ', silent' : ''}`),
    onRefused: ({ code }) => happened.push(`refused: ${code}`),
    onNotices: ({ count }) => happened.push(`${count} notices`),
    onGivenUp: ({ deaths, code }) => happened.push(`given up after ${deaths}, code ${code}`),
  });
});

const child = (at: number) => {
  const found = children[at];
  if (found === undefined) throw new Error(`core ${at} was not started`);
  return found;
};
const kinds = (at: number) => child(at).heard.map(({ kind }) => kind);
const ready = (at: number) => child(at).tells({ kind: 'ready', notServing: null });
const die = (at: number) => child(at).ends(1);

describe('the process of the core', () => {
  it('is told its database, and joined to the page once both are there', async () => {
    await keeper.open('/data/one.db');
    expect(child(0).heard).toEqual([{ kind: 'open', database: '/data/one.db' }]);
    keeper.connect(page.asElectron());
    expect(page.sent).toEqual([]);
    ready(0);
    expect(page.sent).toHaveLength(1);
    expect(kinds(0)).toEqual(['open', 'connect']);
    expect(happened).toEqual(['ready']);
  });

  it('joins a page that was loaded anew by another port', async () => {
    await keeper.open('/data/one.db');
    ready(0);
    keeper.connect(page.asElectron());
    keeper.connect(page.asElectron());
    expect(page.sent).toHaveLength(2);
  });

  it('is started again when it dies, with a notice, and the page is given a port to the new one', async () => {
    await keeper.open('/data/one.db');
    keeper.connect(page.asElectron());
    ready(0);
    die(0);
    expect(children).toHaveLength(1);
    pass(500);
    ready(1);
    expect(child(1).heard[0]).toEqual({ kind: 'open', database: '/data/one.db' });
    expect(page.sent.map(({ channel }) => channel)).toEqual([CHANNELS.port, CHANNELS.gone, CHANNELS.port]);
    expect(happened).toEqual(['ready', 'ready again']);
  });

  it('is started again without a word when it ended by itself, for the owner it passed on has ended', async () => {
    await keeper.open('/data/one.db');
    ready(0);
    child(0).ends(0);
    pass(500);
    ready(1);
    expect(happened).toEqual(['ready', 'ready']);
  });

  it('is started more slowly while it keeps dying, and not any more after the fifth quick death', async () => {
    await keeper.open('/data/one.db');
    const pauses = [500, 1000, 2000, 4000];
    for (const [at, pause] of pauses.entries()) {
      die(at);
      pass(pause - 1);
      expect(children).toHaveLength(at + 1);
      pass(1);
      expect(children).toHaveLength(at + 2);
    }
    die(4);
    pass(1_000_000);
    expect(children).toHaveLength(5);
    expect(happened).toEqual(['given up after 5, code 1']);
  });

  it('is forgiven its deaths once it lived for a while', async () => {
    await keeper.open('/data/one.db');
    for (let at = 0; at < 20; at++) {
      pass(60_000);
      die(at);
      pass(500);
    }
    expect(children).toHaveLength(21);
    expect(happened).toEqual([]);
  });

  it('can be started again by the operator after it was given up', async () => {
    await keeper.open('/data/one.db');
    for (let at = 0; at < 5; at++) {
      die(at);
      pass(10_000);
    }
    await keeper.open('/data/one.db');
    ready(5);
    expect(happened).toEqual(['given up after 5, code 1', 'ready']);
  });

  it('that refuses a database ends, and is not taken for one that died', async () => {
    await keeper.open('/data/new.db');
    child(0).tells({ kind: 'refused', failure: FAILURE });
    child(0).ends(0);
    pass(1_000_000);
    expect(children).toHaveLength(1);
    expect(happened).toEqual(['refused: DATABASE_NEWER']);
  });

  it('tells that partners cannot reach us, and stays', async () => {
    await keeper.open('/data/one.db');
    child(0).tells({ kind: 'ready', notServing: { code: 'PORT_TAKEN', message: 'taken', advice: 'another' } });
    expect(happened).toEqual(['ready, silent']);
    expect(kinds(0)).toEqual(['open']);
  });

  it('ends before the core of another database begins, however often one is chosen', async () => {
    await keeper.open('/data/one.db');
    ready(0);
    const two = keeper.open('/data/two.db');
    const three = keeper.open('/data/three.db');
    await Promise.resolve();
    expect(children).toHaveLength(1);
    await expect.poll(() => kinds(0)).toContain('close');
    child(0).ends(0);
    await Promise.all([two, three]);
    expect(children.map(({ heard }) => heard[0])).toEqual([
      { kind: 'open', database: '/data/one.db' },
      { kind: 'open', database: '/data/three.db' },
    ]);
    expect(keeper.database()).toBe('/data/three.db');
  });

  it('is asked to end, and ended by force when it takes too long', async () => {
    await keeper.open('/data/one.db');
    ready(0);
    const closed = keeper.close();
    await expect.poll(() => kinds(0)).toContain('close');
    expect(child(0).killed).toBe(false);
    pass(8_000);
    await closed;
    expect(child(0).killed).toBe(true);
    pass(1_000_000);
    expect(children).toHaveLength(1);
  });

  it('is not started again once the window is closing, even between two starts', async () => {
    await keeper.open('/data/one.db');
    die(0);
    await keeper.close();
    pass(1_000_000);
    expect(children).toHaveLength(1);
  });

  it('says of an import what became of it, also when it dies in the middle', async () => {
    expect(await keeper.importFile('/tmp/one.har')).toMatchObject({ ok: false, failure: { code: 'WRONG_STATE' } });
    await keeper.open('/data/one.db');
    ready(0);
    const first = keeper.importFile('/tmp/one.har');
    const second = keeper.importFile('/tmp/two.har');
    const [, one] = child(0).heard;
    if (one?.kind !== 'import') throw new Error('the import was not passed on');
    child(0).tells({ kind: 'imported', ask: one.ask, outcome: { ok: false, failure: FAILURE } });
    expect(await first).toEqual({ ok: false, failure: FAILURE });
    die(0);
    expect(await second).toMatchObject({ ok: false, failure: { code: 'OPERATION_FAILED' } });
  });

  it('sends nothing to a page that is gone', async () => {
    await keeper.open('/data/one.db');
    keeper.connect(page.asElectron());
    page.destroyed = true;
    ready(0);
    expect(page.sent).toEqual([]);
    expect(kinds(0)).toEqual(['open']);
  });
});
