import type { Database } from 'better-sqlite3';
import type { PulledModule, StoredObject } from '../../contract/objects.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { findingsFromText } from './finding-text.ts';
import { kindOf } from './kinds.ts';
import { keyPartsOf, memberText } from './object-key.ts';
import type { TextPlace, TextReader } from './text-blocks.ts';

/** A row of the table, as far as it is shown. */
export interface ObjectRow extends TextPlace {
  readonly id: number;
  readonly version: string;
  readonly revision: number;
  readonly seenAt: number;
  readonly changedAt: number;
  readonly vanishedAt: number | null;
  readonly detector: number;
  readonly findings: string | null;
}

export const OBJECT_COLUMNS = `id, block, place, length, version, revision, seen_at AS seenAt, changed_at AS changedAt,
  vanished_at AS vanishedAt, detector, findings`;

/** Whose an object is, and where it is kept. */
export interface Whereabouts {
  readonly module: PulledModule;
  readonly list: string;
  /** The link's name. */
  readonly link: string;
  /** `NL-TNM`: whose objects are that do not say so themselves; empty where nobody knows. */
  readonly linkParty: string;
}

export function viewOf(row: ObjectRow, object: unknown, where: Whereabouts): StoredObject {
  const { version, revision, seenAt, vanishedAt, findings, detector } = row;
  const { module, link } = where;
  const lastUpdated = isJsonObject(object) ? object['last_updated'] : undefined;
  return {
    ...nameOf(object, where),
    link,
    module,
    version,
    lastUpdated: typeof lastUpdated === 'string' ? lastUpdated : null,
    seenAt: new Date(seenAt).toISOString(),
    revision,
    vanished: vanishedAt !== null,
    findings: findingsFromText(findings, detector),
    object,
  };
}

/** Id and party of an object, spelled as sent. */
export function nameOf(
  object: unknown,
  { module, list, linkParty }: Pick<Whereabouts, 'module' | 'list' | 'linkParty'>,
): { readonly id: string; readonly party: string } {
  const id = keyPartsOf(kindOf(module, list), object)?.id ?? '';
  return { id, party: isJsonObject(object) ? partyOf(object, linkParty) : linkParty };
}

function partyOf(object: JsonObject, linkParty: string): string {
  const country = memberText(object['country_code']);
  const party = memberText(object['party_id']);
  return country === '' || party === '' ? linkParty : `${country}-${party}`;
}

export function parsedText(texts: TextReader, place: TextPlace): unknown {
  return JSON.parse(texts.text(place));
}

/** Rows by their ids, ascending; ids without a row are left out. */
export function createRowReader(database: Database): (ids: readonly number[]) => ObjectRow[] {
  const read = database.prepare<[string], ObjectRow>(
    `SELECT ${OBJECT_COLUMNS} FROM object WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
  );
  return ids => (ids.length === 0 ? [] : read.all(JSON.stringify(ids)));
}
