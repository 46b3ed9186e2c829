import { classNames } from '../class-names.ts';
import type { ColumnSort } from './table-row.tsx';
import styles from './virtual-table.module.css';

const MARKS = { ascending: ' ↑', descending: ' ↓', none: '' } as const;

export interface SortButtonProps {
  readonly header: string;
  readonly sort: ColumnSort;
}

/** The heading of a column by which a table can be ordered. Its cell tells the order to those who do not see the arrow. */
export function SortButton({ header, sort: { direction, hint, onSort } }: SortButtonProps) {
  return (
    <button
      type="button"
      className={classNames(styles['sort'], direction !== 'none' && styles['sorted'])}
      title={hint}
      onClick={onSort}
    >
      {header}
      <span aria-hidden>{MARKS[direction]}</span>
    </button>
  );
}
