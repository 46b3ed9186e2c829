import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { TransactionPoint } from '../../../../core/contract/transaction.ts';
import { type CourseRow, courseRows, rowWith } from './fold.ts';
import { useWindow } from './use-window.ts';

export interface CourseOptions {
  readonly points: readonly TransactionPoint[];
  /** Whose details are open. */
  readonly selected: number | undefined;
  readonly onOpen: (exchangeId: number) => void;
  readonly rowHeight: number;
}

/** What is folded, where the keys are, and which lines are drawn. */
export function useCourse(scroller: RefObject<HTMLElement | null>, options: CourseOptions) {
  const { points, selected, onOpen, rowHeight } = options;
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const [activeKey, setActive] = useState<string>();
  const rows = useMemo(() => courseRows(points, unfolded), [points, unfolded]);
  const folds = useMemo(() => rows.filter(row => row.kind === 'fold').map(({ key }) => key), [rows]);
  const view = useWindow(scroller, { count: rows.length, told: points.length, rowHeight });
  const active = rows.findIndex(({ key }) => key === activeKey);

  const unfold = (key: string, open: boolean) => {
    const next = new Set(unfolded);
    if (open) next.add(key);
    else next.delete(key);
    setUnfolded(next);
  };
  const take = (row: CourseRow) => {
    setActive(row.key);
    if (row.kind === 'fold') unfold(row.key, !row.open);
    else onOpen(row.point.exchangeId);
  };
  const reach = (index: number) => {
    const row = rows[Math.max(0, Math.min(index, rows.length - 1))];
    if (row === undefined) return;
    setActive(row.key);
    view.show(rows.indexOf(row));
    // Once details are open they go with the keys.
    if (row.kind === 'point' && selected !== undefined) onOpen(row.point.exchangeId);
  };

  /** What is opened from elsewhere comes into view, out of its fold. */
  const follow = useEffectEvent((exchangeId: number) => {
    const index = rowWith(rows, exchangeId);
    const row = rows[index];
    if (row === undefined) return;
    if (row.kind === 'fold') unfold(row.key, true);
    setActive(`point ${exchangeId}`);
    view.show(index);
  });
  useEffect(() => {
    if (selected !== undefined) follow(selected);
  }, [selected]);
  const settle = useEffectEvent(() => {
    const row = rows[active];
    if (row?.kind === 'point' && row.point.exchangeId === selected) view.show(active);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: lines that were unfolded have moved those below.
  useEffect(() => settle(), [unfolded]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== scroller.current || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[active];
    const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / rowHeight) - 1);
    const to = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: rows.length - 1,
    }[event.key];
    if (to !== undefined) reach(to);
    else if (row === undefined) return;
    else if (event.key === 'Enter' || event.key === ' ') take(row);
    else if (event.key === 'ArrowRight' && row.kind === 'fold') unfold(row.key, true);
    else if (event.key === 'ArrowLeft' && row.kind === 'fold') unfold(row.key, false);
    else if (event.key === 'ArrowLeft' && row.kind === 'point' && row.inside) {
      reach(rows.findLastIndex((one, at) => at < active && one.kind === 'fold'));
    } else return;
    event.preventDefault();
  };
  return {
    rows,
    view,
    active,
    onKeyDown,
    take,
    hasFolds: folds.length > 0,
    allOpen: folds.length > 0 && folds.every(key => unfolded.has(key)),
    unfoldAll: (open: boolean) => setUnfolded(new Set(open ? folds : [])),
  };
}
