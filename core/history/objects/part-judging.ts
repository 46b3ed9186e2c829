import type { Database } from 'better-sqlite3';
import type { PageToRead } from '../../contract/ingest.ts';
import { ciEqual } from '../../ocpi/ci-string.ts';
import { jsonDiff } from '../../ocpi/json-diff.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import type { ObjectKind } from './kinds.ts';
import { createLists } from './lists.ts';
import { checkerFor } from './object-checks.ts';
import { keysOfId, memberText } from './object-key.ts';
import type { FindingTally } from './page-findings.ts';
import { type Counts, NOTHING_COUNTED } from './page-judging.ts';
import { type PageRead, parsed, textAt, unreadable } from './page-reading.ts';
import { createTextReader, type TextPlace } from './text-blocks.ts';

export interface PartToJudge {
  readonly page: Omit<PageToRead, 'body'>;
  readonly kind: ObjectKind;
  readonly read: PageRead;
  /** Ids of what it stands in: of the location, then of the EVSE. */
  readonly within: readonly string[];
  readonly tally: FindingTally;
}

/**
 * An EVSE, a connector or a calendar asked for by itself is checked and compared with its place in the object that is
 * stored, and counts as changed or added where it is not what stands there. It is not written: what is stored of an object
 * is what was sent as that object, and a text put together here was sent by nobody.
 */
export function createPartJudge(database: Database): (part: PartToJudge) => Counts {
  const lists = createLists(database);
  const texts = createTextReader(database, 1);
  const find = database.prepare<[number, string, string], TextPlace>(
    'SELECT block, place, length FROM object WHERE list_id = ? AND key >= ? AND key < ? ORDER BY seen_at DESC LIMIT 1',
  );

  const storedPart = ({ page, kind, within }: PartToJudge, id: string): unknown => {
    const list = lists.find(page);
    const place = list && find.get(list.id, ...keysOfId(within[0] ?? ''));
    if (!place) return undefined;
    let part: unknown = JSON.parse(texts.text(place));
    const ids = [...within.slice(1), id];
    ids.forEach((wanted, depth) => {
      const { list: name = '', id: member = '' } = kind.parts[depth] ?? {};
      const children = isJsonObject(part) ? part[name] : undefined;
      part = Array.isArray(children)
        ? children.find(child => isJsonObject(child) && ciEqual(memberText(child[member]), wanted))
        : undefined;
    });
    return part;
  };

  return input => {
    const { page, kind, read, within, tally } = input;
    const { content } = read;
    const description = kind.parts[within.length - 1];
    if (!content || !description) return NOTHING_COUNTED;
    const { 0: start = 0, 1: end = start } = content.items.offsets;
    const json = parsed(textAt(content, start, end));
    if (json === undefined) {
      tally.add(unreadable(content.bytes, page, []).findings);
      return NOTHING_COUNTED;
    }
    tally.add(checkerFor(page.version, description.type)(json, { version: page.version, pointer: '/data' }).findings);
    const before = storedPart(input, memberText(isJsonObject(json) ? json[description.id] : undefined));
    const counts: Counts = { ...NOTHING_COUNTED, items: 1 };
    if (before === undefined) counts.added = 1;
    else if (jsonDiff(before, json).length > 0) counts.changed = 1;
    else counts.unchanged = 1;
    return counts;
  };
}
