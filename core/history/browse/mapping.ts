import type { Database } from 'better-sqlite3';
import type { MapMark } from '../../contract/objects.ts';
import { hasBit } from './bits.ts';
import type { MarkReading } from './mark-reading.ts';
import { MARK, MARK_WORDS, MARKS_ON_PAGE, statusNumber, statusOfNumber } from './marks.ts';
import { liesIn } from './narrowing.ts';
import { type Area, areasOf, type Bounds, positionAt, WORLD } from './place.ts';
import type { Selected, SelectedList } from './selecting.ts';

export interface MapDrawn {
  readonly marks: readonly MapMark[];
  /** Objects within the bounds. */
  readonly total: number;
}

export type DrawMap = (selected: Selected, bounds: Bounds, zoom: number) => MapDrawn;

const MOST_MARKS = 2000;
/** Pixels of the whole world at zoom 0, as a power of two. */
const WORLD_PIXELS = 8;
const WORLD_BITS = 32;

/** Pixels of a square, as a power of two: as wide as a mark with its count; nearer, sites of one street stand apart. */
function squarePixels(zoom: number): number {
  if (zoom < 14) return 6;
  return zoom < 17 ? 5 : 4;
}

/**
 * One pass over the marks within the bounds, each counted in its square of a grid that lies still while the map moves.
 * The grid is as fine as the bounds leave it at most 2,000 squares, so neither the answer nor what is held grows.
 */
export function createMapDrawing(database: Database, marks: MarkReading): DrawMap {
  const named = database
    .prepare<[string], [id: number, key: string]>(
      'SELECT id, key FROM object WHERE id IN (SELECT value FROM json_each(?))',
    )
    .raw();

  return (selected, bounds, zoom) => {
    const areas = areasOf(bounds);
    const grids = gridsFor(areas, zoom);
    let total = 0;
    selected.lists.forEach((one, number) => {
      if (one.count === 0) return;
      const { bits, from, size } = one;
      marks.each({ from, before: from + size + 1 + MARKS_ON_PAGE }, (first, words) => {
        for (let at = 0, word = 0; at < MARKS_ON_PAGE; at++, word += MARK_WORDS) {
          const rest = words[word + 2] ?? 0;
          if ((rest & MARK.placed) === 0) continue;
          const x = words[word] ?? 0;
          const y = words[word + 1] ?? 0;
          if (!liesIn(areas, x, y)) continue;
          const place = first + at - from;
          if (place > size || (bits && !hasBit(bits, place))) continue;
          total++;
          for (const grid of grids) {
            if (x < grid.area.left || x > grid.area.right) continue;
            count(grid, { x, y, status: statusNumber(rest), object: from + place, list: number });
            break;
          }
        }
      });
    });
    return { marks: grids.flatMap(grid => marksOf(grid, selected.lists)), total };
  };

  function marksOf(grid: Grid, lists: readonly SelectedList[]): MapMark[] {
    const single: number[] = [];
    grid.counts.forEach((members, square) => {
      if (members === 1) single.push(grid.objects[square] ?? 0);
    });
    const keys = new Map(single.length === 0 ? [] : named.all(JSON.stringify(single)));
    const drawn: MapMark[] = [];
    grid.counts.forEach((members, square) => {
      if (members === 0) return;
      const [latitude, longitude] = positionAt({
        x: (grid.sumX[square] ?? 0) / members,
        y: (grid.sumY[square] ?? 0) / members,
      });
      const status = statusOfNumber(grid.statuses[square] ?? 0);
      const link = lists[grid.lists[square] ?? 0]?.link;
      const key = keys.get(grid.objects[square] ?? 0)?.split('\n');
      const who =
        members === 1 && key && link ? { link: link.name, id: key[0] ?? '', party: key[1] || link.party } : {};
      const extent = members === 1 ? {} : { extent: extentOf(grid, square) };
      drawn.push({ latitude, longitude, count: members, status, ...who, ...extent });
    });
    return drawn;
  }
}

interface Grid {
  readonly area: Area;
  /** Bits of a place that lie within a square. */
  readonly shift: number;
  readonly firstColumn: number;
  readonly firstRow: number;
  readonly columns: number;
  readonly counts: Uint32Array;
  readonly sumX: Float64Array;
  readonly sumY: Float64Array;
  /** Left, top, right, bottom of what lies in a square. */
  readonly extents: Float64Array;
  /** The most urgent one: the smallest number above zero. */
  readonly statuses: Uint8Array;
  /** The last one counted, and the list it belongs to. */
  readonly objects: Float64Array;
  readonly lists: Uint16Array;
}

function gridsFor(areas: readonly Area[], zoom: number): Grid[] {
  let shift = WORLD_BITS - WORLD_PIXELS - zoom + squarePixels(zoom);
  const squares = () => areas.reduce((sum, area) => sum + columnsOf(area, shift) * rowsOf(area, shift), 0);
  while (squares() > MOST_MARKS && shift < WORLD_BITS) shift++;
  return areas.map(area => {
    const columns = columnsOf(area, shift);
    const room = columns * rowsOf(area, shift);
    return {
      area,
      shift,
      firstColumn: part(area.left, shift),
      firstRow: part(area.top, shift),
      columns,
      counts: new Uint32Array(room),
      sumX: new Float64Array(room),
      sumY: new Float64Array(room),
      extents: new Float64Array(room * 4),
      statuses: new Uint8Array(room),
      objects: new Float64Array(room),
      lists: new Uint16Array(room),
    };
  });
}

function part(place: number, shift: number): number {
  return shift >= WORLD_BITS ? 0 : place >>> shift;
}

function columnsOf({ left, right }: Area, shift: number): number {
  return part(right, shift) - part(left, shift) + 1;
}

function rowsOf({ top, bottom }: Area, shift: number): number {
  return part(bottom, shift) - part(top, shift) + 1;
}

function count(
  grid: Grid,
  { x, y, status, object, list }: { x: number; y: number; status: number; object: number; list: number },
): void {
  const square = (part(y, grid.shift) - grid.firstRow) * grid.columns + part(x, grid.shift) - grid.firstColumn;
  const { extents } = grid;
  const corner = square * 4;
  const before = grid.counts[square] ?? 0;
  extents[corner] = before === 0 ? x : Math.min(extents[corner] ?? x, x);
  extents[corner + 1] = before === 0 ? y : Math.min(extents[corner + 1] ?? y, y);
  extents[corner + 2] = before === 0 ? x : Math.max(extents[corner + 2] ?? x, x);
  extents[corner + 3] = before === 0 ? y : Math.max(extents[corner + 3] ?? y, y);
  grid.counts[square] = before + 1;
  grid.sumX[square] = (grid.sumX[square] ?? 0) + x;
  grid.sumY[square] = (grid.sumY[square] ?? 0) + y;
  const worst = grid.statuses[square] ?? 0;
  if (status !== 0 && (worst === 0 || status < worst)) grid.statuses[square] = status;
  grid.objects[square] = object;
  grid.lists[square] = list;
}

function extentOf({ extents }: Grid, square: number): [number, number, number, number] {
  const [left = 0, top = 0, right = WORLD, bottom = WORLD] = extents.subarray(square * 4, square * 4 + 4);
  const [north, west] = positionAt({ x: left, y: top });
  const [south, east] = positionAt({ x: right, y: bottom });
  return [south, west, north, east];
}
