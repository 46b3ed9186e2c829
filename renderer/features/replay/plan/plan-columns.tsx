import type { ReplayStepPlan } from '../../../../core/contract/replay.ts';
import type { Texts } from '../../../texts/use-texts.ts';
import type { Column } from '../../../ui/table/table-row.tsx';
import { durationText } from '../../../ui/time-format.ts';
import { Arrow } from '../arrow.tsx';
import type { NamedStep } from '../step-words.ts';
import styles from './plan.module.css';

export function planColumns(t: Texts<'replay'>, wordsOf: (step: NamedStep) => string): Column<ReplayStepPlan>[] {
  return [
    {
      id: 'no',
      header: '#',
      width: 44,
      align: 'end',
      cell: ({ no }) => <span className={styles['number']}>{no}</span>,
    },
    { id: 'way', header: t('column-way'), width: 94, cell: ({ kind }) => <Arrow kind={kind} t={t} /> },
    {
      id: 'words',
      header: t('column-what'),
      cell: step => (
        <span title={`${step.method} ${step.url}`}>
          {wordsOf(step)}
          {step.repeats !== null && <span className={styles['times']}> {timesWord(step.repeats)}</span>}
        </span>
      ),
    },
    {
      id: 'at',
      header: t('column-at'),
      width: 104,
      align: 'end',
      cell: ({ at }) => <span className={styles['number']}>{at === 0 ? '0 s' : durationText(at)}</span>,
    },
    {
      id: 'expected',
      header: t('column-expected'),
      cell: ({ expected }) => (
        <span title={expected} lang="en">
          {expected}
        </span>
      ),
    },
  ];
}

/** `×3`, `×0–5`. */
export function timesWord({ least, most }: { readonly least: number; readonly most: number }): string {
  return least === most ? `×${most}` : `×${least}–${most}`;
}
