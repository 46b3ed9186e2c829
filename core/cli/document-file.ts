import { readFile } from 'node:fs/promises';
import { text as wholeText } from 'node:stream/consumers';
import { usageFailure } from './command.ts';

/** Bytes: a document is one message to the process that owns the database. */
const LARGEST = 64 * 1024 * 1024;

/** The text of a file, or of standard input for `-`. */
export async function readDocument(file: string): Promise<string> {
  const read = file === '-' ? await wholeText(process.stdin) : await readNamed(file);
  if (Buffer.byteLength(read) > LARGEST) {
    throw usageFailure(`${file} is larger than 64 MiB`, 'Split it: JSON lines can be cut at any line.');
  }
  return read;
}

async function readNamed(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw usageFailure(`${file} cannot be read: ${why}`, 'Name a file, or - for standard input.');
  }
}
