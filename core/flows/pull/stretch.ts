import type { PulledModule } from '../../contract/objects.ts';
import { writeDateTime } from '../../ocpi/date-time.ts';
import { appendQuery, appendSegments } from '../../ocpi/urls.ts';
import { atLeast22, type Version } from '../../ocpi/versions.ts';
import type { PullOrder } from './ports.ts';

/** A piece of time that is read as one list: `from` inclusive, `to` exclusive, milliseconds since the epoch. */
export interface Stretch {
  readonly from?: number;
  readonly to?: number;
}

/** Dates cross the wire in whole seconds, and 2.1.1 does not say whether its filters are inclusive (T39). */
const OVERLAP_MS = 1000;
const SECOND_MS = 1000;
/** No list of sessions may be asked for without date_from (digest 1.6). */
const ALWAYS_FROM: ReadonlySet<PulledModule> = new Set(['sessions']);

export interface StretchContext {
  readonly version: Version;
  readonly module: PulledModule;
  /** Where the former pull ended. */
  readonly cursor: number | undefined;
  readonly now: number;
}

/**
 * The stretches of time a pull reads one after the other: the whole list, what came since the cursor (less one second),
 * the time asked for, or that in windows. The last window is open where no end was asked for, whatever the partner's clock says.
 */
export function stretchesOf(
  order: Pick<PullOrder, 'full' | 'from' | 'to' | 'window'>,
  { version, module, cursor, now }: StretchContext,
): Stretch[] {
  const since = order.full || cursor === undefined ? undefined : Math.max(0, cursor - OVERLAP_MS);
  const asked = order.from ?? since ?? (ALWAYS_FROM.has(module) ? 0 : undefined);
  const from = asked === undefined ? undefined : Math.floor(asked / SECOND_MS) * SECOND_MS;
  const to = order.to === undefined ? undefined : Math.ceil(order.to / SECOND_MS) * SECOND_MS;
  if (order.window === undefined || from === undefined) return [stretch(from, to)];
  const width = Math.max(SECOND_MS, Math.round(order.window / SECOND_MS) * SECOND_MS);
  const overlap = atLeast22(version) ? 0 : OVERLAP_MS;
  const stretches: Stretch[] = [];
  for (let start = from; start < (to ?? now) || stretches.length === 0; start += width) {
    const end = start + width;
    const begin = stretches.length === 0 ? start : start - overlap;
    stretches.push(stretch(begin, end < (to ?? now) ? end : to));
  }
  return stretches;
}

function stretch(from: number | undefined, to: number | undefined): Stretch {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** `2026-01-01T00:00:00Z to 2026-01-02T00:00:00Z`, for people; empty for everything. */
export function stretchWords({ from, to }: Stretch): string {
  const parts = [
    ...(from === undefined ? [] : [`from ${writeDateTime(from)}`]),
    ...(to === undefined ? [] : [`to ${writeDateTime(to)}`]),
  ];
  return parts.join(' ');
}

export interface PageAsked extends Stretch {
  readonly endpoint: string;
  readonly path: readonly string[];
  readonly offset: number;
  readonly limit: number;
}

/** The URL of a page by offset (digest 1.6). */
export function pageUrl({ endpoint, path, from, to, offset, limit }: PageAsked): string {
  return appendQuery(appendSegments(endpoint, ...path), {
    date_from: from === undefined ? undefined : writeDateTime(from),
    date_to: to === undefined ? undefined : writeDateTime(to),
    offset: offset === 0 ? undefined : offset,
    limit,
  });
}
