import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { LinkHealth } from '../../../../core/contract/health.ts';
import type { PullSchedule } from '../../../../core/contract/pulls.ts';
import { ProductionChip } from '../../../links/production.tsx';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { AgoText } from '../../../ui/ago-text.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { percentText } from '../percent.ts';
import { everyOf } from './every.ts';
import styles from './schedules.module.css';

export type PullHealth = LinkHealth['pulls'][number];

export interface ScheduleRowProps {
  readonly schedule: PullSchedule;
  /** Undefined while that is not known. */
  readonly pull: PullHealth | undefined;
  readonly production: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly busy: boolean;
  readonly onEdit: () => void;
  readonly onPull: () => void;
  readonly onEnd: () => void;
}

export function ScheduleRow({ schedule, pull, production, now, busy, onEdit, onPull, onEnd }: ScheduleRowProps) {
  const t = useTexts('health');
  const language = useLanguage();
  const { link, module, every, jitter, failures, nextAt } = schedule;
  const { count, unit } = everyOf(every);
  const named = { link, module };
  return (
    <tr>
      <td>
        <span className={styles['named']}>
          <Link to="/health/links/$name" params={{ name: link }}>
            {link}
          </Link>
          {production && <ProductionChip />}
        </span>
      </td>
      <td>
        <Mono>{module}</Mono>
      </td>
      <td>
        {t(`every-${unit}`, { count })} <span className={styles['dim']}>± {percentText(jitter, language)}</span>
      </td>
      <td>
        {nextAt === null ? (
          <span className={styles['dim']}>{t('notWhileSilent')}</span>
        ) : (
          <AgoText at={nextAt} now={now} language={language} />
        )}
      </td>
      <td>
        <LastPull pull={pull} now={now} />
        {failures > 0 && <Chip tone="bad">{t('failedTimes', { count: failures })}</Chip>}
      </td>
      <td>
        <span className={styles['buttons']}>
          <Button variant="default" disabled={busy} onClick={onPull} aria-label={t('pullNowOf', named)}>
            {t('pullNow')}
          </Button>
          <Button variant="default" disabled={busy} onClick={onEdit} aria-label={t('editOf', named)}>
            {t('edit')}
          </Button>
          <Button variant="default" color="red" disabled={busy} onClick={onEnd} aria-label={t('endOf', named)}>
            {t('end')}
          </Button>
        </span>
      </td>
    </tr>
  );
}

/** When it was pulled last, whatever came of it; leads to its exchanges. */
export function LastPull({ pull, now }: { readonly pull: PullHealth | undefined; readonly now: number }) {
  const t = useTexts('health');
  const language = useLanguage();
  if (pull === undefined || pull.last === null) return <span className={styles['dim']}>{t('never')}</span>;
  const when = <AgoText at={pull.last} now={now} language={language} />;
  return (
    <span className={styles['named']}>
      {pull.runId === null ? (
        when
      ) : (
        <Link to="/traffic" search={{ q: `run:${pull.runId}` }}>
          {when}
        </Link>
      )}
      {pull.lastOk === false && <Chip tone="bad">{t('pullFailed')}</Chip>}
    </span>
  );
}
