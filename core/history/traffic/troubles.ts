import { failedLayer } from '../../ocpi/failed-layer.ts';
import { findingsNamed } from './facet.ts';
import type { TroubleAsked, TroubleFound } from './messages.ts';
import type { TrafficFile } from './traffic-file.ts';
import { type TroubleSource, type TroubleSources, troubleSources } from './trouble-sources.ts';

/** Exchanges with all of this in common; `ended`, `version`, `module` and `findings` are codes of names. */
interface Row {
  readonly link_id: number | null;
  readonly incoming: number;
  readonly failed: number;
  readonly version: number | null;
  readonly module: number | null;
  /** Of those that failed. */
  readonly ended: number | null;
  readonly http: number | null;
  readonly ocpi: number | null;
  /** Of those that did not. */
  readonly findings: number | null;
  readonly stretch: number;
  readonly count: number;
  readonly purpose: number;
  readonly first: number;
  readonly last: number;
  readonly newest: number;
}

interface Group {
  readonly linkId: number | null;
  readonly module: string | null;
  readonly layer: TroubleFound['groups'][number]['layer'];
  readonly code: string;
  readonly failed: boolean;
  readonly direction: 'in' | 'out';
  readonly versions: Set<string | null>;
  count: number;
  onPurpose: number;
  first: number;
  last: number;
  newestId: number;
  readonly overTime: number[];
}

const ALIKE = `f.link_id, f.incoming, f.failed, f.version, f.module,
  CASE WHEN f.failed = 1 THEN f.ended END AS ended, CASE WHEN f.failed = 1 THEN f.http END AS http,
  CASE WHEN f.failed = 1 THEN f.ocpi END AS ocpi, CASE WHEN f.failed = 0 THEN f.findings END AS findings`;
const ON_PURPOSE = "EXISTS (SELECT 1 FROM main.exchange_fault x WHERE x.exchange_id = f.id AND x.kinds <> '  ')";

export interface TroubleReading {
  readonly file: TrafficFile;
  readonly linkNamed: (linkId: number) => string | undefined;
  /** Lets others have the thread now and then. */
  readonly turn: () => Promise<void>;
}

/** Groups of what failed, and of the findings of what did not, most recent first. */
export async function readTroubles(reading: TroubleReading, asked: TroubleAsked): Promise<TroubleFound> {
  const { file, linkNamed, turn } = reading;
  const { since, until } = asked.conditions;
  const found = troubleSources(file, asked);
  const troubled: Troubled = { file, turn, leastRank: asked.leastRank };
  const to = until ?? asked.now;
  const from = since ?? (await oldest(troubled, found)) ?? to;
  const width = Math.max(1, (to - from) / asked.stretches);
  const grouping = createGrouping({ nameOf: found.nameOf, leastRank: asked.leastRank, stretches: asked.stretches });
  const rows = inGroups(
    `${ALIKE}, max(0, min(?, CAST((f.started_at - ?) / ? AS INTEGER))) AS stretch, count(*) AS count,
     sum(${ON_PURPOSE}) AS purpose, min(f.started_at) AS first, max(f.started_at) AS last, max(f.id) AS newest`,
    10,
  );
  for (const source of found.sources) {
    await turn();
    for (const row of read<Row>(troubled, source, rows, [asked.stretches - 1, from, width])) grouping.add(row);
  }
  const groups = [...grouping.groups()].sort((left, right) => right.newestId - left.newestId);
  const known = await knownBefore(troubled, asked);
  return {
    from,
    to,
    groups: groups.map(({ linkId, versions, ...group }) => ({
      ...group,
      link: linkId === null ? null : (linkNamed(linkId) ?? null),
      versions: [...versions].sort(),
      fresh: group.first >= asked.freshFrom && !known.has(keyOf({ ...group, linkId })),
    })),
  };
}

interface Troubled {
  readonly file: TrafficFile;
  readonly turn: () => Promise<void>;
  /** 0: of those that did not fail none. */
  readonly leastRank: number;
}

