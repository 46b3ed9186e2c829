import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent } from 'react';
import type { Notice } from '../../../../core/contract/health.ts';
import { isDesktop } from '../../../bridge/transport.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { tellBySystem } from '../../../ui/system-notices.ts';
import { type Toast, Toasts } from '../../../ui/toasts.tsx';
import { heaviest, SEVERITY_TONES } from '../links/link-line.ts';
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
  const alone = (notice: Notice): Toast => ({
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
  });
  // More than one reads, as after the first pull from a partner: how many there are, in one line.
  const count = news.shown.length + news.more;
  const together: Toast = {
    id: 'together',
    tone: SEVERITY_TONES[heaviest(news.shown) ?? 'note'],
    content: (
      <Link to="/health" search={{ tab: 'notices' }} className={styles['link'] ?? ''} onClick={() => putAway()}>
        {t('newNotices', { count, number: numbers.format(count) })}
      </Link>
    ),
  };
  return (
    <Toasts
      label={t('toasts')}
      toasts={listed ? [] : news.more > 0 ? [together] : news.shown.map(alone)}
      onAway={id => putAway(id === together.id ? undefined : Number(id))}
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
