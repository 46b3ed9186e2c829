import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useBridge } from '../bridge/bridge.ts';
import { useConnectionState } from '../bridge/connection.ts';
import { useTexts } from '../texts/use-texts.ts';
import styles from './connection-banner.module.css';

const TICK_MS = 250;

/** Says what is going on while the core does not answer; gone as soon as it does. */
export function ConnectionBanner() {
  const t = useTexts('shell');
  const { connection } = useBridge();
  const { status, nextAttemptAt, noWay } = useConnectionState();
  const now = useNow(status === 'lost');
  if (status !== 'lost') return null;
  const seconds = nextAttemptAt === undefined ? 0 : Math.max(0, Math.ceil((nextAttemptAt - now) / 1000));
  return (
    <div className={styles['banner']} role="alert">
      <span>{noWay === 'refused' ? t('lostRefused') : t('lostBanner')}</span>
      <span className={styles['next']} aria-hidden>
        {seconds === 0 ? t('lostTrying') : t('lostNext', { count: seconds })}
      </span>
      <Button variant="default" onClick={connection.retryNow} disabled={nextAttemptAt === undefined}>
        {t('tryNow')}
      </Button>
    </div>
  );
}

function useNow(running: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
