import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import type { Clock } from '../clock.ts';

/** One process owns a database. Others reach it on its loopback port (0 until it listens) with the secret. */
export interface OwnerSeen {
  readonly pid: number;
  readonly port: number;
  /** Absent when the file beside the database cannot be read, or is another owner's. */
  readonly secret?: string;
}

export interface Ownership {
  readonly owner: 'us';
  /** What a client of ours must show; also in `<file>.owner`, which only this user may read. */
  readonly secret: string;
  /** Tells where the contract listens. */
  setPort(port: number): void;
  release(): void;
}

export type Claim = Ownership | ({ readonly owner: 'other' } & OwnerSeen);

/** Whether an owner still lives. It must tell a recycled pid from the owner: by asking at the port, say. */
export type IsAlive = (owner: { readonly pid: number; readonly port: number }) => boolean | Promise<boolean>;

export interface ClaimOptions {
  readonly file: string;
  readonly pid: number;
  readonly clock: Clock;
  readonly isAlive: IsAlive;
}

interface OwnerRow {
  readonly pid: number;
  readonly port: number;
  readonly nonce: string;
}

const OwnerFile = z.object({ pid: z.int(), port: z.int(), secret: z.string() });

/** Claims of this process: a row with our own pid is ours only if it stands here, else a recycled pid wrote it. */
const ownNonces = new Set<string>();

/**
 * Takes the database for this process unless a living one has it. The lock of a dead owner is taken over. Checked and
 * written in one immediate transaction, so of two that claim at once one gets it.
 */
export async function claimOwner(database: Database, options: ClaimOptions): Promise<Claim> {
  const read = database.prepare<[], OwnerRow>('SELECT pid, port, nonce FROM owner WHERE id = 1');
  const claim = database.transaction((seen: OwnerRow | undefined, nonce: string) => {
    const now = read.get();
    if (now?.nonce !== seen?.nonce) return false;
    database
      .prepare('INSERT OR REPLACE INTO owner (id, pid, port, started_at, nonce) VALUES (1, ?, 0, ?, ?)')
      .run(options.pid, options.clock.now(), nonce);
    return true;
  });
  for (;;) {
    const seen = read.get();
    if (seen && (await lives(seen, options))) return { owner: 'other', ...withSecret(options.file, seen) };
    const nonce = randomBytes(12).toString('hex');
    if (claim.immediate(seen, nonce)) return own(database, options, nonce);
  }
}

async function lives(owner: OwnerRow, { pid, isAlive }: ClaimOptions): Promise<boolean> {
  if (owner.pid === pid) return ownNonces.has(owner.nonce);
  return isAlive({ pid: owner.pid, port: owner.port });
}

function own(database: Database, { file, pid }: ClaimOptions, nonce: string): Ownership {
  const secret = randomBytes(32).toString('base64url');
  const move = database.prepare('UPDATE owner SET port = ? WHERE id = 1 AND nonce = ?');
  const leave = database.prepare('DELETE FROM owner WHERE id = 1 AND nonce = ?');
  ownNonces.add(nonce);
  writeOwnerFile(file, { pid, port: 0, secret });
  return {
    owner: 'us',
    secret,
    setPort(port) {
      move.run(port, nonce);
      writeOwnerFile(file, { pid, port, secret });
    },
    release() {
      if (!ownNonces.delete(nonce)) return;
      if (leave.run(nonce).changes > 0) rmSync(ownerFile(file), { force: true });
    },
  };
}

/** Who owns a database, without opening it: undefined where nobody does. A killed owner's file stays behind. */
export function readOwner(file: string): OwnerSeen | undefined {
  try {
    return OwnerFile.parse(JSON.parse(readFileSync(ownerFile(file), 'utf8')));
  } catch {
    return undefined;
  }
}

function withSecret(file: string, { pid, port }: OwnerRow): OwnerSeen {
  const told = readOwner(file);
  return told?.pid === pid && told.secret !== undefined ? { pid, port, secret: told.secret } : { pid, port };
}

function ownerFile(file: string): string {
  return `${file}.owner`;
}

/** Under another name first: a reader never sees half a file, nor one that others may read. */
function writeOwnerFile(file: string, content: z.infer<typeof OwnerFile>): void {
  const draft = `${ownerFile(file)}-${content.pid}`;
  rmSync(draft, { force: true });
  writeFileSync(draft, JSON.stringify(content), { mode: 0o600, flag: 'wx' });
  renameSync(draft, ownerFile(file));
}

const PROBE_PATIENCE = 500;

/** Looks for the process, and where it listens, for an answer at its port: a recycled pid has none. */
export function ownerProbe(clock: Clock): IsAlive {
  return async ({ pid, port }) => processExists(pid) && (port === 0 || (await listens(port, clock)));
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function listens(port: number, clock: Clock): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1' });
    const end = (alive: boolean) => {
      late.cancel();
      socket.destroy();
      resolve(alive);
    };
    const late = clock.deadline(PROBE_PATIENCE, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
