import { useElementSize } from '@mantine/hooks';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Troubles } from '../../../core/contract/errors.ts';
import type { CodeExplanation } from '../../../core/contract/explanation.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { sameDay } from '../../ui/time-format.ts';
import { GridHead } from './grid-head.tsx';
import { COUNT, type GridLayout, LEAST_MEANING, lastWidth, layoutOf, leastWidth, OVER_TIME } from './grid-layout.ts';
import { type GridPlace, moved } from './grid-moves.ts';
import { GridRow } from './grid-row.tsx';
import type { TroubleColumn, TroubleRow } from './matrix.ts';
import { meaningsFor } from './meanings.ts';
import type { By } from './search.ts';
import styles from './trouble-grid.module.css';

export interface TroubleGridProps {
  readonly rows: readonly TroubleRow[];
  readonly columns: readonly TroubleColumn[];
  readonly by: By;
  readonly span: Pick<Troubles, 'from' | 'to'>;
  /** Those that are explained yet. */
  readonly codes: ReadonlyMap<string, CodeExplanation>;
  readonly production: ReadonlySet<string>;
  /** Keys of the line and, where it is not the whole line, of the column. */
  readonly selected: { readonly row: string; readonly column: string | undefined } | undefined;
  readonly onSelect: (row: TroubleRow, column: TroubleColumn | undefined) => void;
  /** Enter: to its details. */
  readonly onOpen: (row: TroubleRow, column: TroubleColumn | undefined) => void;
  readonly emptyState: ReactNode;
}

const START = { row: 0, column: -1, aimed: -1 };

/** By key: lines move when more is recorded. */
interface Active {
  readonly row: string;
  /** Absent: the name of the line. */
  readonly column: string | undefined;
  /** The column that was aimed at. */
  readonly aimed: number;
}

