import type { ExchangeConditions } from '../../../core/contract/exchange.ts';
import { type FilterToken, printFilter } from '../../ui/filter-text.ts';
import { localDate, localTime } from '../../ui/time-format.ts';
import { type AskedFilter, conditionsOf } from './filter.ts';
import { type Sum, sumOf, type TimeSpan, type TroubleColumn, type TroubleRow } from './matrix.ts';
import { printColumn, type RowName } from './search.ts';

/** What of the grid is looked at: a line of it, or what one of its columns has of that. */
export interface Chosen extends RowName, Sum {
  readonly row: TroubleRow;
  /** Absent: of every link; null: of none that could be told. */
  readonly link?: string | null;
  readonly module?: string | null;
  readonly span?: TimeSpan;
  /** Undefined: of a stretch of time that is no column any more, for time went on. */
  readonly times: number | undefined;
  /** How often on each link and in each module, the most first. */
  readonly links: readonly Part[];
  readonly modules: readonly Part[];
}

export interface Part {
  readonly name: string | null;
  readonly count: number;
}

/** Of one stretch of time, be it a column or not. */
export function chosenSpan(row: TroubleRow, span: TimeSpan, column?: TroubleColumn): Chosen | undefined {
  const times = column && row.cells.get(column.key)?.count;
  if (column !== undefined && times === undefined) return undefined;
  const { failed, direction, layer, code } = row;
  return { failed, direction, layer, code, ...sumOf(row.groups), row, span, times, ...partsOf(row.groups) };
}

/** Without a column the whole line; undefined where the line has nothing in that column. */
export function chosenOf(row: TroubleRow, column: TroubleColumn | undefined): Chosen | undefined {
  if (column?.span !== undefined) return chosenSpan(row, column.span, column);
  const { failed, direction, layer, code } = row;
  const name = { failed, direction, layer, code };
  const by = column === undefined ? undefined : column.key.startsWith('module') ? 'module' : 'link';
  const groups = row.groups.filter(group => by === undefined || printColumn(by, group[by]) === column?.key);
  if (groups.length === 0) return undefined;
  const sum = { ...name, ...sumOf(groups), row, ...partsOf(groups) };
  const times = sum.count;
  const [only] = sum.links;
  // A line that is of one link alone is spoken of as that link's.
  const link = by === 'link' ? column?.name : sum.links.length === 1 ? only?.name : undefined;
  return {
    ...sum,
    times,
    ...(link !== undefined && { link }),
    ...(by === 'module' && column !== undefined && { module: column.name }),
  };
}

function partsOf(groups: TroubleRow['groups']): Pick<Chosen, 'links' | 'modules'> {
  const counted = (of: (group: TroubleRow['groups'][number]) => string | null): Part[] => {
    const counts = new Map<string | null, number>();
    for (const group of groups) counts.set(of(group), (counts.get(of(group)) ?? 0) + group.count);
    return [...counts].map(([name, count]) => ({ name, count })).sort((left, right) => right.count - left.count);
  };
  return { links: counted(({ link }) => link), modules: counted(({ module }) => module) };
}

/** For the core: the exchanges of what is looked at, and no others. */
export function exchangeConditions(chosen: Chosen, filter: AskedFilter, now: number): ExchangeConditions {
  const asked = conditionsOf(filter, now);
  const { link, module, span, direction, failed, code } = chosen;
  return {
    ...asked,
    ...(typeof link === 'string' && { link }),
    ...(link === null && { unlinked: true }),
    ...(typeof module === 'string' && { module }),
    ...(span !== undefined && {
      since: Math.max(span.from, asked.since ?? 0),
      until: Math.min(span.to, asked.until ?? Number.POSITIVE_INFINITY),
    }),
    direction,
    ...(failed ? { failedWith: code } : { findingCode: code, well: true }),
  };
}

/** The same for the filter bar of the traffic. */
export function trafficFilter(chosen: Chosen, filter: AskedFilter): string {
  const { link, module, span, direction, failed, code } = chosen;
  const tokens: readonly (FilterToken | undefined)[] = [
    token('link', link ?? undefined),
    token('is', link === null ? 'unlinked' : undefined),
    token('module', module ?? undefined),
    token('dir', direction),
    ...(failed ? [token('failed', code)] : [token('has', code), token('is', 'well')]),
    token('since', span === undefined ? filter.since : momentText(span.from)),
    token('until', span === undefined ? filter.until : momentText(span.to)),
  ];
  return printFilter({ tokens: tokens.filter(one => one !== undefined), words: filter.words });
}

function token(name: string, value: string | undefined): FilterToken | undefined {
  return value === undefined ? undefined : { name, value };
}

function momentText(at: number): string {
  const moment = new Date(at);
  return `${localDate(moment)}T${localTime(moment)}`;
}
