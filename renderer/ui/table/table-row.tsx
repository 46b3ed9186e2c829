import { memo, type ReactNode } from 'react';
import type { Tone } from '../chip.tsx';
import { classNames } from '../class-names.ts';
import styles from './virtual-table.module.css';

/** How a table is ordered by a column now, and what its heading does. */
export interface ColumnSort {
  readonly direction: 'ascending' | 'descending' | 'none';
  /** What pressing it does, for people: `Order by kWh`. */
  readonly hint: string;
  readonly onSort: () => void;
}

/** One column of a table. Keep the array of columns the same from render to render: rows are drawn anew when it changes. */
export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  /** Pixels, or a share of what is left over; `grow` unless said. */
  readonly width?: number | 'grow';
  readonly align?: 'start' | 'end';
  /** Its heading orders the table by it. */
  readonly sort?: ColumnSort;
  /** Pure and without hooks: it is called for every row that comes into view. */
  cell(row: Row): ReactNode;
}

export const LEAST_GROWN = 120;

/** Made once a column, so that the same object is handed over at every row. */
export function cellStyle(column: Column<never>): { readonly flex: string; readonly minWidth?: number } {
  const { width = 'grow' } = column;
  return width === 'grow' ? { flex: '1 1 0', minWidth: LEAST_GROWN } : { flex: `0 0 ${width}px` };
}

export interface TableRowProps<Row> {
  readonly id: string;
  readonly row: Row | undefined;
  readonly index: number;
  readonly top: number;
  readonly columns: readonly Column<Row>[];
  readonly cellStyles: readonly ReturnType<typeof cellStyle>[];
  readonly selected: boolean;
  readonly active: boolean;
  readonly tone: Tone | undefined;
  readonly height: number;
}

function PlainRow<Row>(props: TableRowProps<Row>) {
  const { id, row, index, top, columns, cellStyles, selected, active, tone, height } = props;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
    // biome-ignore lint/a11y/useSemanticElements: rows stand at fixed places, which rows of a table element cannot.
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-index={index}
      className={classNames(
        styles['row'],
        selected && styles['selected'],
        active && styles['active'],
        tone !== undefined && styles[`tone-${tone}`],
      )}
      style={{ top, height }}
    >
      {columns.map((column, at) => (
        // biome-ignore lint/a11y/useFocusableInteractive: as above.
        // biome-ignore lint/a11y/useSemanticElements: as above.
        <div
          key={column.id}
          role="gridcell"
          className={column.align === 'end' ? styles['end'] : styles['cell']}
          style={cellStyles[at]}
        >
          {row === undefined ? <span className={styles['skeleton']} /> : column.cell(row)}
        </div>
      ))}
    </div>
  );
}

export const TableRow = memo(PlainRow) as typeof PlainRow;