/** Codes by links, modules or time: arrow keys go from cell to cell; once one is open, its details go with them. */
export function TroubleGrid(props: TroubleGridProps) {
  const { rows, columns, by, span, codes, production, selected } = props;
  const t = useTexts('errors');
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [active, setActive] = useState<Active>();
  const dated = useMemo(() => {
    const now = new Date();
    return rows.some(({ last }) => !sameDay(new Date(last), now));
  }, [rows]);
  const layout = useMemo(
    () => layoutOf({ width: width === 0 ? 1000 : width, columns: columns.length, by, dated }),
    [width, columns.length, by, dated],
  );
  const lines = useMemo(
    () => rows.map(({ cells }) => columns.flatMap(({ key }, at) => (cells.has(key) ? [at] : []))),
    [rows, columns],
  );
  /** Failures and findings each have their own scale. */
  const most = useMemo(() => {
    const counts = (failed: boolean) =>
      rows.filter(row => row.failed === failed).flatMap(({ cells }) => [...cells.values()].map(({ count }) => count));
    return { failed: Math.max(1, ...counts(true)), found: Math.max(1, ...counts(false)) };
  }, [rows]);
  /** Where the keys are, as far as that is still there. */
  const at = useMemo((): (GridPlace & { readonly aimed: number }) | undefined => {
    const row = rows.findIndex(({ key }) => key === active?.row);
    if (active === undefined || row < 0) return undefined;
    const column = columns.findIndex(({ key }) => key === active.column);
    return { row, column: lines[row]?.includes(column) === true ? column : -1, aimed: active.aimed };
  }, [rows, columns, lines, active]);
  const [selectedRow, selectedColumn] = [selected?.row, selected?.column];
  const follow = useEffectEvent((row: string, column: string | undefined) => {
    if (row === active?.row && column === active.column) return;
    setActive({ row, column, aimed: columns.findIndex(({ key }) => key === column) });
  });
  // What is opened from elsewhere has the keys.
  useEffect(() => {
    if (selectedRow !== undefined) follow(selectedRow, selectedColumn);
  }, [selectedRow, selectedColumn]);
  const cellId = ({ row, column }: GridPlace) => `${id}-${row}-${column}`;

  const show = useEffectEvent(() => {
    if (at !== undefined) document.getElementById(cellId(at))?.scrollIntoView(NEAR);
  });
  // Where the keys went, and again when there is another width for it; never because more was recorded.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what happens then is told above.
  useEffect(() => show(), [active, layout]);

  const reach = ({ row, column, aimed }: GridPlace & { readonly aimed: number }) => {
    const line = rows[row];
    if (line !== undefined) setActive({ row: line.key, column: columns[column]?.key, aimed });
    return line;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = at === undefined ? undefined : rows[at.row];
    if (event.key === 'Enter' || event.key === ' ') {
      if (at === undefined || row === undefined) return;
      event.preventDefault();
      if (event.key === 'Enter') props.onOpen(row, columns[at.column]);
      else props.onSelect(row, columns[at.column]);
      return;
    }
    const to = at === undefined && event.key.startsWith('Arrow') ? START : moved(lines, at ?? START, event);
    if (to === undefined || rows.length === 0) return;
    event.preventDefault();
    const line = reach(to);
    if (line !== undefined && selected !== undefined) props.onSelect(line, columns[to.column]);
  };
  const onClick = (event: MouseEvent) => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-place]') : null;
    const [row = -1, column = -1] = (cell?.dataset['place'] ?? '').split(' ').map(Number);
    const line = rows[row];
    if (cell === null || line === undefined) return;
    reach({ row, column, aimed: column });
    props.onSelect(line, columns[column]);
  };

  const firstFound = rows.findIndex(({ failed }) => !failed);
  return (
    <div className={styles['frame']} ref={ref}>
      {/* biome-ignore lint/a11y/useSemanticElements: cells without anything in them are not there. */}
      <div
        ref={scroller}
        className={styles['scroller']}
        role="grid"
        tabIndex={0}
        aria-label={t('grid')}
        aria-description={t('keys')}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 1}
        aria-activedescendant={at === undefined ? undefined : cellId(at)}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        {rows.length > 0 && (
          <div
            className={styles['table']}
            style={
              {
                '--columns': template(layout, columns.length, dated),
                minWidth: leastWidth(layout, columns.length, dated),
              } as object
            }
            role="presentation"
          >
            <GridHead columns={columns} by={by} layout={layout} production={production} />
            {rows.map((row, index) => (
              <GridRow
                key={row.key}
                row={row}
                index={index}
                section={index === 0 ? sectionOf(row) : index === firstFound ? 'sectionFound' : undefined}
                columns={columns}
                layout={layout}
                span={span}
                most={row.failed ? most.failed : most.found}
                meaning={meaningOf(row, codes)}
                idOf={column => cellId({ row: index, column })}
                active={at?.row === index ? at.column : undefined}
                selected={
                  selected?.row === row.key ? columns.findIndex(({ key }) => key === selected.column) : undefined
                }
              />
            ))}
          </div>
        )}
      </div>
      {rows.length === 0 && <div className={styles['empty']}>{props.emptyState}</div>}
    </div>
  );
}

function meaningOf(row: TroubleRow, codes: ReadonlyMap<string, CodeExplanation>): string | undefined {
  const code = codes.get(row.code);
  return code && meaningsFor(code, row)[0]?.text;
}

const NEAR: ScrollIntoViewOptions = { block: 'nearest', inline: 'nearest' };

function sectionOf({ failed }: TroubleRow): 'sectionFailed' | 'sectionFound' {
  return failed ? 'sectionFailed' : 'sectionFound';
}

function template(layout: GridLayout, columns: number, dated: boolean): string {
  return [
    `${layout.code}px`,
    layout.meaning && `minmax(${LEAST_MEANING}px, 1fr)`,
    `${COUNT}px`,
    layout.overTime && `${OVER_TIME}px`,
    layout.last && `${lastWidth(dated)}px`,
    columns > 0 && `repeat(${columns}, ${layout.cell}px)`,
    !layout.meaning && 'minmax(0, 1fr)',
  ]
    .filter(part => part !== false)
    .join(' ');
}