/** When the oldest of them began. */
async function oldest(troubled: Troubled, { sources }: TroubleSources): Promise<number | undefined> {
  let first: number | undefined;
  for (const source of sources) {
    await troubled.turn();
    for (const { at } of read<{ at: number | null }>(troubled, source, { select: 'min(f.started_at) AS at', by: '' })) {
      if (at !== null) first = Math.min(at, first ?? at);
    }
  }
  return first;
}

/** Keys of groups that are older than what was asked for shows. */
async function knownBefore(troubled: Troubled, asked: TroubleAsked): Promise<ReadonlySet<string>> {
  const { since, ...conditions } = asked.conditions;
  if (since === undefined) return new Set();
  const until = Math.min(asked.freshFrom, since);
  const { sources, nameOf } = troubleSources(troubled.file, { ...asked, conditions: { ...conditions, until } });
  const grouping = createGrouping({ nameOf, leastRank: troubled.leastRank, stretches: 1 });
  const rows = inGroups(
    `${ALIKE}, 0 AS stretch, count(*) AS count, 0 AS purpose, 0 AS first, 0 AS last, max(f.id) AS newest`,
    9,
  );
  for (const source of sources) {
    await troubled.turn();
    for (const row of read<Row>(troubled, source, rows)) grouping.add(row);
  }
  return new Set([...grouping.groups()].map(keyOf));
}

interface Select {
  readonly select: string;
  readonly by: string;
}

/** `columns`: how many of the first ones make a group. */
function inGroups(select: string, columns: number): Select {
  return { select, by: `GROUP BY ${Array.from({ length: columns }, (_, at) => at + 1).join(', ')}` };
}

function read<R>({ file, leastRank }: Troubled, source: TroubleSource, { select, by }: Select, values: number[] = []) {
  const troubled = leastRank === 0 ? 'f.failed = 1' : `(f.failed = 1 OR f.worst >= ${leastRank})`;
  const sql = `SELECT ${select} FROM ${source.from} WHERE ${source.where} AND ${troubled} ${by}`;
  return file.prepare<R>(sql).all(...values, ...source.values);
}

interface Grouping {
  add(row: Row): void;
  groups(): Iterable<Group>;
}

function createGrouping(options: {
  readonly nameOf: (code: number) => string;
  readonly leastRank: number;
  readonly stretches: number;
}): Grouping {
  const { nameOf, leastRank, stretches } = options;
  const groups = new Map<string, Group>();
  const names = new Map<number, string>();
  const named = (code: number | null): string | null => {
    if (code === null) return null;
    const name = names.get(code) ?? nameOf(code);
    names.set(code, name);
    return name;
  };
  const codesOf = (row: Row): Pick<Group, 'layer' | 'code'>[] => {
    if (row.failed === 1) {
      return [failedLayer({ ended: named(row.ended) ?? '', http: row.http, ocpi: row.ocpi })];
    }
    return findingsNamed(named(row.findings) ?? '')
      .filter(({ rank }) => rank >= leastRank)
      .map(({ code }) => ({ layer: 'finding', code }));
  };
  return {
    add(row) {
      for (const { layer, code } of codesOf(row)) {
        const known = {
          linkId: row.link_id,
          module: named(row.module),
          layer,
          code,
          failed: row.failed === 1,
          direction: row.incoming === 1 ? 'in' : 'out',
        } as const;
        const key = keyOf(known);
        const group: Group = groups.get(key) ?? {
          ...known,
          versions: new Set(),
          count: 0,
          onPurpose: 0,
          first: row.first,
          last: row.last,
          newestId: 0,
          overTime: Array<number>(stretches).fill(0),
        };
        groups.set(key, group);
        group.versions.add(named(row.version));
        group.count += row.count;
        group.onPurpose += row.purpose;
        group.first = Math.min(group.first, row.first);
        group.last = Math.max(group.last, row.last);
        group.newestId = Math.max(group.newestId, row.newest);
        group.overTime[row.stretch] = (group.overTime[row.stretch] ?? 0) + row.count;
      }
    },
    groups: () => groups.values(),
  };
}

function keyOf(group: Pick<Group, 'linkId' | 'module' | 'layer' | 'code' | 'failed' | 'direction'>): string {
  return JSON.stringify([group.linkId, group.module, group.layer, group.code, group.failed, group.direction]);
}
