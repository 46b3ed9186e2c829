import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import type { Clock } from '../clock.ts';
import { done, failed } from '../contract/failure.ts';
import { createAtomic } from './atomic.ts';
import { createBodyStore } from './bodies.ts';
import { createChangeBoard, tellingIngest } from './changes.ts';
import { databaseIdOf } from './database.ts';
import { createExchangeWriter } from './exchange-writer.ts';
import { createExchanges } from './exchanges.ts';
import { createFaultStore } from './faults.ts';
import { createFinder } from './finder.ts';
import { createForgetter } from './forgetting/forgetter.ts';
import { createHealthBoard } from './health.ts';
import type { History } from './history.ts';
import { createFindingsStore } from './insight/findings-store.ts';
import { createKeeper } from './keeping/keeper.ts';
import { createPins } from './keeping/pins.ts';
import { createLinkOffers } from './link-offers.ts';
import { createLinks } from './links.ts';
import { createLogs } from './logs.ts';
import { createNotes, createResent } from './notes.ts';
import { createNotices } from './notices.ts';
import { askForWay, createGate, wayFree } from './objects/gate.ts';
import { createObjectStore } from './objects/store.ts';
import { createOwnStore } from './own-data.ts';
import type { Ownership } from './owner.ts';
import { type Commit, createRecorder } from './recorder.ts';
import { createReplays } from './replays.ts';
import { createRuns } from './runs.ts';
import { createScenarioStore } from './scenarios.ts';
import { type KeyStore, keyFileOf, openKeys } from './sealing-key.ts';
import { createSettings, type Settings } from './settings.ts';
import { createTokens } from './tokens.ts';
import { createTraffic } from './traffic/traffic.ts';
import { troubleOf } from './trouble.ts';
import { createBackground } from './worker/background.ts';

const MEBIBYTE = 1024 * 1024;
/** Bytes of a body that are stored; bytes of it that a view holds; characters of it that can be searched. */
const BODY_SETTINGS = {
  largest: { name: 'history.largest-body', standard: 16 * MEBIBYTE },
  viewed: { name: 'history.viewed-body', standard: 4 * MEBIBYTE },
  searched: { name: 'history.searched-body', standard: 64 * 1024 },
} as const;
const ACKNOWLEDGED = 'history.key-notice-acknowledged';

export interface AssemblyOptions {
  readonly file: string;
  readonly clock: Clock;
  /** With its schema up to date. */
  readonly database: Database;
  readonly keyStore: KeyStore;
  /** Absent: reading only. */
  readonly owner?: Ownership;
}

