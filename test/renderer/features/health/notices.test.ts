import { describe, expect, it } from 'vitest';
import { NoticeKind } from '../../../../core/contract/health.ts';
import {
  MOST_SHOWN,
  NO_NEWS,
  newsOf,
  withoutNews,
} from '../../../../renderer/features/health/notices/fresh-notices.ts';
import { targetOf } from '../../../../renderer/features/health/notices/notice-target.ts';
import { notice } from './made.ts';

const ids = (notices: readonly { readonly id: number }[]) => notices.map(({ id }) => id);
const open = (...given: readonly number[]) => given.map(id => notice({ id }));
const begun = newsOf(open(2), NO_NEWS).news;

describe('news of notices', () => {
  it('are none at the first look: what goes on already stands in the list', () => {
    expect(newsOf(open(7), NO_NEWS)).toEqual({ news: { newest: 7, shown: [], more: 0 }, fresh: [] });
    expect(newsOf([], NO_NEWS).news.newest).toBe(0);
  });

  it('begin with the first one where there was none before', () => {
    expect(ids(newsOf(open(1), newsOf([], NO_NEWS).news).fresh)).toEqual([1]);
  });

  it('are what came since, the newest first, and each once', () => {
    const next = newsOf(open(3, 4, 2), begun);
    expect(ids(next.fresh)).toEqual([4, 3]);
    expect(ids(next.news.shown)).toEqual([4, 3]);
    const again = newsOf(open(2, 3, 4), next.news);
    expect(again.fresh).toEqual([]);
    expect(ids(again.news.shown)).toEqual([4, 3]);
  });

  it('leave out what was seen elsewhere or is over, and do not come back with it', () => {
    const given = [notice({ id: 5, acknowledged: true }), notice({ id: 6, until: '2026-03-01T11:00:00Z' })];
    const next = newsOf(given, begun);
    expect(next).toEqual({ news: { newest: 6, shown: [], more: 0 }, fresh: [] });
    expect(newsOf(open(5), next.news).fresh).toEqual([]);
  });

  it('go when what they tell of is well again, or was acknowledged', () => {
    const { news } = newsOf(open(3, 4), begun);
    expect(ids(newsOf(open(3), news).news.shown)).toEqual([3]);
    expect(newsOf([notice({ id: 3, acknowledged: true })], news).news.shown).toEqual([]);
  });

  it('are counted where there are more than one reads, and the count goes with the last one', () => {
    const many = Array.from({ length: 150 }, (_, at) => at + 3);
    const { news, fresh } = newsOf(open(...many), begun);
    expect(fresh).toHaveLength(150);
    expect(ids(news.shown)).toEqual([152, 151, 150]);
    expect(news.more).toBe(150 - MOST_SHOWN);
    const fewer = withoutNews(withoutNews(news, 152), 151);
    expect(ids(fewer.shown)).toEqual([150]);
    expect(fewer.more).toBe(147);
    expect(withoutNews(fewer, 150)).toEqual({ newest: 152, shown: [], more: 0 });
    expect(withoutNews(news)).toEqual({ newest: 152, shown: [], more: 0 });
  });
});

describe('where a notice leads', () => {
  it('is what it is about', () => {
    const of = (part: Parameters<typeof notice>[0]) => targetOf(notice(part));
    expect(of({ kind: 'evse-out-of-order', party: 'NL-TNM', location: 'LOC/1' })).toEqual({
      to: '/health/locations/$link/$party/$id',
      params: { link: 'volta', party: 'NL-TNM', id: 'LOC/1' },
    });
    expect(of({ kind: 'availability-low', location: 'LOC1' })).toMatchObject({ params: { party: '-' } });
    expect(of({ kind: 'token-old' })).toMatchObject({ search: { tab: 'tokens' } });
    expect(of({ kind: 'endpoints-changed' })).toMatchObject({ search: { tab: 'endpoints' } });
    expect(of({ kind: 'error-rate', link: 'Volta test' })).toEqual({
      to: '/errors',
      search: { q: 'link:"Volta test"' },
    });
  });

  it('is somewhere for every kind there is', () => {
    for (const kind of NoticeKind.options) expect(targetOf(notice({ kind })).to).toMatch(/^\//);
  });
});
