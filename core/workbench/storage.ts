import { type Failure, failed, type Outcome } from '../contract/failure.ts';
import type { History } from '../history/history.ts';

/** The database refused a change in the middle of a flow: nothing of the change is stored. */
export class StorageTrouble extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(`${failure.message} ${failure.advice}`);
    this.failure = failure;
  }
}

/** A transaction inside a flow, which cannot go on without it. */
export function mustStore<T>(history: History, work: () => T): T {
  const stored = history.transaction(work);
  if (stored.ok) return stored.value;
  throw new StorageTrouble(stored.failure);
}

/** A transaction whose work may itself decide against it before it has changed anything. */
export function storeOutcome<T>(history: History, work: () => Outcome<T>): Outcome<T> {
  const stored = history.transaction(work);
  return stored.ok ? stored.value : stored;
}

const CODES = {
  NEWER: 'DATABASE_NEWER',
  DAMAGED: 'DATABASE_DAMAGED',
  OWNED: 'DATABASE_OWNED',
} as const;

/** Why a database could not be opened, in the contract's words. */
export function openFailure(refusal: { readonly code: string; readonly message: string; readonly advice: string }) {
  const code = Object.hasOwn(CODES, refusal.code) ? CODES[refusal.code as keyof typeof CODES] : 'DATABASE_UNUSABLE';
  return failed(code, refusal.message, refusal.advice);
}
