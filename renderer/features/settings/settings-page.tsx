import { failureOf } from '../../bridge/failure.ts';
import { usePlatform } from '../../bridge/queries.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { PlatformForm } from './platform-form.tsx';
import { ServingPanel } from './serving-panel.tsx';
import styles from './settings.module.css';
import { StoragePanel } from './storage-panel.tsx';
import { WindowPanel } from './window-panel.tsx';
import { WorkbenchPanel } from './workbench-panel.tsx';

export function SettingsPage() {
  const t = useTexts('settings');
  const { data: platform, error, refetch } = usePlatform();
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>{t('title')}</h1>
      {error !== null && <FailureNote failure={failureOf(error)} onRetry={() => void refetch()} />}
      <div className={styles['columns']}>
        <div>
          {platform !== undefined && (
            <>
              <ServingPanel platform={platform} />
              <PlatformForm platform={platform} />
            </>
          )}
        </div>
        <div>
          <WindowPanel />
          {platform !== undefined && <WorkbenchPanel platform={platform} />}
          <StoragePanel />
        </div>
      </div>
    </div>
  );
}
