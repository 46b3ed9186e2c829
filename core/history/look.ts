import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** `OCPW`: marks a SQLite file as ours. */
export const APPLICATION_ID = 0x4f435057;
const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');
const HEADER_BYTES = 100;

/** What stands in the first bytes of a file, read without SQLite: opening it could already write files beside it. */
export type Look =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'no-database' }
  | { readonly kind: 'damaged'; readonly what: string }
  | {
      readonly kind: 'database';
      readonly applicationId: number;
      readonly userVersion: number;
      readonly empty: boolean;
      /** Changes wait in a write-ahead log: the header may be older than the database. */
      readonly pending: boolean;
      readonly writable: boolean;
    };

/**
 * Looks at a file by its header (sqlite.org/fileformat.html). Throws what the file system throws for a path that cannot
 * be read.
 */
export function lookAt(file: string): Look {
  const status = statSync(file, { throwIfNoEntry: false });
  if (status === undefined || (status.isFile() && status.size === 0)) return { kind: 'nothing' };
  if (!status.isFile()) return { kind: 'no-database' };
  const header = beginningOf(file);
  const pending = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  if (!header.subarray(0, MAGIC.length).equals(MAGIC)) return headless(file, header, pending);
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0)
    return { kind: 'damaged', what: 'its header makes no sense' };
  const announced = header.readUInt32BE(28) * pageSize;
  if (!pending && announced > status.size) {
    return { kind: 'damaged', what: `it is cut off: ${status.size} of ${announced} bytes are there` };
  }
  return {
    kind: 'database',
    applicationId: header.readUInt32BE(68),
    userVersion: header.readInt32BE(60),
    empty: header.readUInt32BE(40) === 0,
    pending,
    // By the mode bits as well: root may write everything, and still somebody marked the file.
    writable: (status.mode & 0o222) !== 0,
  };
}

function beginningOf(file: string): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, header, 0, HEADER_BYTES, 0);
  } finally {
    closeSync(descriptor);
  }
  return header;
}

/** Without SQLite's first words it is somebody else's file, unless what lies beside it shows that it was ours. */
function headless(file: string, header: Buffer, pending: boolean): Look {
  const ours = pending || ['.search', '.key', '.owner'].some(end => statSync(file + end, { throwIfNoEntry: false }));
  const wiped = header.every(byte => byte === 0);
  return ours || wiped ? { kind: 'damaged', what: 'its header is overwritten' } : { kind: 'no-database' };
}
