import type { Database } from 'better-sqlite3';
import type { Clock } from '../clock.ts';
import { LedgerToken, type WrittenForm } from '../contract/link.ts';
import type { Atomic } from './atomic.ts';
import type { SealingKeys } from './sealing-key.ts';
import { seal, unseal } from './token-seal.ts';

/** One row of the sealed table. Several rows may share a value, and then an id; `row` is always its own. */
export interface TokenEntry extends LedgerToken {
  readonly row: number;
}

export interface NewToken extends Pick<LedgerToken, 'linkId' | 'direction' | 'kind' | 'state' | 'issuedBy'> {
  readonly token: string;
}

export interface KnownToken {
  readonly id: string;
  readonly token: string;
}

export interface Tokens {
  add(token: NewToken): TokenEntry;
  setState(row: number, state: LedgerToken['state']): void;
  /** Retires every token of a link, or of one direction of it. */
  retire(linkId: number, direction?: LedgerToken['direction']): void;
  /** Deletes every token of a link that is removed. */
  remove(linkId: number): void;
  /** Of one link, oldest first, retired ones included. */
  ledger(linkId: number): readonly TokenEntry[];
  /** In the clear: to send, to resend what `{token:ID:...}` stands for, and where the operator asks to see it. */
  value(id: string): string | undefined;
  /** As `value`, by row. */
  valueOf(row: number): string | undefined;
  /**
   * The incoming token that is one of the candidates (readings of one Authorization header, most likely first) and is
   * not retired. Where links share a value, active before pending before previous, then the newest.
   */
  find<C extends { readonly token: string }>(
    candidates: readonly C[],
  ): { readonly entry: TokenEntry; readonly candidate: C } | undefined;
  /** Every readable token, retired ones too, each value once. The array is another one only when tokens changed. */
  known(): readonly KnownToken[];
  /** The public id of any text as a token, known or not: 12 hex characters. */
  idOf(token: string): string;
  /** Remembered at once, written with a later commit of the recorder. `at`: milliseconds since the epoch. */
  markUsed(row: number, form: WrittenForm, at: number): void;
  /** Inside a transaction: writes what `markUsed` remembered, at most once a second unless forced. */
  writeUsed(force?: boolean): void;
  /** That transaction is committed: what it wrote may be forgotten. */
  usedWritten(): void;
  /** Reads everything anew, after a transaction was rolled back. */
  reload(): void;
}

interface TokenRow {
  readonly row: number;
  readonly id: string;
  readonly link_id: number;
  readonly direction: string;
  readonly kind: string;
  readonly state: string;
  readonly issued_by: string;
  readonly length: number;
  readonly key_id: string;
  readonly nonce: Buffer;
  readonly sealed: Buffer;
  readonly created_at: number;
  readonly last_used_at: number | null;
  readonly last_form: string | null;
}

interface Held {
  entry: TokenEntry;
  readonly token: string | undefined;
}

/** Every request marks its token used; a row is written for it at most this often. Milliseconds. */
const USED_WRITTEN_EVERY = 1000;
const RANK: Readonly<Record<LedgerToken['state'], number>> = { active: 0, pending: 1, previous: 2, retired: 3 };

export interface TokenOptions {
  readonly clock: Clock;
  readonly keys: SealingKeys;
  readonly atomic: Atomic;
  /** There are others, or others are in use. */
  readonly changed: () => void;
}

