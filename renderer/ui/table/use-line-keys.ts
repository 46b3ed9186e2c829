import { type KeyboardEvent, type RefObject, useState } from 'react';

export interface LineKeys {
  /** The line that Tab reaches. */
  readonly at: number;
  /** A line has the focus. */
  readonly onLine: (position: number) => void;
  /** Of the body of the table. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Arrow keys, Home and End move between so many lines of a table that is no grid: it holds all of them. */
export function useLineKeys(table: RefObject<HTMLTableElement | null>, count: number): LineKeys {
  const [chosen, setChosen] = useState(0);
  const at = Math.min(chosen, count - 1);
  return {
    at,
    onLine: setChosen,
    onKeyDown(event) {
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: count - 1 }[event.key];
      if (to === undefined || to < 0 || to >= count) return;
      event.preventDefault();
      setChosen(to);
      table.current?.tBodies[0]?.rows[to]?.focus();
    },
  };
}
