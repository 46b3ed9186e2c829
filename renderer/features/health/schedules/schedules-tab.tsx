import { Button, NativeSelect } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { PulledModule } from '../../../../core/contract/objects.ts';
import type { PullSchedule } from '../../../../core/contract/pulls.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useLinks } from '../../../bridge/queries.ts';
import { productionNames } from '../../../links/production-names.ts';
import { unpullable } from '../../../links/pullable.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { useConfirm } from '../../../ui/confirm.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Toolbar } from '../../../ui/toolbar.tsx';
import { useNow } from '../../../ui/use-now.ts';
import styles from '../health.module.css';
import type { HealthSearch } from '../search.ts';
import { useLinksHealth, useSchedules } from '../use-health.ts';
import { BegunPulls } from './begun-pulls.tsx';
import { ScheduleDialog } from './schedule-dialog.tsx';
import { ScheduleRow } from './schedule-row.tsx';
import own from './schedules.module.css';
import { useScheduleDesk } from './use-schedule-desk.ts';

const NO_LINKS: never[] = [];
const NOW_MS = 5000;
const COLUMNS = ['link', 'module', 'every', 'next', 'last'] as const;

export interface SchedulesTabProps {
  readonly search: HealthSearch;
  readonly onShow: (change: HealthSearch, how: { readonly replace: boolean }) => void;
}

/** What is pulled by itself while the workbench listens, how often, and when next. */
export function SchedulesTab({ search, onShow }: SchedulesTabProps) {
  const t = useTexts('health');
  const numbers = new Intl.NumberFormat(useLanguage());
  const now = useNow(NOW_MS);
  const confirm = useConfirm();
  // Not those of imported logs, where nothing happens any more.
  const links = (useLinks().data ?? NO_LINKS).filter(({ importedLog }) => importedLog === null);
  const health = useLinksHealth().data?.links ?? [];
  const schedules = useSchedules();
  const desk = useScheduleDesk();
  const [editing, setEditing] = useState<PullSchedule | 'new'>();
  const { link } = search;
  if (schedules.data === undefined) {
    return schedules.error === null ? (
      <Loading text={t('loading')} />
    ) : (
      <div className={styles['message']}>
        <FailureNote failure={failureOf(schedules.error)} onRetry={() => void schedules.refetch()} />
      </div>
    );
  }
  const all = schedules.data;
  const shown = all.filter(one => link === undefined || one.link === link);
  const production = productionNames(links);
  const isPossible = links.some(one => PulledModule.options.some(module => unpullable(one, module) === undefined));
  const begin = () => {
    desk.doing.dismiss();
    setEditing('new');
  };
  const end = async ({ link: name, module }: PullSchedule) => {
    const text = t('endText', { link: name, module });
    if (await confirm({ title: t('endTitle'), text, action: t('end') })) await desk.set({ name, module, every: null });
  };
  return (
    <>
      <Toolbar label={t('scheduleTools')}>
        <NativeSelect
          aria-label={t('ofLink')}
          value={link ?? ''}
          onChange={event => {
            const { value } = event.currentTarget;
            onShow({ link: value === '' ? undefined : value }, { replace: true });
          }}
          data={[{ value: '', label: t('allLinks') }, ...links.map(({ name }) => ({ value: name, label: name }))]}
        />
        <span className={styles['count']} role="status">
          {t('schedules', { count: shown.length, number: numbers.format(shown.length) })}
        </span>
        <span className={styles['actions']}>
          <Button leftSection={<IconPlus size={14} aria-hidden />} disabled={!isPossible} onClick={begin}>
            {t('newSchedule')}
          </Button>
        </span>
      </Toolbar>
      <BegunPulls begun={desk.begun} putAway={desk.putAway} production={production} />
      {desk.doing.failure !== undefined && editing === undefined && (
        <div className={styles['message']}>
          <FailureNote failure={desk.doing.failure} />
        </div>
      )}
      {shown.length === 0 ? (
        <EmptyState
          title={t('noSchedulesTitle')}
          text={isPossible ? t('noSchedulesText') : t('noSchedulesPossible')}
          actions={
            isPossible ? (
              <Button onClick={begin}>{t('newSchedule')}</Button>
            ) : (
              <Button renderRoot={props => <Link to="/partners" {...props} />}>{t('toPartners')}</Button>
            )
          }
        />
      ) : (
        <div className={styles['scroll']}>
          <div className={own['page']}>
            <p className={styles['hint']}>{t('schedulesHint')}</p>
            <table className={styles['table']} aria-label={t('tab-schedules')}>
              <thead>
                <tr>
                  {COLUMNS.map(column => (
                    <th key={column} scope="col">
                      {t(`column-${column}`)}
                    </th>
                  ))}
                  <td />
                </tr>
              </thead>
              <tbody>
                {shown.map(schedule => (
                  <ScheduleRow
                    key={`${schedule.link} ${schedule.module}`}
                    schedule={schedule}
                    pull={health
                      .find(one => one.link === schedule.link)
                      ?.pulls.find(({ module }) => module === schedule.module)}
                    production={production.has(schedule.link)}
                    now={now}
                    busy={desk.doing.busy}
                    onEdit={() => {
                      desk.doing.dismiss();
                      setEditing(schedule);
                    }}
                    onPull={() => void desk.pullNow(schedule.link, schedule.module)}
                    onEnd={() => void end(schedule)}
                  />
                ))}
              </tbody>
            </table>
          </div>
        </div>
      )}
      {editing !== undefined && (
        <ScheduleDialog
          schedule={editing === 'new' ? undefined : editing}
          links={links}
          schedules={all}
          link={link}
          desk={desk}
          onClose={() => {
            desk.doing.dismiss();
            setEditing(undefined);
          }}
        />
      )}
    </>
  );
}