/** The sealed table and, over it, the ledger in memory that every request is looked up in. */
export function createTokens(database: Database, { clock, keys, atomic, changed }: TokenOptions): Tokens {
  const all = database.prepare<[], TokenRow>('SELECT * FROM token ORDER BY row');
  const insert = database.prepare(
    `INSERT INTO token (id, link_id, direction, kind, state, issued_by, length, key_id, nonce, sealed, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const changeState = database.prepare('UPDATE token SET state = ? WHERE row = ?');
  const removeOfLink = database.prepare('DELETE FROM token WHERE link_id = ?');
  const changeUsed = database.prepare('UPDATE token SET last_used_at = ?, last_form = ? WHERE row = ?');

  let held = new Map<number, Held>();
  let incoming = new Map<string, Held>();
  let ids = new Map<string, string>();
  let knownNow: readonly KnownToken[] = [];
  /** Rows whose last use is not in the file yet. */
  let used = new Set<number>();
  let writing = false;
  let usedWrittenAt = Number.NEGATIVE_INFINITY;

  /** Rebuilds what is looked up; tokens are few and change seldom. */
  const arrange = () => {
    incoming = new Map();
    ids = new Map();
    for (const one of held.values()) {
      if (one.token === undefined) continue;
      ids.set(one.token, one.entry.id);
      if (one.entry.direction !== 'incoming' || one.entry.state === 'retired') continue;
      const rival = incoming.get(one.token);
      if (!rival || RANK[one.entry.state] <= RANK[rival.entry.state]) incoming.set(one.token, one);
    }
    knownNow = [...ids].map(([token, id]) => ({ id, token }));
    changed();
  };
  const reload = () => {
    const before = held;
    held = new Map(all.all().map(row => [row.row, heldOf(row, keys, before.get(row.row))]));
    used = new Set([...used].filter(row => held.has(row)));
    arrange();
  };
  const known = (row: number): Held => {
    const one = held.get(row);
    if (!one) throw new Error(`there is no token in row ${row}`);
    return one;
  };
  const ofLink = (linkId: number) => [...held.values()].filter(({ entry }) => entry.linkId === linkId);
  const setState = (one: Held, state: LedgerToken['state']) => {
    changeState.run(state, one.entry.row);
    one.entry = { ...one.entry, state };
  };
  const idOf = (token: string) => ids.get(token) ?? keys.current.nameOf(token);
  reload();

  return {
    add({ token, linkId, direction, kind, state, issuedBy }) {
      const id = idOf(token);
      const now = clock.now();
      const sealed = seal(token, keys.current, boundTo({ id, linkId }));
      const told = [id, linkId, direction, kind, state, issuedBy, token.length];
      const hidden = [keys.current.id, sealed.nonce, sealed.sealed];
      const { lastInsertRowid } = atomic(() => insert.run(...told, ...hidden, now));
      const row = Number(lastInsertRowid);
      const length = token.length;
      const entry = { row, id, linkId, direction, kind, state, issuedBy, length, createdAt: now, readable: true };
      held.set(row, { entry, token });
      arrange();
      return entry;
    },
    setState(row, state) {
      atomic(() => setState(known(row), state));
      arrange();
    },
    retire(linkId, direction) {
      atomic(() => {
        for (const one of ofLink(linkId)) {
          const meant = direction === undefined || one.entry.direction === direction;
          if (meant && one.entry.state !== 'retired') setState(one, 'retired');
        }
      });
      arrange();
    },
    remove(linkId) {
      atomic(() => removeOfLink.run(linkId));
      for (const one of ofLink(linkId)) {
        used.delete(one.entry.row);
        held.delete(one.entry.row);
      }
      arrange();
    },
    ledger: linkId => ofLink(linkId).map(({ entry }) => entry),
    value(id) {
      for (const one of held.values()) if (one.entry.id === id && one.token !== undefined) return one.token;
      return undefined;
    },
    valueOf: row => held.get(row)?.token,
    find(candidates) {
      for (const candidate of candidates) {
        const one = incoming.get(candidate.token);
        if (one) return { entry: one.entry, candidate };
      }
      return undefined;
    },
    known: () => knownNow,
    idOf,
    markUsed(row, form, at) {
      const one = held.get(row);
      if (!one) return;
      one.entry = { ...one.entry, lastUsedAt: at, lastForm: form };
      used.add(row);
    },
    writeUsed(force = false) {
      if (used.size === 0) return;
      if (!force && clock.elapsed() - usedWrittenAt < USED_WRITTEN_EVERY) return;
      for (const row of used) {
        const { lastUsedAt, lastForm } = known(row).entry;
        changeUsed.run(lastUsedAt, lastForm, row);
      }
      writing = true;
    },
    usedWritten() {
      if (!writing) return;
      writing = false;
      used.clear();
      usedWrittenAt = clock.elapsed();
    },
    reload,
  };
}

/** A sealed text moved to another row does not open. */
function boundTo({ id, linkId }: { readonly id: string; readonly linkId: number }): string {
  return `${linkId} ${id}`;
}

function heldOf(row: TokenRow, keys: SealingKeys, before: Held | undefined): Held {
  const key = keys.all.get(row.key_id);
  const token = key && unseal(row, key, boundTo({ id: row.id, linkId: row.link_id }));
  const lastUsedAt = before?.entry.lastUsedAt ?? row.last_used_at;
  const lastForm = before?.entry.lastForm ?? row.last_form;
  const ledger = LedgerToken.parse({
    id: row.id,
    linkId: row.link_id,
    direction: row.direction,
    kind: row.kind,
    state: row.state,
    issuedBy: row.issued_by,
    length: row.length,
    createdAt: row.created_at,
    ...(lastUsedAt === null ? {} : { lastUsedAt }),
    ...(lastForm === null ? {} : { lastForm }),
    readable: token !== undefined,
  });
  return { entry: { ...ledger, row: row.row }, token };
}
