import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { LinkHealth } from '../../../../core/contract/health.ts';
import type { LinkView } from '../../../../core/contract/links.ts';
import { PulledModule } from '../../../../core/contract/objects.ts';
import { unpullable } from '../../../links/pullable.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { AgoText } from '../../../ui/ago-text.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { Panel } from '../../../ui/panel.tsx';
import area from '../health.module.css';
import { BegunPulls } from '../schedules/begun-pulls.tsx';
import { everyOf } from '../schedules/every.ts';
import { ScheduleDialog } from '../schedules/schedule-dialog.tsx';
import { LastPull } from '../schedules/schedule-row.tsx';
import { useScheduleDesk } from '../schedules/use-schedule-desk.ts';
import { useSchedules } from '../use-health.ts';
import styles from './link-health.module.css';

const NO_SCHEDULES: never[] = [];

export interface PullsPanelProps {
  readonly health: LinkHealth;
  /** Undefined until it is known. */
  readonly link: LinkView | undefined;
  readonly now: number;
}

/** Each module that was pulled or is by schedule: when last, and when next. */
export function PullsPanel({ health, link, now }: PullsPanelProps) {
  const t = useTexts('health');
  const language = useLanguage();
  const desk = useScheduleDesk();
  const schedules = useSchedules().data ?? NO_SCHEDULES;
  const [adding, setAdding] = useState(false);
  const possible = PulledModule.options.filter(module => link !== undefined && unpullable(link, module) === undefined);
  const own = schedules.filter(one => one.link === health.link);
  const scheduled = own.filter(({ module }) => !health.pulls.some(pull => pull.module === module));
  const lines = [
    ...health.pulls,
    ...scheduled.map(({ module }) => ({ module, lastGood: null, last: null, lastOk: null, runId: null })),
  ];
  return (
    <Panel
      title={t('pullsTitle')}
      actions={
        <>
          <Link to="/health" search={{ tab: 'schedules', link: health.link }}>
            {t('tab-schedules')}
          </Link>
          <Button
            variant="default"
            disabled={possible.length === 0}
            onClick={() => {
              desk.doing.dismiss();
              setAdding(true);
            }}
          >
            {t('newSchedule')}
          </Button>
        </>
      }
    >
      <BegunPulls
        begun={desk.begun}
        putAway={desk.putAway}
        production={new Set(health.environment === 'production' ? [health.link] : [])}
      />
      {desk.doing.failure !== undefined && !adding && <FailureNote failure={desk.doing.failure} />}
      {lines.length === 0 ? (
        <p className={styles['none']}>{t('noPulls')}</p>
      ) : (
        <table className={area['table']} aria-label={t('pullsTitle')}>
          <thead>
            <tr>
              {(['module', 'good', 'last', 'every', 'next'] as const).map(column => (
                <th key={column} scope="col">
                  {t(`column-${column}`)}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {lines.map(pull => {
              const schedule = own.find(({ module }) => module === pull.module);
              const every = schedule && everyOf(schedule.every);
              const pulled = possible.find(module => module === pull.module);
              return (
                <tr key={pull.module}>
                  <td>
                    <Mono>{pull.module}</Mono>
                  </td>
                  <td>
                    {pull.lastGood === null ? (
                      <span className={styles['dim']}>{t('never')}</span>
                    ) : (
                      <AgoText at={pull.lastGood} now={now} language={language} />
                    )}
                  </td>
                  <td>
                    <LastPull pull={{ ...pull, schedule: null }} now={now} />
                  </td>
                  <td>
                    {every === undefined ? (
                      <span className={styles['dim']}>{t('noSchedule')}</span>
                    ) : (
                      t(`every-${every.unit}`, { count: every.count })
                    )}
                  </td>
                  <td>
                    {schedule !== undefined &&
                      (schedule.nextAt === null ? (
                        <span className={styles['dim']}>{t('notWhileSilent')}</span>
                      ) : (
                        <AgoText at={schedule.nextAt} now={now} language={language} />
                      ))}
                  </td>
                  <td className={styles['end']}>
                    {pulled !== undefined && (
                      <Button
                        variant="default"
                        disabled={desk.doing.busy}
                        aria-label={t('pullNowOf', { link: health.link, module: pulled })}
                        onClick={() => void desk.pullNow(health.link, pulled)}
                      >
                        {t('pullNow')}
                      </Button>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {adding && (
        <ScheduleDialog
          schedule={undefined}
          links={link === undefined ? [] : [link]}
          schedules={schedules}
          link={health.link}
          desk={desk}
          onClose={() => {
            desk.doing.dismiss();
            setAdding(false);
          }}
        />
      )}
    </Panel>
  );
}
