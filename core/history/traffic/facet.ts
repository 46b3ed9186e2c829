import { hash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { ciKey } from '../../ocpi/ci-string.ts';
import type { Finding } from '../../ocpi/findings.ts';
import { parsePartyId, partyKey } from '../../ocpi/party-id.ts';
import { type ExchangeRow, findingsOf } from '../exchange-row.ts';
import { moduleOfOperation } from '../operation-module.ts';

/** Kinds of names that stand as numbers in facets. `findings`: what one exchange has, as `findingsName` writes it. */
export type NameKind = 'module' | 'version' | 'ended' | 'party' | 'findings';

/** The number that stands for a name. */
export type CodeOf = (kind: NameKind, name: string) => number;

const DEFINITION = `
  id INTEGER PRIMARY KEY,
  started_at REAL NOT NULL,
  link_id INTEGER,
  run_id INTEGER,
  incoming INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  open INTEGER NOT NULL,
  worst INTEGER NOT NULL,
  http INTEGER,
  ocpi INTEGER,
  module INTEGER,
  version INTEGER,
  ended INTEGER NOT NULL,
  from_party INTEGER,
  to_party INTEGER,
  correlation INTEGER,
  findings INTEGER
`;

/**
 * One narrow row an exchange, beside the full text: what a table of traffic is filtered and counted by, so that a look
 * at all of a million takes a twentieth of a second. Derived; only the worker writes it.
 */
export const FACET_TABLES = `
  CREATE TABLE facet (${DEFINITION});
  CREATE INDEX facet_failed ON facet (id) WHERE failed = 1;
  CREATE INDEX facet_open ON facet (id) WHERE open = 1;
  CREATE INDEX facet_run ON facet (run_id) WHERE run_id IS NOT NULL;
  CREATE INDEX facet_findings ON facet (findings) WHERE findings IS NOT NULL;
  CREATE TABLE facet_name (code INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (kind, name));
  -- up_to: every exchange up to this id has its facet. stamp: grows with each time some were derived again.
  CREATE TABLE facet_state (up_to INTEGER NOT NULL, stamp INTEGER NOT NULL);
  INSERT INTO facet_state (up_to, stamp) VALUES (0, 0);
  -- The last stamp at which a facet in a stretch of ids changed, so that what was counted there is counted again.
  CREATE TABLE facet_change (stretch INTEGER PRIMARY KEY, stamp INTEGER NOT NULL);
`;

/** The same columns for exchanges that have no facet yet, or an old one. */
export const FRESH_TABLE = `CREATE TABLE temp.fresh (${DEFINITION})`;

/** Ids whose changes are noted together. */
export const STRETCH = 4096;

export function stretchOf(id: number): number {
  return Math.floor(id / STRETCH);
}

/** A facet's values in the order of its columns. */
export type Facet = readonly (number | null)[];

/** What a facet is derived from. */
export type FacetSource = Pick<
  ExchangeRow,
  | 'id'
  | 'started_at'
  | 'link_id'
  | 'run_id'
  | 'incoming'
  | 'http_status'
  | 'ocpi_status'
  | 'operation'
  | 'version'
  | 'ended'
  | 'from_party'
  | 'to_party'
  | 'correlation_id'
  | 'findings'
> & { readonly failed: number };

export const SOURCE_COLUMNS = `id, started_at, link_id, run_id, incoming, http_status, ocpi_status, operation, version,
  ended, from_party, to_party, correlation_id, findings, failed`;

const SEVERITIES = ['note', 'warning', 'error'] as const;

/** 0 for none, 3 for an error. */
export function severityRank(severity: (typeof SEVERITIES)[number]): number {
  return SEVERITIES.indexOf(severity) + 1;
}

/** One party, however it was written. */
export function partyName(text: string): string {
  const party = parsePartyId(text);
  return party ? partyKey(party) : ciKey(text);
}

/** 48 bits of a correlation id; who looks one up compares the whole of it. */
export function correlationCode(id: string): number {
  return Number.parseInt(hash('sha256', id, 'hex').slice(0, 12), 16);
}

/** All codes of one exchange, sorted, each with the worst severity it has there: ` body.json/3 field.unknown/1 `. */
function findingsName(findings: readonly Pick<Finding, 'code' | 'severity'>[]): string | null {
  const worst = new Map<string, number>();
  for (const { code, severity } of findings) worst.set(code, Math.max(worst.get(code) ?? 0, severityRank(severity)));
  return worst.size === 0
    ? null
    : ` ${[...worst]
        .map(([code, rank]) => `${code}/${rank}`)
        .sort()
        .join(' ')} `;
}

/** What stands in such a name. */
export function findingsNamed(name: string): { readonly code: string; readonly rank: number }[] {
  return name
    .split(' ')
    .filter(one => one !== '')
    .map(one => ({ code: one.slice(0, one.lastIndexOf('/')), rank: Number(one.slice(one.lastIndexOf('/') + 1)) }));
}

/** Stands in the names of all sets of findings that hold a code, and in no other. */
export function findingMark(code: string): string {
  return ` ${code}/`;
}

export function facetOf(row: FacetSource, codeOf: CodeOf): Facet {
  const module = moduleOfOperation(row.operation);
  const findings = row.findings === null ? [] : findingsOf(row);
  const code = (kind: NameKind, name: string | null) => (name === null ? null : codeOf(kind, name));
  return [
    row.id,
    row.started_at,
    row.link_id,
    row.run_id,
    row.incoming,
    row.failed,
    row.ended === 'open' ? 1 : 0,
    findings.reduce((worst, { severity }) => Math.max(worst, severityRank(severity)), 0),
    row.http_status,
    row.ocpi_status,
    code('module', module),
    code('version', row.version),
    code('ended', row.ended),
    code('party', row.from_party === null ? null : partyName(row.from_party)),
    code('party', row.to_party === null ? null : partyName(row.to_party)),
    row.correlation_id === null ? null : correlationCode(row.correlation_id),
    code('findings', findingsName(findings)),
  ];
}

/** `table`: `facet` or `temp.fresh`. */
export function facetInsertion(database: Database, table: string): (facet: Facet) => void {
  const put = database.prepare(`INSERT OR REPLACE INTO ${table} VALUES (${Array(17).fill('?').join(', ')})`);
  return facet => void put.run(...facet);
}
