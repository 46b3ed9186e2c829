import type { Database } from 'better-sqlite3';
import type { ObjectLine } from '../../contract/objects.ts';
import { evseStatusesOf } from '../../ocpi/evse-urgency.ts';
import { positionOf } from '../../ocpi/geo-location.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { findingsFromText } from '../objects/finding-text.ts';
import { createRowReader, nameOf, type ObjectRow, parsedText } from '../objects/object-view.ts';
import { createTextReader } from '../objects/text-blocks.ts';
import { bitsFrom } from './bits.ts';
import type { Selected, SelectedList } from './selecting.ts';

/** Lines of a selection by position. What a line shows is read from the objects themselves: a page of them is few. */
export type ReadLines = (selected: Selected, offset: number, limit: number) => ObjectLine[];

export function createLineReader(database: Database): ReadLines {
  const rowsOf = createRowReader(database);
  const texts = createTextReader(database, 4);
  return (selected, offset, limit) => {
    const lines: ObjectLine[] = [];
    let skipped = 0;
    for (const one of selected.lists) {
      if (lines.length >= limit) break;
      const begin = Math.max(0, offset - skipped);
      skipped += one.count;
      if (begin >= one.count) continue;
      const places = placesOf(one, begin, limit - lines.length);
      for (const row of rowsOf(places.map(at => one.from + at))) lines.push(lineOf(row, parsedText(texts, row), one));
    }
    return lines;
  };
}

function placesOf({ bits, size }: SelectedList, offset: number, limit: number): number[] {
  if (bits) return bitsFrom(bits, offset, limit);
  return Array.from({ length: Math.max(0, Math.min(limit, size - offset)) }, (_, at) => offset + at + 1);
}

function lineOf(row: ObjectRow, object: unknown, { list, link }: SelectedList): ObjectLine {
  const member = (name: string): string | null => {
    const value = isJsonObject(object) ? object[name] : undefined;
    return typeof value === 'string' ? value : null;
  };
  const findings = { error: 0, warning: 0, note: 0 };
  for (const { severity } of findingsFromText(row.findings, row.detector)) findings[severity]++;
  const statuses: Record<string, number> = {};
  for (const status of evseStatusesOf(object)) statuses[status] = (statuses[status] ?? 0) + 1;
  const position = positionOf(object);
  return {
    link: link.name,
    ...nameOf(object, { module: list.module, list: list.list, linkParty: link.party }),
    lastUpdated: member('last_updated'),
    revision: row.revision,
    vanished: row.vanishedAt !== null,
    findings,
    name: member('name'),
    address: member('address'),
    city: member('city'),
    country: member('country'),
    statuses,
    position: position ? [position[0], position[1]] : null,
  };
}
