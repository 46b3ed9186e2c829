import type { By } from './search.ts';

/** Which parts of a line there is room for, and how wide a cell is, in pixels. */
export interface GridLayout {
  readonly code: number;
  readonly cell: number;
  readonly meaning: boolean;
  readonly overTime: boolean;
  readonly last: boolean;
  /** Names of columns stand upright. */
  readonly upright: boolean;
  /** Marks of a line are words. */
  readonly roomy: boolean;
}

export const COUNT = 72;
export const OVER_TIME = 116;
export const LEAST_MEANING = 190;
const NARROW_CODE = 244;
const WIDE_CODE = 276;
const LAST = { dated: 180, undated: 112 } as const;
const NARROWEST = { link: 62, module: 62, time: 34 } as const satisfies Record<By, number>;
const WIDEST = { link: 132, module: 132, time: 58 } as const satisfies Record<By, number>;
/** Below it a number of four digits does not fit. */
export const NARROW_CELL = 50;
/** Below it a name of ordinary length is cut short. */
const LEAST_LEVEL = 92;

export interface GridRoom {
  readonly width: number;
  readonly columns: number;
  readonly by: By;
  /** Times of other days are among them. */
  readonly dated: boolean;
}

export function lastWidth(dated: boolean): number {
  return dated ? LAST.dated : LAST.undated;
}

/** The cells first; of the rest what there is room for, and what is left over makes the cells wider. */
export function layoutOf({ width, columns, by, dated }: GridRoom): GridLayout {
  const code = width < 900 ? NARROW_CODE : WIDE_CODE;
  let left = width - code - COUNT - columns * NARROWEST[by];
  const fits = (wanted: number) => {
    if (left < wanted) return false;
    left -= wanted;
    return true;
  };
  // In columns of time a line is its own picture.
  const overTime = by !== 'time' && fits(OVER_TIME);
  const last = fits(lastWidth(dated));
  const meaning = fits(LEAST_MEANING);
  // With a meaning both share what is left.
  const spare = Math.max(0, meaning ? left / 2 : left);
  const cell = Math.floor(Math.min(WIDEST[by], NARROWEST[by] + (columns === 0 ? 0 : spare / columns)));
  return {
    code,
    cell,
    meaning,
    overTime,
    last,
    upright: by !== 'time' && cell < LEAST_LEVEL,
    roomy: code === WIDE_CODE,
  };
}

/** The place of the first cell among the parts of a line, from 1. */
export function firstColumn({ meaning, overTime, last }: GridLayout): number {
  return 3 + [meaning, overTime, last].filter(Boolean).length;
}

/** Of a whole line, in pixels. */
export function leastWidth(layout: GridLayout, columns: number, dated: boolean): number {
  return [
    layout.code,
    COUNT,
    layout.meaning ? LEAST_MEANING : 0,
    layout.overTime ? OVER_TIME : 0,
    layout.last ? lastWidth(dated) : 0,
    columns * layout.cell,
  ].reduce((sum, part) => sum + part, 0);
}
