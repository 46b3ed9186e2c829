import { describe, expect, it } from 'vitest';
import { envelope, type ListAnswer, type ListRequest, location, locations, page } from '../../support/paging-server.ts';
import { codesOf, meet } from './pulling.ts';

/** Answers in order, the last one again and again; URLs of `next` are relative to the list. */
function inOrder(...answers: ((request: ListRequest) => ListAnswer)[]) {
  return (request: ListRequest) => (answers[request.nth] ?? answers.at(-1) ?? (() => page([])))(request);
}

const nextOf = (request: ListRequest, query: string) => `${request.origin}/list/${request.list}?${query}`;
const paging = (codes: string[]) => codes.filter(code => /^(paging|status|objects)\./.test(code));

describe('a Link', () => {
  it('is followed byte for byte, however it is written', async () => {
    const odd = 'limit=2&offset=2&sig=a%2fB+c&&x';
    const { server, pull, ids } = await meet({
      answer: inOrder(
        request => page(locations(2), { total: 3, limit: 2, next: nextOf(request, odd) }),
        () => page(locations(1, 2), { total: 3, limit: 2 }),
      ),
    });
    const result = await pull({ pageSize: 2 });
    expect(result).toMatchObject({ ok: true, objects: 3, added: 3, pages: 2 });
    expect(server.requests[1]?.url).toBe(`/list/locations?${odd}`);
    expect(await ids()).toEqual(['0', '1', '2']);
    expect(paging(codesOf(result))).toEqual([]);
  });

  it('that leads round in a circle is noticed, and offsets find the rest', async () => {
    const { pull, server } = await meet({
      answer: request =>
        page(locations(5).slice(request.offset, request.offset + 2), {
          total: 5,
          limit: 2,
          next: nextOf(request, 'limit=2'),
        }),
    });
    const result = await pull({ pageSize: 2 });
    expect(codesOf(result)).toContain('paging.link.loop');
    expect(result).toMatchObject({ ok: true, objects: 5 });
    expect(server.requests.length).toBeLessThan(8);
  });

  it('that goes on for ever with the same objects is noticed', async () => {
    const { pull, server } = await meet({
      answer: request => page(locations(2), { next: nextOf(request, `limit=2&offset=${request.offset + 2}`) }),
    });
    const result = await pull({ pageSize: 2 });
    expect(codesOf(result)).toContain('paging.page-repeated');
    expect(result.objects).toBe(2);
    expect(server.requests.length).toBeLessThan(5);
  });

  it('to another origin is not followed with our token: the pull stops and says why', async () => {
    const other = await meet({ answer: () => page(locations(2, 2)) });
    const { pull } = await meet({
      answer: () => page(locations(2), { total: 4, next: `${other.server.origin}/list/locations?offset=2` }),
    });
    const result = await pull();
    expect(result).toMatchObject({ ok: false, objects: 2 });
    expect(result.summary).toContain('another origin');
    expect(codesOf(result)).toContain('paging.link.origin');
    expect(other.server.requests).toEqual([]);
  });

  it.each([
    ['the literal None', 'None'],
    ['nothing', ''],
    ['a URL of another scheme', '<ftp://p.example/x>; rel="next"'],
  ])('that is %s is found unusable, and offsets find the rest', async (_, link) => {
    const { pull } = await meet({
      answer: request => page(locations(5).slice(request.offset, request.offset + 2), { total: 5, limit: 2, link }),
    });
    const result = await pull({ pageSize: 2 });
    expect(codesOf(result)).toEqual(expect.arrayContaining(['paging.link.unusable', 'paging.link.missing']));
    expect(result).toMatchObject({ ok: true, objects: 5 });
  });

  it('that is relative is resolved, with a finding', async () => {
    const { pull } = await meet({
      answer: inOrder(
        () => page(locations(2), { total: 3, limit: 2, next: '/list/locations?offset=2&limit=2' }),
        () => page(locations(1, 2), { total: 3, limit: 2 }),
      ),
    });
    const result = await pull({ pageSize: 2 });
    expect(codesOf(result)).toContain('paging.link.relative');
    expect(result).toMatchObject({ ok: true, objects: 3 });
  });

  it('that loses filters or page size is noticed', async () => {
    const { pull } = await meet({
      answer: inOrder(
        request => page(locations(2), { total: 3, limit: 2, next: nextOf(request, 'offset=2') }),
        () => page(locations(1, 2), { total: 3, limit: 2 }),
      ),
    });
    const result = await pull({ pageSize: 2, dateFrom: '2026-01-01T00:00:00Z' });
    expect(codesOf(result)).toEqual(expect.arrayContaining(['paging.link.filters-lost', 'paging.link.limit-lost']));
  });

  it('on an empty last page ends the list there', async () => {
    const { pull, server } = await meet({
      answer: inOrder(
        request => page(locations(2), { limit: 2, next: nextOf(request, 'offset=2&limit=2') }),
        request => page([], { limit: 2, next: nextOf(request, 'offset=4&limit=2') }),
      ),
    });
    const result = await pull({ pageSize: 2 });
    expect(codesOf(result)).toContain('paging.link.on-empty-page');
    expect(result).toMatchObject({ ok: true, objects: 2 });
    // One page ahead is all that was asked for too much.
    expect(server.requests.length).toBeLessThanOrEqual(3);
  });
});

