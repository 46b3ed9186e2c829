import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent } from 'react';
import type { Notice } from '../../../../core/contract/health.ts';
import { isDesktop } from '../../../bridge/transport.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { tellBySystem } from '../../../ui/system-notices.ts';
import { Toasts } from '../../../ui/toasts.tsx';
import { SEVERITY_TONES } from '../links/link-line.ts';
import { MOST_SHOWN } from './fresh-notices.ts';
import { targetOf } from './notice-target.ts';
import styles from './notice-toasts.module.css';
import { useNews } from './use-news.ts';

/**
 * What has just gone over its threshold, on every view but the one that lists it; by the system too, where a browser was
 * allowed to. The desktop's own process does that for the desktop.
 */
export function NoticeToasts() {
  const t = useTexts('health');
  const numbers = new Intl.NumberFormat(useLanguage());
  const tellSystem = useSystemTelling();
  const { pathname, search } = useLocation();
  const { news, putAway } = useNews(tellSystem);
  const listed = pathname === '/health' && (search as { tab?: unknown }).tab === 'notices';
  const readThere = useEffectEvent(() => putAway());
  useEffect(() => {
    if (listed) readThere();
  }, [listed]);
  return (
    <Toasts
      label={t('toasts')}
      toasts={(listed ? [] : news.shown).map(notice => ({
        id: notice.id,
        tone: SEVERITY_TONES[notice.severity],
        content: (
          <>
            <div className={styles['what']}>
              {t(`kind-${notice.kind}`)} · {notice.link}
            </div>
            <Link {...targetOf(notice)} className={styles['link'] ?? ''} onClick={() => putAway(notice.id)}>
              <span lang="en">{notice.sentence}</span>
            </Link>
          </>
        ),
      }))}
      more={
        news.more > 0 && (
          <Link to="/health" search={{ tab: 'notices' }} className={styles['more'] ?? ''} onClick={() => putAway()}>
            {t('moreNotices', { count: news.more, number: numbers.format(news.more) })}
          </Link>
        )
      }
      onAway={id => putAway(Number(id))}
    />
  );
}

/** Each by itself; where many come at once, how many. */
function useSystemTelling(): (notices: readonly Notice[]) => void {
  const t = useTexts('health');
  const numbers = new Intl.NumberFormat(useLanguage());
  const go = useNavigate();
  return fresh => {
    const heavy = isDesktop(window) ? [] : fresh.filter(({ severity }) => severity !== 'note');
    const newest = heavy[0];
    if (newest === undefined) return;
    if (heavy.length > MOST_SHOWN) {
      tellBySystem(window, {
        title: t('systemTitleMany'),
        text: t('unseen', { count: heavy.length, number: numbers.format(heavy.length) }),
        tag: `ocpi-workbench-notices-${newest.id}`,
        onOpen: () => void go({ to: '/health', search: { tab: 'notices' } }),
      });
      return;
    }
    for (const notice of heavy) {
      tellBySystem(window, {
        title: t('systemTitle', { link: notice.link }),
        text: notice.sentence,
        tag: `ocpi-workbench-notice-${notice.id}`,
        onOpen: () => void go(targetOf(notice)),
      });
    }
  };
}
