import type { Database } from 'better-sqlite3';
import type { Clock } from '../clock.ts';
import type { ExchangeFilter, ExchangeSummary } from '../contract/exchange.ts';
import type { Outcome } from '../contract/failure.ts';
import type { Recorder } from '../http/exchange.ts';
import { assemble } from './assembly.ts';
import type { HistoryChange } from './changes.ts';
import { openDatabase, refusalOf } from './database.ts';
import { interruptExchanges } from './exchange-writer.ts';
import type { Exchanges } from './exchanges.ts';
import type { FaultStore } from './faults.ts';
import type { Forgetter } from './forgetting/forgetter.ts';
import type { Health, HealthListener } from './health.ts';
import type { FindingsStore } from './insight/findings-store.ts';
import type { Keeper } from './keeping/keeper.ts';
import type { LinkOffers } from './link-offers.ts';
import type { Links } from './links.ts';
import type { Logs } from './logs.ts';
import { migrate, NEWEST_VERSION, versionOf } from './migrations/list.ts';
import type { Notes, Resent } from './notes.ts';
import type { Notices } from './notices.ts';
import type { Objects } from './objects/objects.ts';
import type { OwnStore } from './own-data.ts';
import { claimOwner, type IsAlive, type OwnerSeen, type Ownership, ownerProbe } from './owner.ts';
import type { Commit } from './recorder.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { Replays } from './replays.ts';
import { interruptRuns, type Runs } from './runs.ts';
import type { ScenarioStore } from './scenarios.ts';
import type { KeyStore } from './sealing-key.ts';
import type { Settings } from './settings.ts';
import type { Tokens } from './tokens.ts';
import type { Traffic } from './traffic/traffic.ts';

export interface OpenHistoryOptions {
  readonly file: string;
  readonly clock: Clock;
  /** `auto`: the keychain, else a key file; `file`, or OCPI_WORKBENCH_KEYSTORE=file: never the keychain. */
  readonly keyStore: KeyStore;
  /** Claims nothing, writes nothing. */
  readonly readOnly?: boolean;
  /** A damaged database is renamed to `<file>.damaged-<time>` and a new one made, instead of refused. */
  readonly setAside?: boolean;
  /** Whether the process that owns the database lives; by its pid and its port unless said. */
  readonly isAlive?: IsAlive;
  /** This process, unless said. */
  readonly pid?: number;
}

export type OpenedHistory =
  | { readonly ok: true; readonly history: History; readonly setAsideAs?: string }
  /** `owner`: with code OWNED, whom to be a client of. */
  | (Refusal & { readonly owner?: OwnerSeen });

/** Exchanges found by a filter, newest first; `behind`: how many of the newest the index does not know yet. */
export type FoundExchanges =
  | { readonly ok: true; readonly exchanges: readonly ExchangeSummary[]; readonly behind: number }
  | { readonly ok: false; readonly reason: string };

/**
 * Everything that is kept. Direct changes (links, tokens, runs, settings) throw what SQLite throws when the storage
 * fails; `transaction` gives that as a value. The recorder never throws and never rejects.
 */
