import type { ReplayStep } from '../../../../core/contract/replay.ts';
import type { Texts } from '../../../texts/use-texts.ts';
import { Spoken } from '../../../ui/spoken.tsx';
import type { Column } from '../../../ui/table/table-row.tsx';
import { durationText } from '../../../ui/time-format.ts';
import { Arrow } from '../arrow.tsx';
import type { NamedStep } from '../step-words.ts';
import { VerdictChip } from '../verdict-chip.tsx';
import styles from './run.module.css';

export function stepColumns(t: Texts<'replay'>, wordsOf: (step: NamedStep) => string): Column<ReplayStep>[] {
  return [
    {
      id: 'no',
      header: '#',
      width: 52,
      align: 'end',
      cell: ({ no }) => <span className={styles['number']}>{no}</span>,
    },
    { id: 'way', header: t('column-way'), width: 94, cell: ({ kind }) => <Arrow kind={kind} t={t} /> },
    {
      id: 'words',
      header: t('column-what'),
      cell: step => <span title={step.operation}>{wordsOf(step)}</span>,
    },
    {
      id: 'verdict',
      header: t('column-verdict'),
      width: 122,
      cell: ({ verdict, differences }) => (
        <span title={differences.length > 0 ? t('differenceCount', { count: differences.length }) : undefined}>
          <VerdictChip verdict={verdict} t={t} />
          {differences.length > 0 && (
            <>
              {' '}
              <strong className={styles['number']} aria-hidden>
                {differences.length}
              </strong>
              <Spoken>{t('differenceCount', { count: differences.length })}</Spoken>
            </>
          )}
        </span>
      ),
    },
    {
      id: 'reason',
      header: t('column-reason'),
      cell: step => {
        const said = step.differences[0]?.meaning ?? step.reason;
        return (
          <span title={said} lang="en">
            {said}
          </span>
        );
      },
    },
    {
      id: 'took',
      header: t('column-took'),
      width: 84,
      align: 'end',
      cell: ({ startedAt, endedAt }) => (
        <span className={styles['number']}>
          {startedAt === null || endedAt === null ? '' : durationText(endedAt - startedAt)}
        </span>
      ),
    },
  ];
}
