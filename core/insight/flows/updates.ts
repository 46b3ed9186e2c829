import type { JsonObject } from '../../ocpi/json-value.ts';
import type { Reading } from '../reading.ts';
import { type Flow, objectsIn, type Say, sideKey, textIn } from './flow.ts';
import { createRecent } from './recent.ts';

const MOST_OBJECTS = 20_000;
/** Parties that are listed have no id of their own. */
const DATED: ReadonlySet<string> = new Set(['locations', 'sessions', 'cdrs', 'tariffs', 'tokens']);

interface Listed {
  readonly updated: string;
  readonly digest: number;
}

/** Case 14: last_updated that moves alone, and changes that leave it where it was; of what was listed more than once. */
export function createUpdateFlow(): Flow {
  const objects = createRecent<Listed>(MOST_OBJECTS);
  return {
    see(reading, say) {
      const { entry, observed } = reading;
      if (entry?.items === undefined || !DATED.has(entry.module)) return;
      const found = { moved: [] as string[], silent: [] as string[] };
      for (const object of objectsIn(reading)) {
        const [id, updated] = [textIn(object, 'id', 'uid'), textIn(object, 'last_updated')];
        if (id === undefined || updated === undefined) continue;
        const key = `${sideKey(observed)} ${observed.version} ${entry.id} ${nameOf(object, id)}`;
        const now = { updated, digest: digestOf(object) };
        const before = objects.get(key);
        objects.set(key, now);
        if (before === undefined || (before.updated === updated) === (before.digest === now.digest)) continue;
        (before.updated === updated ? found.silent : found.moved).push(id);
      }
      tell(reading, found, say);
    },
  };
}

function tell(
  { observed: { id } }: Reading,
  { moved, silent }: { moved: readonly string[]; silent: readonly string[] },
  say: Say,
): void {
  const pointer = '/last_updated';
  if (moved.length > 0) {
    const met = `another last_updated of ${list(moved)}, everything else as before`;
    say(id, 'objects.updated-without-change', { pointer, met, expected: 'the same last_updated' });
  }
  if (silent.length > 0) {
    const met = `another ${list(silent)} with the same last_updated`;
    say(id, 'objects.changed-without-update', { pointer, met, expected: 'a later last_updated' });
  }
}

function list(ids: readonly string[]): string {
  return ids.length > 3 ? `${ids.slice(0, 3).join(', ')} and ${ids.length - 3} more` : ids.join(', ');
}

function nameOf(object: JsonObject, id: string): string {
  return `${object['country_code'] ?? ''} ${object['party_id'] ?? ''} ${id} ${object['type'] ?? ''}`.toLowerCase();
}

/** Of everything but the object's own last_updated; the order of members does not count. Two that differ hardly ever agree. */
function digestOf(object: JsonObject): number {
  const members = Object.entries(object)
    .filter(([name]) => name !== 'last_updated')
    .sort(([left], [right]) => (left < right ? -1 : 1));
  const text = JSON.stringify(members);
  let [low, high] = [0x811c9dc5, 0x9dc5811c];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x01000197);
  }
  return (high >>> 0) * 2 ** 21 + (low >>> 11);
}
