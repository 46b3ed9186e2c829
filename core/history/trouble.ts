import Database from 'better-sqlite3';

/** What kept SQLite from doing something, in the words of the operator. */
export interface Trouble {
  readonly kind: 'full' | 'locked' | 'read-only' | 'disk' | 'damaged' | 'unusable';
  /** A sentence that says what happened. */
  readonly reason: string;
  /** What to do about it. */
  readonly advice: string;
}

const TROUBLES: readonly (readonly [prefix: string, trouble: Trouble])[] = [
  [
    'SQLITE_FULL',
    {
      kind: 'full',
      reason: 'the disk is full, or the database has reached its largest size',
      advice: 'Free some space; recording resumes by itself.',
    },
  ],
  [
    'SQLITE_BUSY',
    {
      kind: 'locked',
      reason: 'another program holds the database locked',
      advice: 'Close the program that has the database open; recording resumes by itself.',
    },
  ],
  ['SQLITE_LOCKED', { kind: 'locked', reason: 'the database is locked', advice: 'Recording resumes by itself.' }],
  [
    'SQLITE_READONLY',
    {
      kind: 'read-only',
      reason: 'the database may only be read',
      advice: 'Make the file and its folder writable; recording resumes by itself.',
    },
  ],
  [
    'SQLITE_CORRUPT',
    {
      kind: 'damaged',
      reason: 'the database is damaged',
      advice: 'Stop the workbench, keep a copy of the file, and start with a new database.',
    },
  ],
  [
    'SQLITE_NOTADB',
    {
      kind: 'damaged',
      reason: 'the database is damaged: its header is not readable',
      advice: 'Stop the workbench, keep a copy of the file, and start with a new database.',
    },
  ],
  [
    'SQLITE_IOERR',
    {
      kind: 'disk',
      reason: 'the disk reported an error',
      advice: 'Check the disk the database lies on; recording resumes by itself.',
    },
  ],
  [
    'SQLITE_CANTOPEN',
    {
      kind: 'disk',
      reason: 'the database file or one beside it cannot be opened',
      advice: 'Check that the folder exists and may be written to.',
    },
  ],
];

/** Tells storage trouble, which is expected, from a mistake in our code, which gives undefined. */
export function troubleOf(error: unknown): Trouble | undefined {
  if (!(error instanceof Database.SqliteError)) return undefined;
  const { code } = error;
  return TROUBLES.find(([prefix]) => code === prefix || code.startsWith(`${prefix}_`))?.[1];
}
