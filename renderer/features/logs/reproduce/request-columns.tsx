import type { ReproducedRequest } from '../../../../core/contract/reproduction.ts';
import { operationWords } from '../../../exchange/operation-words.ts';
import type { Texts } from '../../../texts/use-texts.ts';
import { Chip, type Tone } from '../../../ui/chip.tsx';
import { Mono } from '../../../ui/mono.tsx';
import type { Column } from '../../../ui/table/table-row.tsx';
import { TimeText } from '../../../ui/time-text.tsx';

function statusTone(status: number): Tone {
  return status < 300 ? 'ok' : status < 400 ? 'warn' : 'bad';
}

/** Without hooks: cells of tables. */
export function StatusChip({ status, t }: { readonly status: number | null; readonly t: Texts<'logs'> }) {
  return status === null ? <Chip tone="bad">{t('noAnswer')}</Chip> : <Chip tone={statusTone(status)}>{status}</Chip>;
}

export function requestColumns(t: Texts<'logs'>, traffic: Texts<'traffic'>): Column<ReproducedRequest>[] {
  const words = operationWords(traffic);
  return [
    { id: 'no', header: '#', width: 48, align: 'end', cell: ({ no }) => <Mono>{no}</Mono> },
    {
      id: 'at',
      header: t('columnAt'),
      width: 106,
      cell: ({ at }) => (
        <Mono>
          <TimeText at={at} withDate={false} />
        </Mono>
      ),
    },
    { id: 'kind', header: t('columnWay'), width: 68, cell: ({ kind }) => t(`kind-${kind}`) },
    { id: 'operation', header: t('columnOperation'), width: 128, cell: ({ operation }) => words(operation) },
    {
      id: 'request',
      header: t('columnRequest'),
      cell: ({ method, url }) => (
        <Mono title={`${method} ${url}`}>
          {method} {url}
        </Mono>
      ),
    },
    { id: 'status', header: t('columnGot'), width: 76, cell: ({ status }) => <StatusChip status={status} t={t} /> },
    {
      id: 'differences',
      header: t('columnDifferences'),
      cell: ({ differences }) => (
        <span title={differences.join('\n')} lang="en">
          {differences[0] ?? ''}
        </span>
      ),
    },
  ];
}
