import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import type { PullInput } from '../../../core/contract/objects.ts';
import {
  correctPage,
  envelope,
  type ListAnswer,
  type ListRequest,
  location,
  locations,
  page,
} from '../../support/paging-server.ts';
import { endOf, failureOf } from '../../support/platform.ts';
import { codesOf, meet, newDatabase, openPuller } from './pulling.ts';

const filtered = (items: readonly { readonly id: string; readonly at: string }[], request: ListRequest) => {
  const from = Date.parse(request.query.get('date_from') ?? '1970-01-01T00:00:00Z');
  const to = Date.parse(request.query.get('date_to') ?? '9999-01-01T00:00:00Z');
  return items.filter(({ at }) => Date.parse(at) >= from && Date.parse(at) < to).map(({ id, at }) => location(id, at));
};

/** Waits shorter than they are, remembered as long as they should have been. */
function hurriedClock() {
  const slept: number[] = [];
  return {
    slept,
    clock: {
      ...systemClock,
      sleep: (ms: number, signal?: AbortSignal) => {
        if (ms >= 100) slept.push(ms);
        return systemClock.sleep(Math.min(ms, 1), signal);
      },
    },
  };
}

describe('a pull', () => {
  it('goes on from where the last one ended, one second earlier', async () => {
    const items = [
      { id: 'a', at: '2026-01-01T00:00:00Z' },
      { id: 'b', at: '2026-02-01T00:00:00Z' },
    ];
    const { pull, server } = await meet({ answer: request => correctPage(filtered(items, request), request) });
    expect(await pull()).toMatchObject({ ok: true, objects: 2, added: 2 });
    expect(server.requests[0]?.query.has('date_from')).toBe(false);
    items.push({ id: 'c', at: '2026-03-01T00:00:00Z' });
    expect(await pull()).toMatchObject({ ok: true, objects: 2, added: 1, unchanged: 1 });
    expect(server.requests[1]?.query.get('date_from')).toBe('2026-01-31T23:59:59Z');
    expect(await pull({ full: true })).toMatchObject({ objects: 3, unchanged: 3 });
    expect(server.requests[2]?.query.has('date_from')).toBe(false);
  });

  it('does not let an object with a last_updated in the future move the cursor beyond the clock of the partner', async () => {
    const items = [{ id: 'a', at: '2099-01-01T00:00:00Z' }];
    const { pull, server } = await meet({ answer: request => correctPage(filtered(items, request), request) });
    await pull();
    await pull();
    const from = Date.parse(server.requests[1]?.query.get('date_from') ?? '');
    expect(from).toBeLessThanOrEqual(Date.now());
  });

  it('of a time behind the cursor leaves the cursor where it was', async () => {
    const items = [
      { id: 'a', at: '2026-01-01T00:00:00Z' },
      { id: 'b', at: '2026-06-01T00:00:00Z' },
    ];
    const { pull, server } = await meet({ answer: request => correctPage(filtered(items, request), request) });
    await pull({ dateTo: '2026-02-01T00:00:00Z' });
    await pull({ dateFrom: '2026-05-01T00:00:00Z' });
    await pull();
    expect(server.requests.at(-1)?.query.get('date_from')).toBe('2026-01-31T23:59:59Z');
  });

  it('tells what vanished only when it was complete and unfiltered', async () => {
    let items = locations(4);
    const { pull, ids } = await meet({ answer: request => correctPage(items, request, { cap: 3 }) });
    await pull();
    items = items.slice(1);
    expect(await pull({ dateFrom: '2026-01-01T00:00:00Z' })).toMatchObject({ vanished: 0 });
    expect(await pull({ full: true })).toMatchObject({ ok: true, objects: 3, vanished: 1 });
    expect(await ids()).toEqual(['1', '2', '3']);
  });

  it('reads CDRs in windows of time, one after the other, and the last one has no end', async () => {
    const { pull, server } = await meet({
      modules: ['cdrs'],
      answer: request => correctPage([], request),
    });
    const from = new Date(Date.now() - 2.5 * 86_400_000).toISOString();
    expect(await pull({ module: 'cdrs', dateFrom: from, window: 86_400_000 })).toMatchObject({ ok: true, pages: 3 });
    const [first, second, third] = server.requests.map(({ query }) => [query.get('date_from'), query.get('date_to')]);
    expect(second?.[0]).toBe(first?.[1]);
    expect(third?.[0]).toBe(second?.[1]);
    expect(third?.[1]).toBeNull();
  });

  it('always sends date_from for sessions', async () => {
    const { pull, server } = await meet({ modules: ['sessions'], answer: request => correctPage([], request) });
    await pull({ module: 'sessions', full: true });
    expect(server.requests[0]?.query.get('date_from')).toBe('1970-01-01T00:00:00Z');
  });

  it.each([
    ['2.1.1', ['locations', 'sessions', 'cdrs', 'tariffs', 'tokens']],
    ['2.2.1', ['locations', 'sessions', 'cdrs', 'tariffs', 'tokens', 'hubclientinfo']],
    ['2.3.0', ['locations', 'hubclientinfo', 'invoicereconciliation', 'payments', 'bookings']],
  ] as const)('asks for every list of OCPI %s that its owner offers', async (version, modules) => {
    const { pull, server } = await meet({ version, modules, answer: request => correctPage([], request) });
    for (const module of modules) expect(await pull({ module })).toMatchObject({ ok: true, objects: 0 });
    const lists: Record<string, string[]> = {
      payments: ['payments/terminals', 'payments/financial-advice-confirmations'],
      bookings: ['bookings/booking_locations', 'bookings'],
    };
    expect(server.requests.map(({ list }) => list)).toEqual(modules.flatMap(module => lists[module] ?? [module]));
  });

  it('names both parties to a partner of 2.2 and later, and nobody in configuration modules', async () => {
    const { pull, server } = await meet({
      modules: ['locations', 'hubclientinfo'],
      answer: request => correctPage([], request),
    });
    await pull({ party: 'DE-ABC' });
    await pull({ module: 'hubclientinfo' });
    const [routed, unrouted] = server.requests.map(({ headers }) => headers);
    expect(routed).toMatchObject({
      'ocpi-from-party-id': 'WBX',
      'ocpi-to-country-code': 'DE',
      'ocpi-to-party-id': 'ABC',
    });
    expect(unrouted?.['ocpi-from-party-id']).toBeUndefined();
  });

  it('turns the form of the token round where the list wants it otherwise', async () => {
    const { pull } = await meet({
      answer: request =>
        request.headers.authorization === 'Token the-token'
          ? correctPage(locations(2), request)
          : { status: 401, body: envelope('null', 2000) },
    });
    const result = await pull();
    expect(result).toMatchObject({ ok: true, objects: 2 });
    expect(codesOf(result)).toContain('authorization.partner-wants-other-form');
  });

  it('records only the beginning of a large page, with its true length and its OCPI status', async () => {
    const items = Array.from({ length: 500 }, (_, at) =>
      location(at, '2026-01-01T00:00:00Z', `,"name":"${'x'.repeat(300)}"`),
    );
    const { pull, platform } = await meet({ answer: request => correctPage(items, request) });
    const { runId } = await pull();
    const [summary] = await platform.client.exchanges.list({ runId });
    expect(summary).toMatchObject({
      operation: 'locations.list',
      httpStatus: 200,
      ocpiStatus: 1000,
      ended: 'complete',
    });
    const whole = await platform.client.exchanges.get({ id: summary?.id ?? 0 });
    const length = envelope(`[${items.join(',')}]`).length;
    expect(whole.response?.body).toMatchObject({ length, shortened: true });
    expect(whole.response?.body.text).toHaveLength(64 * 1024);
  });

  it('of one object, one EVSE or one connector asks for just that', async () => {
    const { pull, server, platform, name } = await meet({
      answer: ({ list }) => {
        if (list === 'locations/a%2Fb') return { body: envelope(location('a/b')) };
        if (list.endsWith('/E1')) return { body: envelope('{"uid":"E1","last_updated":"2026-01-01T00:00:00Z"}') };
        return { status: 404, body: envelope('null', 2003) };
      },
    });
    expect(await pull({ object: 'a%2Fb' })).toMatchObject({ ok: true, objects: 1, added: 1 });
    expect(await pull({ object: 'a%2Fb' })).toMatchObject({ ok: true, unchanged: 1 });
    expect(await pull({ object: 'L1/E1' })).toMatchObject({ ok: true, pages: 1 });
    const unknown = await pull({ object: 'none' });
    expect(unknown).toMatchObject({ ok: false, objects: 0 });
    expect(unknown.summary).toContain('HTTP 404');
    expect(server.requests.map(({ list }) => list)).toEqual([
      'locations/a%2Fb',
      'locations/a%2Fb',
      'locations/L1/E1',
      'locations/none',
    ]);
    expect(await platform.client.objects.get({ name, module: 'locations', id: 'A/B' })).toMatchObject({ id: 'a/b' });
  });

  it('that cannot be asked for is refused before anything is sent', async () => {
    const { platform, name, server } = await meet({ answer: request => correctPage([], request) });
    const refused = (input: Partial<PullInput>) =>
      failureOf(platform.client.pulls.start({ name, module: 'locations', ...input })).then(({ code }) => code);
    expect(await refused({ module: 'tariffs' })).toBe('NOT_FOUND');
    expect(await refused({ module: 'payments' })).toBe('INVALID_INPUT');
    expect(await refused({ object: 'a/b/c/d' })).toBe('INVALID_INPUT');
    expect(await refused({ window: 86_400_000 })).toBe('INVALID_INPUT');
    expect(await refused({ dateFrom: 'yesterday' })).toBe('INVALID_INPUT');
    expect(await refused({ party: 'nobody' })).toBe('INVALID_INPUT');
    expect(await refused({ dateFrom: '2026-02-01T00:00:00Z', dateTo: '2026-01-01T00:00:00Z' })).toBe('INVALID_INPUT');
    expect(server.requests).toEqual([]);
  });
});