describe('parameters', () => {
  it('an ignored offset is noticed by the same page coming again', async () => {
    const { pull, server } = await meet({ answer: () => page(locations(3)) });
    const result = await pull();
    expect(codesOf(result)).toContain('paging.offset-ignored');
    expect(result).toMatchObject({ ok: true, objects: 3, vanished: 0 });
    expect(server.requests).toHaveLength(3);
  });

  it('an ignored date_from is noticed by older objects', async () => {
    const old = [location('new', '2026-11-02T00:00:00Z'), location('old', '2026-10-01T00:00:00Z')];
    const { pull } = await meet({ answer: () => page(old, { total: 2, limit: 100 }) });
    const result = await pull({ dateFrom: '2026-11-01T00:00:00Z' });
    const ignored = result.findings.find(({ code }) => code === 'paging.date-from-ignored');
    expect(ignored).toMatchObject({ met: 'last_updated 2026-10-01T00:00:00Z', count: 1 });
    expect(codesOf(await pull({ dateFrom: '2026-10-01T00:00:00Z' }))).not.toContain('paging.date-from-ignored');
  });

  it('an ignored date_to is noticed by newer objects', async () => {
    const { pull } = await meet({
      answer: () => page([location('a', '2026-11-02T00:00:00Z')], { total: 1, limit: 9 }),
    });
    const result = await pull({ dateFrom: '2026-10-01T00:00:00Z', dateTo: '2026-11-01T00:00:00Z' });
    expect(codesOf(result)).toContain('paging.date-to-ignored');
  });

  it('a cap below the limit asked for is noticed, told or not, and nothing is lost', async () => {
    const capped = (limit?: number) => (request: ListRequest) =>
      page(locations(7).slice(request.offset, request.offset + 3), { total: 7, ...(limit ? { limit } : {}) });
    const told = await meet({ answer: capped(3) });
    const result = await told.pull({ pageSize: 5 });
    expect(codesOf(result)).toContain('paging.limit.capped');
    expect(result).toMatchObject({ ok: true, objects: 7 });
    const untold = await meet({ answer: capped() });
    const second = await untold.pull({ pageSize: 5 });
    expect(codesOf(second)).toContain('paging.limit.capped');
    expect(second).toMatchObject({ ok: true, objects: 7 });
  });

  it('a cap that no header tells of is found by asking once more', async () => {
    const { pull } = await meet({ answer: request => page(locations(7).slice(request.offset, request.offset + 3)) });
    const result = await pull({ pageSize: 100 });
    expect(result).toMatchObject({ ok: true, objects: 7 });
    expect(codesOf(result)).toContain('paging.link.missing');
  });

  it('an X-Limit that lies is noticed, both ways', async () => {
    const many = await meet({ answer: () => page(locations(5), { total: 5, limit: 2 }) });
    const result = await many.pull();
    expect(result.findings.find(({ code }) => code === 'paging.limit.untrue')).toMatchObject({ severity: 'warning' });
    const few = await meet({
      answer: request => page(locations(6).slice(request.offset, request.offset + 2), { total: 6, limit: 4 }),
    });
    const second = await few.pull({ pageSize: 4 });
    expect(second).toMatchObject({ ok: true, objects: 6 });
    expect(codesOf(second)).toContain('paging.limit.untrue');
  });
});

