import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { useEffect, useEffectEvent, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Tone } from '../chip.tsx';
import { type LoadPage, RowPages } from './row-pages.ts';
import { nextSelection, type RowKey } from './row-selection.ts';
import { SortButton } from './sort-button.tsx';
import { rowsShown, scrollToRow, spacerHeight, type TableSize, windowAt } from './table-geometry.ts';
import { type Column, cellStyle, LEAST_GROWN, TableRow } from './table-row.tsx';
import styles from './virtual-table.module.css';

export interface VirtualTableProps<Row> {
  readonly columns: readonly Column<Row>[];
  /** How many rows there are; undefined while that is not known. */
  readonly count: number | undefined;
  /** A page of rows by position. Rejecting with anything but an abort shows `onFailure`. */
  readonly page: LoadPage<Row>;
  /** Changes when the rows behind change. Rows that are shown stay until newer ones have come. */
  readonly pageKey: string;
  /** Changes when it is another table (another filter): scrolls to the top. */
  readonly resetKey?: string;
  readonly rowKey: (row: Row) => RowKey;
  readonly rowHeight?: number;
  readonly selected?: RowKey | readonly RowKey[];
  /** A row was clicked or reached by key. */
  readonly onSelect?: (row: Row, index: number) => void;
  /** Enter or double click. */
  readonly onOpen?: (row: Row, index: number) => void;
  /** Several may be selected, with Shift, Ctrl and Space: `selected` is an array, and this hears of each change. */
  readonly multiSelect?: boolean;
  readonly onSelection?: (keys: readonly RowKey[]) => void;
  readonly rowTone?: (row: Row) => Tone | undefined;
  /** A row to be brought into view, whenever another one is given. */
  readonly reveal?: { readonly index: number } | undefined;
  /** Shown when there are no rows. */
  readonly emptyState: ReactNode;
  /** What is listed. */
  readonly label: string;
  /** Tells whether the first row is at the top: lists that grow at the top follow only then. */
  readonly onTop?: (atTop: boolean) => void;
  readonly onFailure?: (error: unknown) => void;
}

const HEADER = 27;
/** Rows are placed from a base that rarely moves: scrolling moves the layer, and rows that stay are not drawn anew. */
const BASE_STEP = 512;
const NO_KEYS = { shiftKey: false, ctrlKey: false, metaKey: false };

