import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';

export interface RowsWindow {
  readonly first: number;
  /** The row behind the last one that is drawn. */
  readonly end: number;
  /** The end of the list shows. */
  readonly atEnd: boolean;
  /** Scrolls as far as it takes for a row to show whole. */
  show(index: number): void;
  toEnd(): void;
}

export interface WindowOptions {
  /** Rows there are. */
  readonly count: number;
  /** What they stand for: when there is more of that the list has grown, and was not only unfolded. */
  readonly told: number;
  readonly rowHeight: number;
}

const OVERSCAN = 8;
/** Fractions of a pixel are no distance from the end. */
const NEAR = 4;

/**
 * Which rows of one height are worth drawing. Whoever looks at the end goes on looking at it while the list grows; nobody
 * else is moved.
 */
export function useWindow(
  scroller: RefObject<HTMLElement | null>,
  { count, told, rowHeight }: WindowOptions,
): RowsWindow {
  const [view, setView] = useState({ first: 0, end: OVERSCAN * 4, atEnd: true });
  const follows = useRef(true);
  const look = useEffectEvent(() => {
    const element = scroller.current;
    if (element === null) return;
    const { scrollTop, clientHeight, scrollHeight } = element;
    const atEnd = scrollTop + clientHeight >= scrollHeight - NEAR;
    const first = Math.max(0, Math.floor(scrollTop / rowHeight) - OVERSCAN);
    const end = Math.ceil((scrollTop + clientHeight) / rowHeight) + OVERSCAN;
    follows.current = atEnd;
    if (first !== view.first || end !== view.end || atEnd !== view.atEnd) setView({ first, end, atEnd });
  });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const onScroll = () => look();
    element.addEventListener('scroll', onScroll, { passive: true });
    const observer = new ResizeObserver(onScroll);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, [scroller]);
  const before = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when there are more rows, or fewer.
  useLayoutEffect(() => {
    const element = scroller.current;
    // A list that has just come is looked at from its beginning.
    const grown = before.current > 0 && told > before.current;
    if (element !== null && grown && follows.current) element.scrollTop = element.scrollHeight;
    before.current = told;
    look();
  }, [count, told]);
  return {
    ...view,
    show: index => {
      const element = scroller.current;
      if (element === null) return;
      const top = index * rowHeight;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + rowHeight > element.scrollTop + element.clientHeight) {
        element.scrollTop = top + rowHeight - element.clientHeight;
      }
    },
    toEnd: () => {
      const element = scroller.current;
      if (element !== null) element.scrollTop = element.scrollHeight;
    },
  };
}