describe('counts', () => {
  it('an X-Total-Count that rises is noticed, and nothing is read anew', async () => {
    const { pull, server } = await meet({
      answer: request =>
        page(locations(request.offset === 0 ? 4 : 6).slice(request.offset, request.offset + 4), {
          total: request.offset === 0 ? 5 : 6,
          limit: 4,
          ...(request.offset === 0 ? { next: nextOf(request, 'offset=4&limit=4') } : {}),
        }),
    });
    const result = await pull({ pageSize: 4 });
    expect(codesOf(result)).toContain('paging.count.drifts');
    expect(result).toMatchObject({ ok: true, objects: 6 });
    expect(server.requests).toHaveLength(2);
  });

  it('an X-Total-Count that falls makes the page be asked for again with a smaller offset', async () => {
    const all = locations(6);
    const { pull, server, ids } = await meet({
      answer: request => {
        // The first object leaves the result set after the first page was read.
        const now = request.nth === 0 ? all : all.slice(1);
        const end = request.offset + 3;
        const next = nextOf(request, `date_to=2026-11-20T00%3A00%3A00Z&offset=${end}&limit=3`);
        return page(now.slice(request.offset, end), {
          total: now.length,
          limit: 3,
          ...(end < now.length ? { next } : {}),
        });
      },
    });
    const result = await pull({ pageSize: 3, dateTo: '2026-11-20T00:00:00Z' });
    expect(result).toMatchObject({ ok: true, objects: 6 });
    expect(codesOf(result)).toEqual(expect.arrayContaining(['paging.count.drifts', 'paging.shifted']));
    expect(codesOf(result)).not.toContain('paging.items-twice');
    expect(server.requests.map(({ offset }) => offset)).toEqual([0, 3, 2]);
    expect(server.requests[2]?.query.get('date_to')).toBe('2026-11-20T00:00:00Z');
    expect(await ids()).toHaveLength(6);
  });

  it('objects that come twice are noticed and kept once', async () => {
    const { pull, ids } = await meet({
      answer: inOrder(
        request => page(locations(3), { total: 5, limit: 3, next: nextOf(request, 'offset=3&limit=3') }),
        () => page(locations(3, 2), { total: 5, limit: 3 }),
      ),
    });
    const result = await pull({ pageSize: 3 });
    expect(codesOf(result)).toContain('paging.items-twice');
    expect(result).toMatchObject({ ok: true, objects: 5, added: 5 });
    expect(await ids()).toHaveLength(5);
  });

  it('objects that never come are noticed, and nothing is taken for vanished then', async () => {
    let skipped = false;
    const { pull } = await meet({
      answer: ({ offset }) => page(locations(skipped ? 3 : 5).slice(offset), { total: 5, limit: 10 }),
    });
    expect(codesOf(await pull({ full: true }))).not.toContain('paging.items-skipped');
    skipped = true;
    const result = await pull({ full: true });
    expect(result.findings.find(({ code }) => code === 'paging.items-skipped')).toMatchObject({
      met: '3 of 5 objects',
    });
    expect(result).toMatchObject({ ok: true, vanished: 0 });
    expect(result.summary).toContain('nothing was taken for vanished');
  });

  it('an X-Total-Count below what the list holds is noticed', async () => {
    const { pull } = await meet({ answer: () => page(locations(5), { total: 2, limit: 10 }) });
    const result = await pull();
    expect(codesOf(result)).toContain('paging.count.untrue');
    expect(result).toMatchObject({ ok: true, objects: 5 });
  });
});

describe('answers', () => {
  it('200 with 3000 and an empty list is a failure, not an empty list', async () => {
    const { pull, server } = await meet({
      answer: request =>
        request.nth < 2 ? { body: envelope('[]', 3000) } : page(locations(2), { total: 2, limit: 10 }),
    });
    const result = await pull();
    expect(result).toMatchObject({ ok: true, objects: 2, pages: 1 });
    expect(result.findings.find(({ code }) => code === 'status.error-with-empty-list')).toMatchObject({ count: 2 });
    expect(server.requests).toHaveLength(3);
  });

  it('an empty list with routing headers that address their sender is noticed', async () => {
    const self = [
      ['OCPI-to-party-id', 'TNM'],
      ['OCPI-to-country-code', 'NL'],
      ['OCPI-from-party-id', 'TNM'],
      ['OCPI-from-country-code', 'NL'],
    ] as const;
    const { pull } = await meet({ answer: () => ({ headers: self, body: envelope('[]') }) });
    expect(codesOf(await pull())).toContain('paging.list.self-addressed');
  });

  it('data that is null is an empty list with a finding; data that is no list ends the pull', async () => {
    const none = await meet({ answer: () => ({ body: envelope('null') }) });
    expect(codesOf(await none.pull())).toContain('paging.data.none');
    const other = await meet({
      answer: () => ({ body: envelope('{"locations":[]}') }),
    });
    const result = await other.pull();
    expect(result.ok).toBe(false);
    expect(result.summary).toContain('data is no list');
  });

  it('last_updated that moves alone, and changes that leave it where it was, are noticed', async () => {
    const first = [location('a', '2026-11-01T00:00:00Z'), location('b', '2026-11-01T00:00:00Z', ',"city":"Oslo"')];
    const second = [location('a', '2026-11-02T00:00:00Z'), location('b', '2026-11-01T00:00:00Z', ',"city":"Bergen"')];
    const { pull } = await meet({
      answer: request => page(request.nth === 0 ? first : second, { total: 2, limit: 10 }),
    });
    expect(paging(codesOf(await pull({ full: true, pageSize: 10 })))).toEqual([]);
    const result = await pull({ full: true });
    expect(result).toMatchObject({ ok: true, changed: 2, unchanged: 0 });
    expect(codesOf(result)).toEqual(
      expect.arrayContaining(['objects.updated-without-change', 'objects.changed-without-update']),
    );
  });

  it('one bad object never spoils its page', async () => {
    const { pull, ids } = await meet({
      answer: () => page([location('a'), '{"name":"no id"}', '17', location('b')], { total: 4, limit: 10 }),
    });
    const result = await pull();
    expect(result).toMatchObject({ ok: true, objects: 2, added: 2 });
    expect(codesOf(result)).toContain('object.id-unusable');
    expect(await ids()).toEqual(['a', 'b']);
  });
});