export interface History {
  readonly file: string;
  readonly databaseId: string;
  /** Absent where it was opened for reading only. */
  readonly owner?: Ownership;
  readonly recorder: Recorder;
  readonly exchanges: Exchanges;
  readonly links: Links;
  readonly tokens: Tokens;
  readonly runs: Runs;
  /** What partners' lists held. */
  readonly objects: Objects;
  /** What parties of ours own and serve. */
  readonly ownData: OwnStore;
  readonly faults: FaultStore;
  /** What detectors found afterwards, and how far they have come. */
  readonly findings: FindingsStore;
  /** What the operator wrote beside exchanges. */
  readonly notes: Notes;
  readonly resent: Resent;
  readonly replays: Replays;
  /** What is or was over its threshold. */
  readonly notices: Notices;
  /** Versions and endpoints of links, and when they became others. */
  readonly offers: LinkOffers;
  /** Session logs that were imported. */
  readonly logs: Logs;
  /** Those of the operator. */
  readonly scenarios: ScenarioStore;
  /** Refuses where the database was opened for reading only. */
  readonly traffic: Traffic;
  /** Deletes, counts, checks and copies what is kept, away from the thread that answers. */
  readonly keeping: Keeper;
  /** Erases a value from all of it. */
  readonly forgetting: Forgetter;
  readonly settings: Settings;
  /** Exchanges by any filter, words included. Waits for the worker where there are words, else answers from an index. */
  find(filter: ExchangeFilter): Promise<FoundExchanges>;
  /** All of the work is stored, or nothing is and memory is as before. Synchronous; what the work throws is thrown on. */
  transaction<T>(work: () => T): Outcome<T>;
  health(): Health;
  /** Returns the function that stops listening. */
  onHealth(listener: HealthListener): () => void;
  /** Hears what changed besides exchanges, perhaps before it is committed. Returns the function that stops listening. */
  onChange(listener: (change: HistoryChange) => void): () => void;
  /** Hears what each commit of the recorder brought. Returns the function that stops listening. */
  onCommit(listener: (commit: Commit) => void): () => void;
  /** Where the key of the tokens is kept when no keychain is used; said until acknowledged. */
  keyNotice(): string | undefined;
  acknowledgeKeyNotice(): void;
  /** Writes what waits, ends the worker, moves the log into the database, gives up ownership. */
  close(): Promise<void>;
}

/**
 * Opens the history at a file, or makes one. Refuses, with the file untouched, what it must not write to: a newer
 * database, a damaged one, another program's, one that another process owns.
 */
export async function openHistory(options: OpenHistoryOptions): Promise<OpenedHistory> {
  const { file, clock, readOnly = false, setAside = false } = options;
  const opened = openDatabase({ file, readOnly, setAside, now: clock.now() });
  if (!opened.ok) return opened;
  const { database } = opened;
  let owner: Ownership | undefined;
  try {
    const prepared = readOnly ? checkReadable(file, database) : await takeOver(database, options);
    if (!prepared.ok) {
      database.close();
      return prepared;
    }
    owner = prepared.owner;
    const history = assemble({ file, clock, database, keyStore: keyStoreOf(options), ...(owner ? { owner } : {}) });
    return { ok: true, history, ...(opened.setAsideAs === undefined ? {} : { setAsideAs: opened.setAsideAs }) };
  } catch (error) {
    owner?.release();
    database.close();
    return refusalOf(file, error);
  }
}

type Prepared =
  | { readonly ok: true; readonly owner: Ownership | undefined }
  | (Refusal & { readonly owner?: OwnerSeen });

/** Who owns the file is settled before anything is written; only a new file needs its tables for that. */
async function takeOver(database: Database, options: OpenHistoryOptions): Promise<Prepared> {
  const { file, clock, pid = process.pid, isAlive = ownerProbe(clock) } = options;
  const before = versionOf(database);
  if (before === 0) migrate(database);
  const claim = await claimOwner(database, { file, pid, clock, isAlive });
  if (claim.owner === 'other') {
    const where = claim.port === 0 ? `process ${claim.pid}` : `process ${claim.pid}, at port ${claim.port}`;
    const message = `${file} is open in another OCPI Workbench (${where}).`;
    const { owner: _, ...owner } = claim;
    return { ...refuse('OWNED', message, 'Ask that one, or close it first.'), owner };
  }
  try {
    migrate(database);
    interruptExchanges(database);
    interruptRuns(database, clock.now());
    // An older workbench looks at the header of the file for the version, without opening it.
    if (before !== NEWEST_VERSION) database.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    claim.release();
    throw error;
  }
  return { ok: true, owner: claim };
}

function checkReadable(file: string, database: Database): Prepared {
  if (versionOf(database) === NEWEST_VERSION) return { ok: true, owner: undefined };
  return refuse(
    'READ_ONLY',
    `${file} was written by an older OCPI Workbench and is opened for reading only.`,
    'Open it once for writing, so that it is brought up to date.',
  );
}

function keyStoreOf({ keyStore }: OpenHistoryOptions): KeyStore {
  return process.env['OCPI_WORKBENCH_KEYSTORE'] === 'file' ? 'file' : keyStore;
}
