import type { Database } from 'better-sqlite3';
import { type Lanes, laneOf } from './lanes.ts';
import { createObjectFinder } from './object-finding.ts';
import { idInKey, keysOfId } from './object-key.ts';
import type { WrittenObject } from './object-writer.ts';
import type { ObjectKey } from './objects.ts';
import type { TextPlace, TextReader } from './text-blocks.ts';

/**
 * Texts of objects that have not vanished, as they are now. Where one stands is remembered for as long as nobody else
 * writes: an object that is patched is asked for before each PATCH, and looking it up costs as much as writing it.
 */
export interface PresentTexts {
  read(key: ObjectKey): string | undefined;
  /** Inside the transaction that wrote an object at a time; `key` as it is stored under. */
  written(lane: string, key: string, object: WrittenObject & { readonly at: number }): void;
  /** Whatever is known of a lane, or of all lanes of a link, may be old. */
  dropLane(lane: string): void;
  dropLink(linkId: number): void;
  /** After a rollback. */
  forget(): void;
}

export interface PresentTextsOptions {
  readonly texts: Pick<TextReader, 'text'>;
  /** Tells where pages are being written: there nothing is remembered. */
  readonly lanes: Pick<Lanes, 'wayOf'>;
}

/** As many ids are remembered; then all are forgotten. And as many ways to ask for one. */
const MOST_IDS = 10_000;
const MOST_WAYS = 8;

/** The answer: which object it is, where its text stands, and when it was seen. */
interface Known {
  readonly id: number;
  readonly place: TextPlace;
  readonly seenAt: number;
}

export function createPresentTexts(database: Database, { texts, lanes }: PresentTextsOptions): PresentTexts {
  const find = createObjectFinder(database);
  /** By lane, then by id, then by how it was asked for. */
  const known = new Map<string, Map<string, Map<string, Known>>>();
  let ids = 0;

  const lookUp = (key: ObjectKey): Known | undefined => {
    const row = find(key)?.row;
    if (!row || row.vanishedAt !== null) return undefined;
    const { id, block, place, length, seenAt } = row;
    return { id, place: { block, place, length }, seenAt };
  };
  const forget = () => {
    known.clear();
    ids = 0;
  };
  const waysTo = (lane: string, id: string): Map<string, Known> => {
    if (ids >= MOST_IDS) forget();
    const ofLane = known.get(lane) ?? new Map<string, Map<string, Known>>();
    known.set(lane, ofLane);
    let ways = ofLane.get(id);
    if (!ways) {
      ways = new Map();
      ofLane.set(id, ways);
      ids++;
    }
    if (ways.size >= MOST_WAYS) ways.clear();
    return ways;
  };
  const dropLane = (lane: string) => {
    ids -= known.get(lane)?.size ?? 0;
    known.delete(lane);
  };

  return {
    read(key) {
      const lane = laneOf(key);
      const [id] = keysOfId(key.id);
      const way = wayOf(key);
      const before = known.get(lane)?.get(id)?.get(way);
      if (before) return texts.text(before.place);
      const found = lookUp(key);
      if (!found) return undefined;
      if (lanes.wayOf(lane) !== 'page') waysTo(lane, id).set(way, found);
      return texts.text(found.place);
    },
    written(lane, key, { id, text, at }) {
      const ways = known.get(lane)?.get(idInKey(key));
      if (!ways) return;
      for (const [way, before] of ways) {
        // Of several that match the one seen last is the answer: it stays so if it is seen once more, and only then.
        if (before.id === id && before.seenAt <= at) ways.set(way, { id, place: text ?? before.place, seenAt: at });
        else ways.delete(way);
      }
    },
    dropLane,
    dropLink(linkId) {
      for (const lane of known.keys()) if (lane.startsWith(laneOf({ linkId, module: '' }))) dropLane(lane);
    },
    forget,
  };
}

function wayOf({ list = '*', party = '', type = '' }: ObjectKey): string {
  return `${list}\n${party}\n${type}`;
}
