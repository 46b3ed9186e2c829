import type { ErrorGroup } from '../../contract/exchange.ts';
import { failedLayer } from '../../ocpi/failed-layer.ts';
import type { FailureRow } from './sources.ts';

/** Puts failures together that failed alike. */
export interface Failures {
  add(rows: readonly FailureRow[]): void;
  /** Most recent first. */
  groups(): ErrorGroup[];
}

export interface FailureNames {
  readonly nameOf: (code: number) => string;
  readonly linkNamed: (linkId: number) => string | undefined;
}

interface Group extends Omit<ErrorGroup, 'first' | 'last'> {
  readonly first: number;
  readonly last: number;
}

export function collectFailures({ nameOf, linkNamed }: FailureNames): Failures {
  const groups = new Map<string, Group>();
  return {
    add(rows) {
      for (const row of rows) {
        const { layer, code } = failedLayer({ ended: nameOf(row.ended), http: row.http, ocpi: row.ocpi });
        const key = JSON.stringify([row.link_id, layer, code, row.version, row.incoming]);
        const before = groups.get(key);
        groups.set(key, {
          link: row.link_id === null ? null : (linkNamed(row.link_id) ?? null),
          layer,
          code,
          version: row.version === null ? null : nameOf(row.version),
          direction: row.incoming === 1 ? 'in' : 'out',
          count: row.count + (before?.count ?? 0),
          first: Math.min(row.first, before?.first ?? row.first),
          last: Math.max(row.last, before?.last ?? row.last),
          newestId: Math.max(row.newest, before?.newestId ?? 0),
        });
      }
    },
    groups: () =>
      [...groups.values()]
        .sort((left, right) => right.newestId - left.newestId)
        .map(({ first, last, ...group }) => ({
          ...group,
          first: new Date(first).toISOString(),
          last: new Date(last).toISOString(),
        })),
  };
}