describe('failures on the way', () => {
  it('are waited out as Retry-After asks, in seconds and as a date', async () => {
    const { clock, slept } = hurriedClock();
    const puller = await openPuller({ clock });
    const retryAfter = (status: number, value: string): ListAnswer => ({
      status,
      headers: [['Retry-After', value]],
      body: '',
    });
    const { pull } = await meet({
      puller,
      answer: request => {
        if (request.nth === 0) return retryAfter(429, '7');
        if (request.nth === 1) return retryAfter(503, new Date(Date.now() + 60_000).toUTCString());
        if (request.nth === 2) return retryAfter(503, 'whenever');
        return correctPage(locations(2), request);
      },
    });
    const result = await pull();
    expect(result).toMatchObject({ ok: true, objects: 2 });
    expect(codesOf(result)).toContain('retry-after.unusable');
    const [seconds = 0, date = 0, own = 0] = slept;
    expect(seconds).toBeGreaterThanOrEqual(7000);
    expect(seconds).toBeLessThan(7500);
    expect(date).toBeGreaterThan(55_000);
    expect(date).toBeLessThan(60_500);
    expect(own).toBeLessThan(2001);
    await puller.close();
  });

  it('in one page of a hundred leave the pull complete: nothing lost, nothing twice', async () => {
    const { clock } = hurriedClock();
    const puller = await openPuller({ clock });
    let seed = 20_261_122;
    const chance = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed / 2 ** 31;
    };
    const failures: ListAnswer[] = [
      'reset',
      { status: 500, body: 'oops' },
      { status: 503, body: envelope('null', 3000) },
      { body: envelope('[]', 3000) },
      { body: '<html>proxy</html>' },
      { body: '{"data":[{"id":' },
    ];
    const all = locations(3000);
    let failed = 0;
    for (const links of [true, false]) {
      const { pull, ids } = await meet({
        puller,
        answer: request => {
          if (chance() >= 0.01) return correctPage(all, request, { cap: 5, links });
          return failures[failed++ % failures.length] ?? 'reset';
        },
      });
      expect(await pull({ pageSize: 5 })).toMatchObject({ ok: true, objects: 3000, added: 3000, changed: 0 });
      expect((await ids()).toSorted()).toEqual(all.map((_, at) => String(at)).toSorted());
    }
    expect(failed).toBeGreaterThanOrEqual(failures.length);
    await puller.close();
  });

  it('that do not pass end the pull with the reason, and the next one goes on from there', async () => {
    let broken = true;
    const all = locations(50);
    const { pull, server, ids, platform } = await meet({
      answer: request =>
        broken && request.offset >= 30
          ? { status: 400, body: '{"detail":"no"}' }
          : correctPage(all, request, { cap: 10 }),
    });
    const first = await pull({ full: true, pageSize: 10 });
    expect(first).toMatchObject({ ok: false, objects: 30, pages: 3, vanished: 0 });
    expect(first.summary).toContain('HTTP 400');
    broken = false;
    const asked = server.requests.length;
    const second = await pull({ full: true, pageSize: 10 });
    expect(second).toMatchObject({ ok: true, objects: 50, added: 50, vanished: 0 });
    expect(server.requests[asked]?.offset).toBe(29);
    expect((await ids()).length).toBe(50);
    const { steps } = await platform.client.runs.get({ runId: second.runId });
    expect(steps[0]).toMatchObject({ step: 'resume', ok: true });
    all.shift();
    expect(await pull({ full: true, pageSize: 10 })).toMatchObject({ ok: true, objects: 49, vanished: 1 });
  });

  it('of the workbench itself, closed in mid-pull, are made good by the next pull', async () => {
    const file = newDatabase();
    const all = locations(40);
    let stopAt: number | undefined = 20;
    const first = await openPuller({ file });
    const { name, server } = await meet({
      puller: first,
      answer: request => (request.offset === stopAt ? 'hang' : correctPage(all, request, { cap: 10 })),
    });
    const { runId } = await first.client.pulls.start({ name, module: 'locations', full: true, pageSize: 10 });
    while (!server.requests.some(({ offset }) => offset === stopAt)) await systemClock.sleep(5);
    await systemClock.sleep(100);
    await first.close();
    stopAt = undefined;
    const second = await openPuller({ file });
    expect(['cancelled', 'interrupted']).toContain((await second.client.runs.get({ runId })).state);
    const again = await second.client.pulls.start({ name, module: 'locations', full: true, pageSize: 10 });
    await endOf(second, again);
    expect(await second.client.pulls.result(again)).toMatchObject({ ok: true, objects: 40, added: 40 });
    expect(server.requests.filter(({ offset }) => offset === 0)).toHaveLength(1);
    await second.close();
  });
});

