/** Why a database was not opened. Nothing was changed, whatever the code. */
export interface Refusal {
  readonly ok: false;
  readonly code: RefusalCode;
  /** Names the file and what was met. */
  readonly message: string;
  readonly advice: string;
}

export type RefusalCode =
  /** Written by a newer workbench. */
  | 'NEWER'
  | 'DAMAGED'
  /** No SQLite file at all. */
  | 'NOT_A_DATABASE'
  /** A SQLite file of another program. */
  | 'NOT_OURS'
  | 'LOCKED'
  | 'READ_ONLY'
  /** The folder cannot be made, or the file not read. */
  | 'NOT_REACHABLE'
  /** Another process owns it: be its client. */
  | 'OWNED';

export function refuse(code: RefusalCode, message: string, advice: string): Refusal {
  return { ok: false, code, message, advice };
}
