import { Switch } from '@mantine/core';
import { useState } from 'react';
import { isDesktop } from '../../bridge/transport.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { switchSystemNotices, systemNotices } from '../../ui/system-notices.ts';
import styles from './settings.module.css';

/** Whether a browser tells by the system what is over its threshold; the desktop does so by itself. */
export function SystemNoticesRow() {
  const t = useTexts('settings');
  const [state, setState] = useState(() => systemNotices(window));
  const [busy, setBusy] = useState(false);
  const change = async (on: boolean) => {
    setBusy(true);
    setState(await switchSystemNotices(window, on));
    setBusy(false);
  };
  return (
    <>
      <dt>{t('systemNotices')}</dt>
      <dd className={styles['stacked']}>
        {isDesktop(window) ? (
          <span>{t('systemNoticesDesktop')}</span>
        ) : (
          <>
            <Switch
              aria-label={t('systemNoticesOn')}
              label={t('systemNoticesOn')}
              checked={state === 'on'}
              disabled={busy || state === 'missing' || state === 'denied'}
              onChange={event => void change(event.currentTarget.checked)}
            />
            <span className={styles['hint']} role="status">
              {t(`systemNotices-${state}`)}
            </span>
          </>
        )}
      </dd>
    </>
  );
}
