import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import { FaultRuleText } from '../../contract/fault.ts';
import { Link } from '../../contract/link.ts';
import type { Run } from '../../contract/run.ts';
import { type RunRow, runOf } from '../runs.ts';

export type OutgoingLink = Omit<Link, 'id' | 'createdAt' | 'updatedAt'>;

/** What rules are made of, as files of rules have it. */
export type OutgoingRule = Omit<z.infer<typeof FaultRuleText>, 'name' | 'kind'>;

/** Links, runs and rules. */
export interface OutgoingRest {
  /** Of a removed link only the name is left. Never with a private key, or a proxy, whose URL may hold a password. */
  link(id: number): OutgoingLink | undefined;
  linkIds(): number[];
  run(id: number): Run | undefined;
  /** Ids of those that began in a time, of some links or of all, ascending. Milliseconds since the epoch. */
  runIds(of: {
    readonly linkIds?: readonly number[] | undefined;
    readonly since: number;
    readonly until: number;
  }): number[];
  /** Undefined where it is gone, or was renamed or changed its kind since. */
  rule(of: { readonly id: number | null; readonly name: string; readonly kind: string }): OutgoingRule | undefined;
}

const Kept = Link.omit({ id: true, createdAt: true, updatedAt: true });
/** What belongs to the database alone is left out. */
const RuleDetails = z.object(FaultRuleText.omit({ name: true, kind: true }).shape);

export function createOutgoingRest(database: Database): OutgoingRest {
  const link = database.prepare<[number], { name: string; details: string }>(
    'SELECT name, details FROM link WHERE id = ?',
  );
  const links = database.prepare<[], number>('SELECT id FROM link ORDER BY id').pluck();
  const run = database.prepare<[number], RunRow>('SELECT * FROM run WHERE id = ?');
  const runs = database
    .prepare<[{ since: number; until: number; links: string | null }], number>(
      `SELECT id FROM run WHERE started_at >= :since AND started_at < :until
       AND (:links IS NULL OR link_id IN (SELECT value FROM json_each(:links))) ORDER BY id`,
    )
    .pluck();
  const rule = database
    .prepare<[number, string, string], string>('SELECT details FROM fault_rule WHERE id = ? AND name = ? AND kind = ?')
    .pluck();
  return {
    link(id) {
      const row = link.get(id);
      return row && linkOf(row.name, JSON.parse(row.details));
    },
    linkIds: () => links.all(),
    run(id) {
      const row = run.get(id);
      return row && runOf(row);
    },
    runIds: ({ linkIds, since, until }) =>
      // Infinity is no value of SQLite's comparisons with whole numbers only: it is one, as a real.
      runs.all({ since, until, links: linkIds === undefined ? null : JSON.stringify(linkIds) }),
    rule({ id, name, kind }) {
      const details = id === null ? undefined : rule.get(id, name, kind);
      if (details === undefined) return undefined;
      return RuleDetails.parse(JSON.parse(details));
    },
  };
}

function linkOf(name: string, details: { readonly settings?: object }): OutgoingLink {
  const { settings = {} } = details;
  // Sealed with a key that does not leave either.
  const harmless = Object.fromEntries(
    Object.entries(settings).filter(([key]) => key !== 'clientKey' && key !== 'proxy'),
  );
  const kept = Kept.safeParse({ ...details, name, settings: harmless });
  if (kept.success) return kept.data;
  return Kept.parse({
    name,
    organisation: name,
    environment: 'test',
    state: 'unregistered',
    readOnly: true,
    offeredVersions: [],
    endpoints: [],
    parties: [],
    settings: {},
  });
}
