import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Notice } from '../../../../core/contract/health.ts';
import { useOpenNotices } from '../use-health.ts';
import { type News, NO_NEWS, newsOf, withoutNews } from './fresh-notices.ts';

/** Notices that came while the page is open and were not put away. `onFresh` hears of each once. */
export function useNews(onFresh: (notices: readonly Notice[]) => void): {
  readonly news: News;
  /** One, or all of them. */
  readonly putAway: (id?: number) => void;
} {
  const open = useOpenNotices().data?.notices;
  const [news, setNews] = useState(NO_NEWS);
  const current = useRef(NO_NEWS);
  // Several go in the same moment: each is taken off what is left by then.
  const keep = (next: News) => {
    current.current = next;
    setNews(next);
  };
  const take = useEffectEvent((notices: readonly Notice[]) => {
    const { news, fresh } = newsOf(notices, current.current);
    keep(news);
    if (fresh.length > 0) onFresh(fresh);
  });
  useEffect(() => {
    if (open !== undefined) take(open);
  }, [open]);
  return { news, putAway: id => keep(withoutNews(current.current, id)) };
}
