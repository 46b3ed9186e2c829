import type { DiffPair } from '../../../../core/contract/log-diff.ts';
import type { Texts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { Mono } from '../../../ui/mono.tsx';
import type { Column } from '../../../ui/table/table-row.tsx';
import { TimeText } from '../../../ui/time-text.tsx';

/** There on one side only. */
export function isMissing({ a, b }: DiffPair): boolean {
  return a === null || b === null;
}

type Side = NonNullable<DiffPair['a']>;

/** `200 1000`; a dash where there was no answer. */
export function statusWords({ httpStatus, ocpiStatus }: Side): string {
  return [httpStatus ?? '—', ...(ocpiStatus === null ? [] : [ocpiStatus])].join(' ');
}

export function pairColumns(t: Texts<'logs'>): Column<DiffPair>[] {
  const status = (side: Side | null) =>
    side === null ? <Chip tone="warn">{t('absent')}</Chip> : <Mono>{statusWords(side)}</Mono>;
  return [
    { id: 'no', header: '#', width: 56, align: 'end', cell: ({ no }) => <Mono>{no}</Mono> },
    {
      id: 'at',
      header: t('columnAt'),
      width: 104,
      cell: ({ a, b }) => {
        const at = a?.at ?? b?.at;
        return at === undefined ? '' : <Mono>{<TimeText at={at} withDate={false} />}</Mono>;
      },
    },
    {
      id: 'words',
      header: t('columnOperation'),
      cell: ({ a, b }) => <span lang="en">{a?.words ?? b?.words ?? ''}</span>,
    },
    { id: 'a', header: 'A', width: 96, cell: ({ a }) => status(a) },
    { id: 'b', header: 'B', width: 96, cell: ({ b }) => status(b) },
    {
      id: 'differences',
      header: t('columnDiffers'),
      cell: ({ differences }) => (
        <span title={differences.map(({ meaning }) => meaning).join('\n')} lang="en">
          {differences[0]?.meaning ?? ''}
        </span>
      ),
    },
    {
      id: 'count',
      header: t('columnHowMany'),
      width: 84,
      align: 'end',
      cell: ({ differences }) => <Mono>{differences.length}</Mono>,
    },
  ];
}
