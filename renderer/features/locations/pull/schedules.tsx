import { NativeSelect } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { LinkView } from '../../../../core/contract/links.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';
import { ProductionChip } from '../../../links/production.tsx';
import { type Texts, useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { durationText } from '../../../ui/time-format.ts';
import { TimeText } from '../../../ui/time-text.tsx';
import styles from './pull.module.css';
import { PULLED, type Pulled, unpullable } from './pullable.ts';

const MINUTE = 60_000;
const CHOICES = [5 * MINUTE, 15 * MINUTE, 60 * MINUTE, 6 * 60 * MINUTE, 24 * 60 * MINUTE];

/** How often each link is pulled by itself, while the workbench listens. */
export function Schedules({ links }: { readonly links: readonly LinkView[] }) {
  const t = useTexts('locations');
  const client = useClient();
  const queries = useQueryClient();
  const [failure, setFailure] = useState<unknown>();
  const schedules = useQuery({
    queryKey: [...keys.pulls, 'schedules'],
    queryFn: ({ signal }) => client.pulls.schedules(undefined, { signal }),
  });
  const set = async (name: string, module: Pulled, every: number | null) => {
    try {
      queries.setQueryData([...keys.pulls, 'schedules'], await client.pulls.schedule({ name, module, every }));
      setFailure(undefined);
    } catch (error) {
      setFailure(error);
    }
  };
  const rows = links.flatMap(link =>
    PULLED.filter(module => unpullable(link, module) === undefined).map(module => ({
      link,
      module,
      schedule: schedules.data?.find(one => one.link === link.name && one.module === module),
    })),
  );
  const failed = failure ?? schedules.error;
  return (
    <>
      <p className={styles['hint']}>{t('schedulesHint')}</p>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th>{t('columnLink')}</th>
            <th>{t('module')}</th>
            <th>{t('every')}</th>
            <th>{t('next')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ link, module, schedule }) => (
            <tr key={`${link.name} ${module}`}>
              <td>
                <span className={styles['name']}>
                  {link.name}
                  {link.environment === 'production' && <ProductionChip />}
                </span>
              </td>
              <td>{t(`module-${module}`)}</td>
              <td>
                <NativeSelect
                  aria-label={t('everyOf', { link: link.name, module: t(`module-${module}`) })}
                  value={schedule?.every ?? 0}
                  disabled={schedules.data === undefined}
                  onChange={event => {
                    const every = Number(event.currentTarget.value);
                    void set(link.name, module, every === 0 ? null : every);
                  }}
                  data={choices(schedule?.every).map(every => ({
                    value: String(every),
                    label: everyText(every, t),
                  }))}
                />
              </td>
              <td>
                {schedule !== undefined &&
                  (schedule.nextAt === null ? (
                    <span className={styles['dim']}>{t('notWhileSilent')}</span>
                  ) : (
                    <TimeText at={schedule.nextAt} />
                  ))}{' '}
                {schedule !== undefined && schedule.failures > 0 && (
                  <Chip tone="warn">{t('failedTimes', { count: schedule.failures })}</Chip>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {failed !== undefined && failed !== null && <FailureNote failure={failureOf(failed)} />}
    </>
  );
}

function everyText(every: number, t: Texts<'locations'>): string {
  if (every === 0) return t('never');
  if (every % (60 * MINUTE) === 0) return t('hours-every', { count: every / (60 * MINUTE) });
  return every % MINUTE === 0 ? t('minutes-every', { count: every / MINUTE }) : durationText(every);
}

/** What was set elsewhere stays choosable. */
function choices(current: number | undefined): number[] {
  const all = current === undefined ? CHOICES : [...new Set([...CHOICES, current])].sort((one, other) => one - other);
  return [0, ...all];
}
