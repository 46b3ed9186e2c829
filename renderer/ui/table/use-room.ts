import { type RefObject, useEffect, useState } from 'react';

/** Columns change at few widths: a pane that is being moved need not draw all rows at each pixel. */
const STEP = 20;

/** About how wide an element is, in pixels; 0 before it is drawn. */
export function useRoom(element: RefObject<HTMLElement | null>): number {
  const [room, setRoom] = useState(0);
  useEffect(() => {
    const found = element.current;
    if (found === null) return;
    const observer = new ResizeObserver(() => setRoom(Math.floor(found.clientWidth / STEP) * STEP));
    observer.observe(found);
    return () => observer.disconnect();
  }, [element]);
  return room;
}
