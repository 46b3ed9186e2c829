import { describe, expect, it } from 'vitest';
import type { ExchangePage, ExchangeSummary } from '../../../../core/contract/exchange.ts';
import { LiveRows } from '../../../../renderer/features/traffic/table/live-rows.ts';

const row = (id: number): ExchangeSummary => ({
  id,
  at: new Date(id).toISOString(),
  direction: 'in',
  link: 'acme',
  operation: 'locations.list',
  method: 'GET',
  url: `/ocpi/2.2.1/locations?offset=${id}`,
  httpStatus: 200,
  ocpiStatus: 1000,
  ended: 'answered',
  durationMs: 1,
  requestId: null,
  correlationId: null,
  module: 'locations',
  version: '2.2.1',
  runId: null,
  fromParty: null,
  toParty: null,
  note: null,
  pinned: false,
  findings: [],
  faults: [],
});

/** Exchanges 1 to `newest`; pages of a filter that holds `slow` wait until they are let go. */
function recorded(newest: number) {
  const waiting: (() => void)[] = [];
  const history = { newest };
  const pages: string[] = [];
  const live = new LiveRows({
    page: async ({ search, limit }, signal): Promise<ExchangePage> => {
      pages.push(search ?? '');
      if (search === 'slow') await new Promise<void>(resolve => waiting.push(resolve));
      signal.throwIfAborted();
      const ids = Array.from({ length: Math.min(limit, history.newest) }, (_, at) => history.newest - at);
      return { newest: history.newest, rows: ids.map(row), behind: 0 };
    },
    count: async ({ newest: to = history.newest }) => ({ newest: to, count: to, errors: 1 }),
  });
  const letGo = () => {
    for (const go of waiting.splice(0)) go();
  };
  return { live, history, pages, letGo };
}

const until = async (fits: () => boolean) => {
  for (let turn = 0; turn < 300 && !fits(); turn++) await new Promise(resolve => setTimeout(resolve, 10));
  expect(fits()).toBe(true);
};

describe('the live table', () => {
  it('has its first rows before they are counted', async () => {
    const { live } = recorded(250);
    const states: (number | undefined)[] = [];
    live.subscribe(() => states.push(live.state().counted?.count));
    live.show('all', {});
    await until(() => live.state().counted !== undefined);
    expect(states).toContain(undefined);
    expect(live.state()).toMatchObject({ filter: 'all', newest: 250, count: 250, counted: { count: 250, errors: 1 } });
    expect(live.state().rows).toHaveLength(100);
  });

  it('takes what came while it follows', async () => {
    const { live, history } = recorded(3);
    live.show('all', {});
    await until(() => live.state().counted !== undefined);
    history.newest = 5;
    live.happened();
    await until(() => live.state().newest === 5);
    expect(live.state().rows[0]?.id).toBe(5);
    await until(() => live.state().count === 5);
  });

  it('stands still when it does not follow, and says how many are new', async () => {
    const { live, history } = recorded(3);
    live.show('all', {});
    await until(() => live.state().counted !== undefined);
    live.follow(false);
    history.newest = 10;
    live.happened();
    await until(() => live.state().fresh === 7);
    expect(live.state()).toMatchObject({ newest: 3, count: 3 });
    live.follow(true);
    await until(() => live.state().newest === 10);
    expect(live.state().fresh).toBe(0);
  });

  it('lets go of what is asked for when the filter changes, and shows what was there until the new rows come', async () => {
    const { live, letGo } = recorded(3);
    live.show('all', {});
    await until(() => live.state().counted !== undefined);
    live.show('slow', { search: 'slow' });
    await until(() => live.state().loading);
    expect(live.state().filter).toBe('all');
    live.show('other', { search: 'other' });
    letGo();
    await until(() => live.state().filter === 'other');
    expect(live.state().loading).toBe(false);
  });

  it('does not lose what was recorded while another filter was asked for', async () => {
    const { live, history, letGo, pages } = recorded(3);
    live.show('slow', { search: 'slow' });
    await until(() => pages.length === 1);
    live.happened();
    letGo();
    await until(() => live.state().filter === 'slow');
    history.newest = 4;
    await until(() => pages.length >= 2);
    letGo();
    await until(() => live.state().newest === 4);
  });

  it('keeps no rows of another filter where a filter cannot be answered, and tries again when told', async () => {
    let broken = true;
    const live = new LiveRows({
      page: async () => {
        if (broken) throw new Error('gone');
        return { newest: 1, rows: [row(1)], behind: 0 };
      },
      count: async () => ({ newest: 1, count: 1, errors: 0 }),
    });
    live.show('all', {});
    await until(() => live.state().failure !== undefined);
    expect(live.state()).toMatchObject({ filter: '', rows: [], loading: false });
    broken = false;
    live.retry();
    await until(() => live.state().failure === undefined && live.state().rows.length === 1);
  });
});
