import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Notice } from '../../../../core/contract/health.ts';
import { LinkName } from '../../../links/link-name.tsx';
import type { Texts } from '../../../texts/use-texts.ts';
import { AgoText } from '../../../ui/ago-text.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { classNames } from '../../../ui/class-names.ts';
import type { Column } from '../../../ui/table/table-row.tsx';
import { durationText } from '../../../ui/time-format.ts';
import { SEVERITY_TONES } from '../links/link-line.ts';
import styles from './notice-columns.module.css';
import { targetOf } from './notice-target.ts';

export interface NoticeColumnsOptions {
  readonly t: Texts<'health'>;
  readonly language: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Names of links to production partners. */
  readonly production: ReadonlySet<string>;
  readonly onSeen: (id: number) => void;
}

/** A sentence that leads to what it is about, and beneath it whose it is. */
export function noticeColumns({
  t,
  language,
  now,
  production,
  onSeen,
}: NoticeColumnsOptions): readonly Column<Notice>[] {
  const words = { unknown: '', production: t('productionShort') };
  return [
    {
      id: 'severity',
      header: t('column-severity'),
      width: 84,
      cell: ({ severity }) => <Chip tone={SEVERITY_TONES[severity]}>{t(`severity-${severity}`)}</Chip>,
    },
    {
      id: 'what',
      header: t('column-what'),
      cell: notice => (
        <span className={styles['lines']}>
          <span className={styles['sentence']} title={notice.sentence} lang="en">
            <Link {...targetOf(notice)} tabIndex={-1}>
              {notice.sentence}
            </Link>
          </span>
          <span className={classNames(styles['line'], styles['dim'])}>
            <LinkName link={notice.link} production={production.has(notice.link)} words={words} />
            {' · '}
            {t(`kind-${notice.kind}`)}
            {notice.subject !== '' && ` · ${notice.subject}`}
          </span>
        </span>
      ),
    },
    {
      id: 'since',
      header: t('column-since'),
      width: 124,
      cell: ({ since, until }) => (
        <span className={styles['lines']}>
          <span className={styles['line']}>
            <AgoText at={since} now={now} language={language} />
          </span>
          <span className={classNames(styles['line'], styles['dim'])}>
            {until === null
              ? t('goesOn')
              : t('lasted', { time: durationText(Math.max(0, Date.parse(until) - Date.parse(since))) })}
          </span>
        </span>
      ),
    },
    {
      id: 'seen',
      header: t('column-seen'),
      width: 136,
      cell: ({ id, acknowledged, until, sentence }) =>
        acknowledged || until !== null ? (
          <span className={styles['dim']}>{t(acknowledged ? 'seen' : 'notSeen')}</span>
        ) : (
          <Button
            variant="default"
            tabIndex={-1}
            aria-label={t('acknowledgeOne', { sentence })}
            onClick={event => {
              event.stopPropagation();
              onSeen(id);
            }}
          >
            {t('acknowledge')}
          </Button>
        ),
    },
  ];
}