describe('a pull under way', () => {
  it('is cancelled at once, in the middle of a wait', async () => {
    const { platform, name } = await meet({
      answer: () => ({ status: 503, headers: [['Retry-After', '600']], body: '' }),
    });
    const { runId } = await platform.client.pulls.start({ name, module: 'locations' });
    for await (const run of await platform.client.runs.watch({ runId })) {
      if (run.progress?.waiting === undefined) continue;
      expect(run.progress.waiting).toMatch(/^600 s, because the partner answered HTTP 503/);
      break;
    }
    const began = systemClock.elapsed();
    await platform.client.runs.cancel({ runId });
    const run = await endOf(platform, { runId });
    expect(run.state).toBe('cancelled');
    expect(systemClock.elapsed() - began).toBeLessThan(1000);
  });

  it('is cancelled at once, in the middle of a page', async () => {
    const { platform, name, server } = await meet({ answer: () => 'hang' });
    const { runId } = await platform.client.pulls.start({ name, module: 'locations' });
    while (server.requests.length === 0) await systemClock.sleep(5);
    await platform.client.runs.cancel({ runId });
    expect((await endOf(platform, { runId })).state).toBe('cancelled');
    const [exchange] = await platform.client.exchanges.list({ runId });
    expect(exchange?.ended).toBe('cancelled');
  });

  it('is the only one of its module and link, and keeps the link from being removed', async () => {
    const { platform, name } = await meet({ answer: () => 'hang' });
    const { runId } = await platform.client.pulls.start({ name, module: 'locations' });
    expect((await failureOf(platform.client.pulls.start({ name, module: 'locations' }))).code).toBe('BUSY');
    expect((await failureOf(platform.client.links.remove({ name }))).code).toBe('BUSY');
    await platform.client.runs.cancel({ runId });
    await endOf(platform, { runId });
    expect(await platform.client.links.remove({ name })).toEqual({ removed: name });
  });

  it('tells how far it has come', async () => {
    const { platform, name } = await meet({ answer: request => correctPage(locations(60), request, { cap: 10 }) });
    const { runId } = await platform.client.pulls.start({ name, module: 'locations', pageSize: 10 });
    const told: number[] = [];
    for await (const { progress } of await platform.client.runs.watch({ runId })) {
      if (progress === undefined) continue;
      told.push(progress.objects);
      expect(progress.total).toBe(60);
    }
    expect(told.length).toBeGreaterThan(0);
    expect(told.toSorted((left, right) => left - right)).toEqual(told);
  });

  it('has the next page on its way while one is stored, and with --pull-concurrency several', async () => {
    let open = 0;
    let most = 0;
    const counting = async (request: ListRequest, links: boolean) => {
      most = Math.max(most, ++open);
      await systemClock.sleep(15);
      open--;
      return correctPage(locations(200), request, { cap: 10, links });
    };
    const four = await meet({ answer: request => counting(request, false), pullConcurrency: 4 });
    expect(await four.pull({ pageSize: 10 })).toMatchObject({ ok: true, objects: 200 });
    expect(most).toBe(4);
    most = 0;
    const linked = await meet({ answer: request => counting(request, true), pullConcurrency: 4 });
    expect(await linked.pull({ pageSize: 10 })).toMatchObject({ ok: true, objects: 200, pages: 20 });
    expect(most).toBe(1);
  });

  it('calls back the pages it asked for ahead when the list turns out to be shorter', async () => {
    const { pull } = await meet({
      answer: request => page(locations(25).slice(request.offset, request.offset + 7), { total: 25 }),
      pullConcurrency: 3,
    });
    expect(await pull({ pageSize: 10 })).toMatchObject({ ok: true, objects: 25, added: 25 });
  });
});
