import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { Entry } from '@napi-rs/keyring';

const KEY_BYTES = 32;
const SERVICE = 'ocpi-workbench';

/** `auto`: the keychain, where one is there, else a file; `file`: never the keychain. */
export type KeyStore = 'auto' | 'file';

/** A key that seals tokens, and what is derived from it. */
export interface SealingKey {
  /** Which key sealed a row: 16 hex characters. */
  readonly id: string;
  readonly bytes: Buffer;
  /** Makes the public id of a token: 12 hex characters that tell nothing about it without the key. */
  nameOf(token: string): string;
}

export interface SealingKeys {
  /** Seals what is new. */
  readonly current: SealingKey;
  /** Every key that is at hand, by id: a database may have been used with and without a keychain. */
  readonly all: ReadonlyMap<string, SealingKey>;
  readonly kept: 'keychain' | 'file';
  /** Why the keychain is not used, where it was wanted. */
  readonly keychainSaid?: string;
}

export interface KeyOptions {
  readonly file: string;
  readonly databaseId: string;
  readonly keyStore: KeyStore;
  /** False: a key that is missing is made for this process only. */
  readonly mayWrite: boolean;
}

/**
 * The key of the sealed table: from the keychain (account: the database's id), else from `<file>.key`, which only this
 * user may read; made where there is none. Throws only what the file system throws on writing the key file.
 */
export function openKeys(options: KeyOptions): SealingKeys {
  const keychain = options.keyStore === 'auto' ? readKeychain(options.databaseId) : { said: 'not wanted' };
  const fromFile = readKeyFile(options.file);
  if ('key' in keychain && keychain.key) return keysOf(keychain.key, 'keychain', fromFile);
  if (fromFile) return { ...keysOf(fromFile, 'file'), ...said(options, keychain) };
  const made = randomBytes(KEY_BYTES);
  if (!options.mayWrite) return { ...keysOf(made, 'file'), ...said(options, keychain) };
  const refusal = 'said' in keychain ? keychain : writeKeychain(options.databaseId, made);
  if (refusal === undefined) return keysOf(made, 'keychain');
  writeKeyFile(options.file, made);
  return { ...keysOf(made, 'file'), ...said(options, refusal) };
}

function keysOf(current: Buffer, kept: SealingKeys['kept'], other?: Buffer): SealingKeys {
  const keys = [current, ...(other ? [other] : [])].map(sealingKey);
  const first = keys[0] ?? sealingKey(current);
  return { current: first, all: new Map(keys.map(key => [key.id, key])), kept };
}

/** One secret, three uses, three derived keys: what names tokens must not be what seals them. */
function sealingKey(secret: Buffer): SealingKey {
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', `ocpi-workbench ${use}`, KEY_BYTES));
  const naming = derive('token names');
  return {
    id: derive('key id').toString('hex').slice(0, 16),
    bytes: derive('token sealing'),
    nameOf: token => createHmac('sha256', naming).update(token, 'utf8').digest('hex').slice(0, 12),
  };
}

function said(options: KeyOptions, keychain: object): { keychainSaid?: string } {
  if (options.keyStore === 'file' || !('said' in keychain)) return {};
  return { keychainSaid: String(keychain.said) };
}

function entryFor(databaseId: string): Entry {
  // Pinned on Linux: the kernel's keyring would be taken instead of a missing secret service, and forgets at shutdown.
  return new Entry(SERVICE, databaseId, { linux: { store: 'secret-service' } });
}

function readKeychain(databaseId: string): { readonly key: Buffer | undefined } | { readonly said: string } {
  try {
    const secret = entryFor(databaseId).getSecret();
    return { key: secret?.length === KEY_BYTES ? Buffer.from(secret) : undefined };
  } catch (error) {
    return { said: (error as Error).message };
  }
}

function writeKeychain(databaseId: string, key: Buffer): { readonly said: string } | undefined {
  try {
    entryFor(databaseId).setSecret(key);
    return undefined;
  } catch (error) {
    return { said: (error as Error).message };
  }
}

export function keyFileOf(file: string): string {
  return `${file}.key`;
}

function readKeyFile(file: string): Buffer | undefined {
  try {
    const key = Buffer.from(readFileSync(keyFileOf(file), 'utf8').trim(), 'hex');
    return key.length === KEY_BYTES ? key : undefined;
  } catch {
    // Missing, or not ours to read: `writeKeyFile` keeps the latter.
    return undefined;
  }
}

/** A file that is there and holds no key is kept under another name: it may hold one for somebody who can read it. */
function writeKeyFile(file: string, key: Buffer): void {
  const name = keyFileOf(file);
  const draft = `${name}-${process.pid}`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${key.toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    renameSync(name, `${name}.unreadable`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  renameSync(draft, name);
}