/**
 * A table of any length: rows come by page and position, a few pages around the view are kept. The layer with the rows
 * stays where it is while the spacer beneath it scrolls; rows take the places of those that left.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { columns, count = 0, rowHeight = 28, rowKey, selected, rowTone, label } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [body, setBody] = useState(0);
  const [view, setView] = useState({ first: 0, hidden: 0 });
  const [drawn, redraw] = useState(0);
  const [active, setActive] = useState(-1);
  const anchor = useRef(-1);
  /** A row that was reached by key before it had come. */
  const awaited = useRef<number>(undefined);
  /** The active row was moved without selecting it. */
  const roaming = useRef(false);
  const atTop = useRef(true);
  const size: TableSize = { count, rowHeight, body };
  const shown = Math.min(rowsShown(size), count);
  const first = Math.max(0, Math.min(view.first, count - 1));

  const failed = useEffectEvent((error: unknown) => props.onFailure?.(error));
  const load = useEffectEvent<LoadPage<Row>>((offset, limit, signal) => props.page(offset, limit, signal));
  const [pages] = useState(
    () => new RowPages<Row>({ load: () => Promise.resolve([]), onChange: () => {}, onFailure: () => {} }),
  );
  useEffect(() => {
    pages.setOptions({
      load: (offset, limit, signal) => load(offset, limit, signal),
      onChange: () => redraw(times => times + 1),
      onFailure: error => failed(error),
    });
    return () => pages.end();
  }, [pages]);
  useEffect(() => {
    if (shown > 0) pages.look({ first, last: first + shown - 1, count, key: props.pageKey });
  }, [pages, first, shown, count, props.pageKey]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => setBody(Math.max(0, element.clientHeight - HEADER));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another table begins at its top.
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
    setActive(-1);
  }, [props.resetKey]);

  const follow = useEffectEvent(() => {
    const element = scroller.current;
    if (element === null) return;
    const next = windowAt(size, element.scrollTop);
    if (next.first !== view.first || next.hidden !== view.hidden) setView(next);
    if (element.scrollTop < 1 === atTop.current) return;
    atTop.current = !atTop.current;
    props.onTop?.(atTop.current);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: fewer rows may have moved the scroll position.
  useLayoutEffect(() => follow(), [count, body]);
  useEffect(() => {
    const element = scroller.current;
    // In the frame of the scrolling itself: what is drawn a frame later would show a gap.
    const onScroll = () => flushSync(() => follow());
    element?.addEventListener('scroll', onScroll, { passive: true });
    return () => element?.removeEventListener('scroll', onScroll);
  }, []);

  const reveal = useEffectEvent((index: number) => {
    const element = scroller.current;
    element?.scrollTo({ top: scrollToRow(size, index, element.scrollTop) });
    setActive(index);
  });
  useEffect(() => {
    if (props.reveal !== undefined) reveal(props.reveal.index);
  }, [props.reveal]);

  const chosen = useMemo(
    () => new Set<RowKey>(selected === undefined ? [] : Array.isArray(selected) ? selected : [selected as RowKey]),
    [selected],
  );
  const cellStyles = useMemo(() => columns.map(column => cellStyle(column as Column<never>)), [columns]);
  const leastWidth = useMemo(
    () => columns.reduce((sum, { width }) => sum + (typeof width === 'number' ? width : LEAST_GROWN), 0),
    [columns],
  );

  const select = (index: number, event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }, toggle = false) => {
    const row = pages.row(index);
    setActive(index);
    roaming.current = false;
    awaited.current = row === undefined ? index : undefined;
    if (row === undefined) return;
    if (props.multiSelect === true) {
      const manner = event.shiftKey ? 'range' : toggle || event.ctrlKey || event.metaKey ? 'toggle' : 'one';
      const keyAt = (at: number) => {
        const found = pages.row(at);
        return found === undefined ? undefined : rowKey(found);
      };
      props.onSelection?.(nextSelection({ selected: [...chosen], manner, index, anchor: anchor.current, keyAt }));
    }
    if (!event.shiftKey) anchor.current = index;
    props.onSelect?.(row, index);
  };
  const settle = useEffectEvent(() => {
    const index = awaited.current;
    if (index !== undefined && pages.row(index) !== undefined) return select(index, NO_KEYS);
    const row = active < 0 || chosen.size === 0 || roaming.current ? undefined : pages.row(active);
    if (row === undefined || chosen.has(rowKey(row))) return;
    // The rows have moved beneath: the active one is the one that is selected.
    const moved = pages.find(row => chosen.has(rowKey(row)));
    if (moved !== undefined) setActive(moved);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever rows have come.
  useEffect(() => settle(), [drawn]);
  const indexOf = (event: MouseEvent) => {
    const found = event.target instanceof Element ? event.target.closest('[data-index]') : null;
    return found === null ? undefined : Number(found.getAttribute('data-index'));
  };
  const current = () => {
    if (active >= 0 && active < count) return active;
    return pages.find(row => chosen.has(rowKey(row))) ?? -1;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroller.current || count === 0) return;
    const at = current();
    const leap = Math.max(1, Math.floor(body / rowHeight) - 1);
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + leap,
      PageUp: at - leap,
      Home: 0,
      End: count - 1,
    };
    const to = moves[event.key];
    const row = at < 0 ? undefined : pages.row(at);
    if (to !== undefined) {
      event.preventDefault();
      const index = Math.max(0, Math.min(to, count - 1));
      const element = scroller.current;
      element?.scrollTo({ top: scrollToRow(size, index, element.scrollTop) });
      if (event.ctrlKey) {
        roaming.current = true;
        setActive(index);
      } else select(index, event);
    } else if (event.key === 'Enter' && row !== undefined) {
      event.preventDefault();
      props.onOpen?.(row, at);
    } else if (event.key === ' ' && row !== undefined) {
      event.preventDefault();
      select(at, NO_KEYS, true);
    }
  };

  const activeShown = active >= first && active < first + shown;
  const base = first - (first % BASE_STEP);
  const lift = (first - base) * rowHeight + view.hidden;
  const rows: ReactNode[] = [];
  for (let index = first; index < Math.min(first + shown, count); index += 1) {
    const row = pages.row(index);
    const slot = index % shown;
    rows.push(
      <TableRow<Row>
        key={slot}
        id={`${id}-${index}`}
        row={row}
        index={index}
        top={(index - base) * rowHeight}
        columns={columns}
        cellStyles={cellStyles}
        selected={row !== undefined && chosen.has(rowKey(row))}
        active={index === active}
        tone={row === undefined ? undefined : rowTone?.(row)}
        height={rowHeight}
      />,
    );
  }
  return (
    <div className={styles['frame']}>
      {/* biome-ignore lint/a11y/useSemanticElements: only some of the rows are there at a time. */}
      <div
        ref={scroller}
        className={styles['scroller']}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={count + 1}
        aria-colcount={columns.length}
        aria-multiselectable={props.multiSelect === true}
        aria-activedescendant={activeShown ? `${id}-${active}` : undefined}
        onKeyDown={onKeyDown}
      >
        <div className={styles['width']} style={{ minWidth: leastWidth }} role="presentation">
          <TableHead columns={columns} cellStyles={cellStyles} />
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are the grid's own. */}
          {/* biome-ignore lint/a11y/useSemanticElements: rows stand at fixed places. */}
          <div
            className={styles['layer']}
            style={{ height: body }}
            role="rowgroup"
            onMouseDown={event => {
              // A range of rows, not of their text.
              if (!event.shiftKey || props.multiSelect !== true) return;
              event.preventDefault();
              scroller.current?.focus();
            }}
            onClick={event => {
              const index = indexOf(event);
              if (index !== undefined) select(index, event);
            }}
            onDoubleClick={event => {
              const index = indexOf(event);
              const row = index === undefined ? undefined : pages.row(index);
              if (index !== undefined && row !== undefined) props.onOpen?.(row, index);
            }}
          >
            <div className={styles['shift']} style={{ transform: `translateY(${-lift}px)` }} role="presentation">
              {rows}
            </div>
          </div>
          <div style={{ height: Math.max(0, spacerHeight(size) - body) }} role="presentation" />
        </div>
      </div>
      {props.count === 0 && <div className={styles['empty']}>{props.emptyState}</div>}
    </div>
  );
}

interface TableHeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly cellStyles: readonly ReturnType<typeof cellStyle>[];
}

function TableHead<Row>({ columns, cellStyles }: TableHeadProps<Row>) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: headings do nothing, or have a button.
    // biome-ignore lint/a11y/useSemanticElements: rows of a grid of divs.
    <div className={styles['head']} role="row" aria-rowindex={1}>
      {columns.map((column, at) => (
        // biome-ignore lint/a11y/useFocusableInteractive: as above.
        // biome-ignore lint/a11y/useSemanticElements: as above.
        <div
          key={column.id}
          role="columnheader"
          className={column.align === 'end' ? styles['end'] : styles['cell']}
          style={cellStyles[at]}
          {...(column.sort !== undefined && { 'aria-sort': column.sort.direction })}
        >
          {column.sort === undefined ? column.header : <SortButton header={column.header} sort={column.sort} />}
        </div>
      ))}
    </div>
  );
}