/** Puts the parts over an open database together. */
export function assemble({ file, clock, database, keyStore, owner }: AssemblyOptions): History {
  let restore = () => {};
  const gate = createGate();
  const waits = (waiting: boolean) => (waiting ? askForWay(gate) : wayFree(gate));
  const atomic = createAtomic(database, { rolledBack: () => restore(), waits });
  const settings = createSettings(database, atomic);
  const databaseId = owner ? atomic(() => databaseIdOf(database)) : databaseIdOf(database);
  const keys = openKeys({ file, databaseId, keyStore, mayWrite: owner !== undefined });
  const changes = createChangeBoard();
  const links = createLinks(database, { clock, atomic, keys, changed: () => changes.tell({ kind: 'links' }) });
  const tokens = createTokens(database, { clock, keys, atomic, changed: () => changes.tell({ kind: 'links' }) });
  const runs = createRuns(database, atomic);
  const ownData = createOwnStore(database, { clock, atomic, changed: () => changes.tell({ kind: 'own' }) });
  restore = () => {
    links.reload();
    tokens.reload();
    ownData.reload();
    faults.reload();
  };

  const board = createHealthBoard(clock);
  const bodies = createBodyStore(database);
  const exchanges = createExchanges(database, {
    bodies,
    nameOf: links.nameOf,
    idsNamed: links.idsNamed,
    hiddenLinks: links.hidden,
    viewedBody: size(settings, 'viewed'),
  });
  const background = owner
    ? createBackground({
        file,
        databaseId,
        clock,
        searchedBody: size(settings, 'searched'),
        report: reason => board.report('search', reason),
      })
    : undefined;
  const commitListeners = new Set<(commit: Commit) => void>();
  const tellCommit = (commit: Commit) => {
    for (const listener of commitListeners) listener(commit);
  };
  const recorder = createRecorder({
    database,
    writer: createExchangeWriter(database, { bodies, largestBody: size(settings, 'largest') }),
    clock,
    alongside: () => tokens.writeUsed(),
    committed: commit => {
      tokens.usedWritten();
      background?.stored(commit.recorded);
      if (commit.changed.length > 0) background?.changed(commit.changed);
      tellCommit(commit);
    },
    changedLate: ids => {
      background?.reindex(ids);
      background?.changed(ids);
    },
    rolledBack: () => {
      bodies.forget();
      objects.forget();
    },
    waits,
    isHeld: () => forgetting.isRewriting(),
    report: trouble => board.report('recording', trouble?.reason),
  });
  const faults = createFaultStore(database, { clock, atomic, beside: recorder.beside, nameOf: links.nameOf });
  const findings = createFindingsStore(database, {
    beside: recorder.beside,
    written: ids => {
      background?.changed(ids);
      tellCommit({ recorded: 0, failed: 0, newest: 0, changed: ids, byDetectors: true });
    },
  });
  const underWay = (more: number) => background?.storing(more);
  const objects = createObjectStore(database, {
    file,
    clock,
    atomic,
    links,
    ...(owner ? { writing: { gate, knownTokens: tokens.known, underWay, beside: recorder.beside } } : {}),
    pushed: ({ linkId, module }) => changes.tell({ kind: 'objects', linkId, module }),
  });
  const traffic = createTraffic({ file, idsNamed: links.idsNamed, hiddenLinks: links.hidden, background });
  const keeping = createKeeper({
    file,
    databaseId,
    gate,
    database,
    bodies,
    background,
    pins: createPins(database, { clock, atomic }),
    clock,
  });
  const forgetting = createForgetter({
    ...{ file, gate, database, atomic, bodies, keeping, background },
    async reload() {
      restore();
      await objects.reload();
    },
  });
  let closed: Promise<void> | undefined;
  const close = async () => {
    await Promise.all([objects.close(), traffic.close(), keeping.close(), forgetting.close()]);
    await recorder.close();
    await background?.close();
    if (owner) {
      leave(() => atomic(() => tokens.writeUsed(true)));
      leave(() => database.pragma('wal_checkpoint(TRUNCATE)'));
      leave(() => owner.release());
    }
    database.close();
  };

  return {
    file,
    databaseId,
    ...(owner ? { owner } : {}),
    recorder,
    exchanges,
    links,
    tokens,
    runs,
    objects: { ...objects, ingest: tellingIngest(objects.ingest, changes.tell) },
    ownData,
    faults,
    findings,
    notes: createNotes(database, { clock, atomic }),
    resent: createResent(database, atomic),
    replays: createReplays(database, atomic),
    notices: createNotices(database, atomic),
    offers: createLinkOffers(database, atomic),
    logs: createLogs(database, { clock, atomic, shown: links.reload }),
    scenarios: createScenarioStore(database, { clock, atomic }),
    traffic,
    keeping,
    forgetting,
    settings,
    find: createFinder({ exchanges, traffic, hidesSome: () => links.hidden().length > 0 }),
    transaction(work) {
      try {
        return done(atomic(work));
      } catch (error) {
        const trouble = troubleOf(error);
        if (!trouble) throw error;
        return failed('DATABASE_UNUSABLE', `Nothing was stored: ${trouble.reason}.`, trouble.advice);
      }
    },
    health: board.now,
    onHealth: board.listen,
    onChange: changes.listen,
    onCommit(listener) {
      commitListeners.add(listener);
      return () => commitListeners.delete(listener);
    },
    keyNotice() {
      if (!owner || keys.kept === 'keychain' || settings.get(ACKNOWLEDGED, z.boolean())) return undefined;
      const why = keys.keychainSaid === undefined ? '' : ` (the keychain said: ${keys.keychainSaid})`;
      return `Tokens are sealed with the key in ${keyFileOf(file)}${why}. Whoever has it and the database can read them; without it they must be entered anew.`;
    },
    acknowledgeKeyNotice: () => settings.set(ACKNOWLEDGED, true),
    close() {
      closed ??= close();
      return closed;
    },
  };
}

function size(settings: Settings, which: keyof typeof BODY_SETTINGS): number {
  const { name, standard } = BODY_SETTINGS[which];
  return settings.get(name, z.int().positive()) ?? standard;
}

/** On the way out a full disk or a lock must not keep the process from ending: nothing here is more than tidiness. */
function leave(step: () => void): void {
  try {
    step();
  } catch (error) {
    if (!troubleOf(error)) throw error;
  }
}
