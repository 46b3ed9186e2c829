import type { RedactionGroup } from '../../contract/session-log.ts';
import { type CatalogueEntry, entryById, isPlaceholder } from '../../ocpi/catalogue.ts';
import { plainPath } from './origins.ts';

/** Where a line of the recording lies in the file that a reproduction reads from. Bytes. */
export interface LinePlace {
  readonly at: number;
  readonly length: number;
}

/** A request of the recording whose answer is known. Small: there may be a hundred thousand of them. */
export interface KnownRequest {
  readonly id: number;
  readonly operation: string;
  readonly method: string;
  /** As it is asked of this server, one spelling (origins.ts, `plainPath`). */
  readonly path: string;
  /** As sent. */
  readonly query: string;
  /** Of the body (body-meaning.ts); empty where there was none. */
  readonly digest: string;
  /** `ID form` of the token it carried; `other` for one that is none, empty without an Authorization header. */
  readonly token: string;
  /** HTTP status of its answer; null where there was none. */
  readonly status: number | null;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly place: LinePlace;
}

/**
 * What the recorded side sent because of a request: the result of a command, or while it was being registered with its look at
 * the versions of whoever registers (digest 3.2).
 */
export interface KnownResult {
  readonly kind: 'result' | 'look';
  readonly id: number;
  /** Id of the request that brought it about. */
  readonly of: number;
  /** Milliseconds from the beginning of that request to the beginning of this one. */
  readonly afterMs: number;
  readonly place: LinePlace;
}

const FREE = '*';

/**
 * The path with `*` for what says nothing about which request it is: ids that whoever asks makes up, and what stands in the
 * recording as a pseudonym. Undefined where all of it counts.
 */
export function freePath(
  { operation, path }: Pick<KnownRequest, 'operation' | 'path'>,
  redacted: readonly RedactionGroup[],
): string | undefined {
  const entry = entryById(operation);
  if (entry === undefined || !entry.path.some(part => isFree(entry, part, redacted))) return undefined;
  const segments = path.split('/');
  const from = segments.length - entry.path.length;
  if (from < 1) return undefined;
  return segments
    .map((segment, at) => {
      const part = entry.path[at - from];
      return at >= from && part !== undefined && isFree(entry, part, redacted) ? FREE : segment;
    })
    .join('/');
}

function isFree({ id, interface: side }: CatalogueEntry, part: string, redacted: readonly RedactionGroup[]): boolean {
  if (!isPlaceholder(part)) return false;
  const name = part.slice(1, -1);
  // The owner of a session pushes it under an id of his own.
  if (name === 'session_id') return side === 'RECEIVER' && id.startsWith('sessions.');
  if (name === 'token_uid') return redacted.includes('personal');
  if (name === 'country_code' || name === 'party_id') return redacted.includes('parties');
  return false;
}

/** Whether a path looks like one with free places. */
export function fitsFree(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const segments = plainPath(path).split('/');
  return (
    wanted.length === segments.length &&
    wanted.every((part, at) => (part === FREE ? segments[at] !== '' : part === segments[at]))
  );
}

/** What stands at the free places of a path, by their positions. */
export function freeValues(pattern: string, path: string): string[] {
  const segments = path.split('/');
  return pattern.split('/').flatMap((part, at) => (part === FREE ? [segments[at] ?? ''] : []));
}
