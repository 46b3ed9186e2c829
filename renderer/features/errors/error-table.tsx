import { useElementSize } from '@mantine/hooks';
import { type ReactNode, useMemo } from 'react';
import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import { VirtualTable } from '../../ui/table/virtual-table.tsx';
import { sameDay } from '../../ui/time-format.ts';
import { errorColumns, type Room } from './columns.tsx';
import styles from './error-table.module.css';
import type { FailureRow } from './groups.ts';
import { printGroup } from './search.ts';

export interface ErrorTableProps {
  readonly rows: readonly FailureRow[];
  /** Changes when the rows do. */
  readonly version: number;
  /** Changes when it is another list. */
  readonly filter: string;
  readonly production: ReadonlySet<string>;
  readonly selected: string | undefined;
  readonly onSelect: (name: string) => void;
  /** Enter: to its details. */
  readonly onOpen: () => void;
  readonly emptyState: ReactNode;
}

const LEAST: Readonly<Record<Exclude<Room, 'narrow'>, number>> = { widest: 1420, wide: 1180, middle: 760 };

function roomOf(width: number): Room {
  // Not measured yet.
  if (width === 0) return 'middle';
  return (['widest', 'wide', 'middle'] as const).find(room => width >= LEAST[room]) ?? 'narrow';
}

export function ErrorTable(props: ErrorTableProps) {
  const { rows, production, selected } = props;
  const t = useTexts('errors');
  const language = useLanguage();
  const { ref, width } = useElementSize();
  const room = roomOf(width);
  const dated = useMemo(() => {
    const now = new Date();
    return rows.some(({ first, last }) => !sameDay(new Date(first), now) || !sameDay(new Date(last), now));
  }, [rows]);
  const columns = useMemo(
    () => errorColumns({ t, language, production, dated, room }),
    [t, language, production, dated, room],
  );
  return (
    <div className={styles['table']} ref={ref}>
      <VirtualTable<FailureRow>
        label={t('title')}
        columns={columns}
        count={rows.length}
        page={async (offset, limit) => rows.slice(offset, offset + limit)}
        pageKey={`${props.filter} ${props.version}`}
        resetKey={props.filter}
        rowKey={printGroup}
        {...(selected !== undefined && { selected })}
        onSelect={row => props.onSelect(printGroup(row))}
        onOpen={props.onOpen}
        emptyState={props.emptyState}
      />
    </div>
  );
}
