import { failed, type Outcome } from '../../contract/failure.ts';
import { shorten } from '../../ocpi/findings.ts';
import { plainText } from './plain-text.ts';

/** Why nothing of a file is read: as a sentence with what to do. */
export type Refusal = Outcome<never> & { readonly ok: false };

const WRITTEN_BY = 'A session log ends in .ocpilog and is written by the export of a workbench.';
const TRAFFIC = 'HAR files, curl commands and JSON lines are imported as traffic instead.';
const AGAIN = 'Have it exported or copied again.';

/** Other kinds of files by how they begin. */
const KINDS: readonly (readonly [readonly number[], string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP archive'],
  [[0x42, 0x5a, 0x68], 'a bzip2 archive'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'an xz archive'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'packed with zstd'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'a 7z archive'],
];

/** How every session log begins, of whatever format. */
const BEGINNING = '{"type":"ocpilog"';
const LOOKED_AT = 4096;

/** Why a file that begins so is no session log; undefined where it is one. */
export function refuseBeginning(bytes: Uint8Array, name: string): Refusal | undefined {
  const beginning = bytes.subarray(0, LOOKED_AT);
  if (beginning.length === 0) return refused(`${name} is empty`, AGAIN);
  const kind = KINDS.find(([sign]) => sign.every((byte, at) => beginning[at] === byte));
  if (kind !== undefined) return refused(`${name} is no session log but ${kind[1]}`, 'Unpack it first.');
  if (beginning.includes(0)) return refused(`${name} is no session log: it holds binary data`, WRITTEN_BY);
  // The decoder takes a byte order mark away.
  const text = new TextDecoder().decode(beginning).replace(/^\s*\{\s*"type"\s*:\s*/, '{"type":');
  if (text.startsWith(BEGINNING)) return undefined;
  if (BEGINNING.startsWith(text)) return refuseCut(name);
  return text.startsWith('{')
    ? refuseOther(name)
    : refused(`${name} is no session log: it is not JSON`, `${WRITTEN_BY} ${TRAFFIC}`);
}

/** JSON, but not the first line of a log. */
function refuseOther(name: string): Refusal {
  return refused(`${name} is no session log: its first line does not say that it is one`, `${WRITTEN_BY} ${TRAFFIC}`);
}

export function refuseFirstLine(name: string, reason: string): Refusal {
  return refused(`${name} cannot be read: in its first line, ${reason}`, AGAIN);
}

export function refuseCut(name: string): Refusal {
  return refused(`${name} cannot be read: it ends before its first line does`, AGAIN);
}

export function refuseDamaged(name: string): Refusal {
  return refused(`${name} cannot be read: its packing is damaged from the beginning`, AGAIN);
}

export function refuseNewer(
  name: string,
  { format, newest, workbench }: { readonly format: number; readonly newest: number; readonly workbench: string },
): Refusal {
  const by = workbench === '' ? '' : `, written by workbench ${shorten(workbench)}`;
  return refused(
    `${name} is a session log of format ${format}${by}; this workbench reads format${newest === 1 ? '' : 's 1 to'} ${newest}`,
    'Open it with that release of the workbench, or a later one.',
  );
}

export function refuseLongLine(
  name: string,
  { line, limit }: { readonly line: number; readonly limit: number },
): Refusal {
  return refused(
    `${name} cannot be read: line ${line} is longer than ${size(limit)}`,
    'No exchange is as long: do not trust this file.',
  );
}

export function refuseBomb(
  name: string,
  { packed, limit }: { readonly packed: number; readonly limit: number },
): Refusal {
  return refused(
    `${name} cannot be read: its ${size(packed)} unpack to more than ${size(limit)}`,
    'It was made to fill memory or disk. If you trust whoever made it, unpack it by hand (gzip -d) and open what comes out.',
  );
}

function refused(message: string, advice: string): Refusal {
  return failed('INVALID_INPUT', plainText(message), advice) as Refusal;
}

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB'] as const;

function size(bytes: number): string {
  const unit = bytes < 1024 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${Number((bytes / 1024 ** unit).toFixed(1))} ${UNITS[unit] ?? 'bytes'}`;
}
