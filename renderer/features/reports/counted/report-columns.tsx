import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ReportBy, ReportRow } from '../../../../core/contract/reports.ts';
import type { Texts } from '../../../texts/use-texts.ts';
import { Mono } from '../../../ui/mono.tsx';
import type { Column } from '../../../ui/table/table-row.tsx';
import { costsText, numberText } from '../amounts.ts';
import styles from '../reports.module.css';
import type { ChargesSearch, Order, Ordering } from '../search.ts';
import { spokenKey } from './slot-words.ts';

export interface ReportColumnOptions {
  readonly t: Texts<'reports'>;
  readonly language: string;
  readonly by: ReportBy;
  readonly ordering: Ordering;
  readonly onOrder: (ordering: Ordering) => void;
  /** Where its charges are. */
  readonly chargesOf: (row: ReportRow) => ChargesSearch;
  /** Whether failed starts can be told at all. */
  readonly failed: boolean;
  readonly credits: boolean;
  /** How many currencies there are: each takes room. */
  readonly currencies: number;
}

/** Columns of what is counted: every heading that can, orders by itself. */
export function reportColumns(options: ReportColumnOptions): readonly Column<ReportRow>[] {
  const { t, language, by, ordering, onOrder, chargesOf } = options;
  const number = (value: number | null, digits: number) =>
    value === null ? <span className={styles['dim']}>–</span> : <Mono>{numberText(value, language, digits)}</Mono>;
  const sort = (order: Order) => {
    const chosen = ordering.order === order;
    return {
      direction: !chosen ? 'none' : ordering.descending ? 'descending' : 'ascending',
      hint: t('orderBy', { column: order === 'key' ? t(`by-${by}`) : t(`measure-${order}`) }),
      // The most is looked for first.
      onSort: () => onOrder({ order, descending: chosen ? !ordering.descending : order !== 'key' }),
    } as const;
  };
  const measured = (order: Exclude<Order, 'key' | 'cost'>, width: number, cell: (row: ReportRow) => ReactNode) =>
    ({ id: order, header: t(`column-${order}`), width, align: 'end', sort: sort(order), cell }) as const;
  return [
    {
      id: 'key',
      header: t(`by-${by}`),
      sort: sort('key'),
      cell: row => (
        // The table has the keys: Enter opens the same.
        <Link to="/reports/charges" search={chargesOf(row)} tabIndex={-1} title={row.key}>
          {spokenKey(by, row, language, t)}
        </Link>
      ),
    },
    measured('charges', 92, ({ charges }) => number(charges, 0)),
    measured('kwh', 104, ({ kwh }) => number(kwh, 1)),
    measured('hours', 84, ({ hours }) => number(hours, 1)),
    measured('idle', 84, ({ idleHours }) => number(idleHours, 1)),
    {
      id: 'kw',
      header: t('column-kw'),
      width: 88,
      align: 'end',
      cell: ({ averageKw }) => number(averageKw, 1),
    },
    {
      id: 'cost',
      header: t('column-cost'),
      width: options.currencies > 1 ? 'grow' : 124,
      align: 'end',
      sort: sort('cost'),
      cell: ({ costs }) => {
        const text = costsText(costs, language);
        return <Mono title={text}>{text}</Mono>;
      },
    },
    ...(options.credits
      ? [
          {
            id: 'credits',
            header: t('column-credits'),
            width: 76,
            align: 'end',
            cell: ({ credits }: ReportRow) => number(credits, 0),
          } as const,
        ]
      : []),
    ...(options.failed ? [measured('failed', 104, ({ failedStarts }) => number(failedStarts, 0))] : []),
  ];
}
