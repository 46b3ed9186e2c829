import { Outlet } from '@tanstack/react-router';
import { NoticeToasts } from '../features/health/notices/notice-toasts.tsx';
import { LogOpener } from '../features/logs/open/log-opener.tsx';
import { ViewingBanner } from '../features/logs/viewing/viewing-banner.tsx';
import { DecisionStrip } from '../features/send/decisions/decision-strip.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { BottomBar } from './bottom-bar.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { usePalette } from './palette/palette.tsx';
import { Rail } from './rail.tsx';
import styles from './shell.module.css';
import { TopBar } from './top-bar.tsx';
import { useDocumentTitle } from './use-document-title.ts';

/** The frame: rail, bars, and the view between them. */
export function Shell() {
  const t = useTexts('shell');
  const palette = usePalette();
  useDocumentTitle();
  return (
    <div className={styles['frame']}>
      <button type="button" className={styles['skip']} onClick={() => document.getElementById('content')?.focus()}>
        {t('skipToContent')}
      </button>
      <TopBar onSearch={palette.open} />
      <Rail />
      <main id="content" className={styles['main']} tabIndex={-1}>
        <ConnectionBanner />
        <ViewingBanner />
        <LogOpener>
          <Outlet />
        </LogOpener>
      </main>
      <div className={styles['waiting']}>
        <DecisionStrip />
      </div>
      <BottomBar />
      <NoticeToasts />
      {palette.element}
    </div>
  );
}
