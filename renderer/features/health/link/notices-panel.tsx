import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Notice } from '../../../../core/contract/health.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { AgoText } from '../../../ui/ago-text.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SEVERITY_TONES } from '../links/link-line.ts';
import { targetOf } from '../notices/notice-target.ts';
import { useAcknowledge } from '../notices/use-acknowledge.ts';
import styles from './link-health.module.css';

const MOST = 6;

export interface NoticesPanelProps {
  readonly link: string;
  readonly notices: readonly Notice[];
  readonly now: number;
}

/** What of this link is over its threshold now. */
export function NoticesPanel({ link, notices, now }: NoticesPanelProps) {
  const t = useTexts('health');
  const language = useLanguage();
  const numbers = new Intl.NumberFormat(language);
  const { busy, failure, some, all } = useAcknowledge();
  const open = notices.filter(({ until }) => until === null);
  const unseen = open.filter(({ acknowledged }) => !acknowledged);
  return (
    <Panel
      title={t('openNotices')}
      actions={
        <>
          <Link to="/health" search={{ tab: 'notices', link }}>
            {t('allNotices', { count: open.length, number: numbers.format(open.length) })}
          </Link>
          {unseen.length > 1 && (
            <Button variant="default" disabled={busy} onClick={() => void all(link)}>
              {t('acknowledgeAll')}
            </Button>
          )}
        </>
      }
    >
      {failure !== undefined && <FailureNote failure={failure} />}
      {open.length === 0 ? (
        <p className={styles['none']}>{t('allWellTitle')}</p>
      ) : (
        <ul className={styles['list']}>
          {open.slice(0, MOST).map(notice => {
            const { id, severity, sentence, since, acknowledged } = notice;
            const here = targetOf(notice).to === '/health/links/$name';
            return (
              <li key={id} className={styles['notice']}>
                <Chip tone={SEVERITY_TONES[severity]}>{t(`severity-${severity}`)}</Chip>
                <span className={styles['sentence']} lang="en">
                  {here ? sentence : <Link {...targetOf(notice)}>{sentence}</Link>}
                </span>
                <span className={styles['dim']}>
                  <AgoText at={since} now={now} language={language} />
                </span>
                {acknowledged ? (
                  <span className={styles['dim']}>{t('seen')}</span>
                ) : (
                  <Button
                    variant="default"
                    disabled={busy}
                    aria-label={t('acknowledgeOne', { sentence })}
                    onClick={() => void some([id])}
                  >
                    {t('acknowledge')}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
