import { readDateTime } from '../../ocpi/date-time.ts';
import { type Finding, finding, shorten } from '../../ocpi/findings.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { Version } from '../../ocpi/versions.ts';
import { escapePointer } from '../../ocpi/walk.ts';
import type { Reading } from '../reading.ts';
import { billingFindings } from './billing.ts';

/** An object as it was sent, and where it stands in its message. */
interface Placed {
  readonly object: JsonObject;
  readonly pointer: string;
}

/** What objects show that their types do not ask for: parts newer than the whole, bills that do not add up, odd ids. */
export function objectFindings(reading: Reading): Finding[] {
  const { entry, observed, body, answer, ok } = reading;
  if (entry === undefined) return [];
  const findings = [...zoneless(body?.text, body?.view), ...zoneless(answer?.text, answer?.envelope.json)];
  const { version = '2.2.1' } = observed;
  const sent = isJsonObject(body?.view) ? [{ object: body.view, pointer: '' }] : [];
  if (observed.method === 'PATCH') findings.push(...sent.flatMap(one => patchedLists(one, entry.id)));
  const judge = JUDGES[entry.module];
  if (judge === undefined) return findings;
  // A part of an object says nothing of the whole.
  if (observed.method !== 'PATCH') findings.push(...sent.flatMap(one => judge(one, version)));
  if (ok) findings.push(...dataOf(answer?.data).flatMap(one => judge(one, version)));
  return findings;
}

const JUDGES: Readonly<Record<string, (placed: Placed, version: Version) => Finding[]>> = {
  locations: (placed, version) => [...staleParents(placed, version), ...evseIds(placed)],
  sessions: (placed, version) => [...vatMissing(placed, ['total_cost'], version), ...periodOrder(placed)],
  cdrs: (placed, version) => [
    ...vatMissing(placed, COSTS, version),
    ...periodOrder(placed),
    ...billingFindings(placed.object, placed.pointer, version),
  ],
};

const COSTS = ['total_cost', 'total_fixed_cost', 'total_energy_cost', 'total_time_cost', 'total_parking_cost'];

function dataOf(data: unknown): readonly Placed[] {
  if (isJsonObject(data)) return [{ object: data, pointer: '/data' }];
  if (!Array.isArray(data)) return [];
  return data.flatMap((object: unknown, at) => (isJsonObject(object) ? [{ object, pointer: `/data/${at}` }] : []));
}

const ZONELESS = /"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?"/;
const ZONELESS_VALUE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?$/;

/** T3: accepted, but half of all parsers take it for local time. */
function zoneless(text: string | undefined, json: unknown): Finding[] {
  if (text === undefined || !ZONELESS.test(text)) return [];
  const place = placeOf(json, '', 0);
  if (place === undefined) return [];
  return [finding('date-time.no-zone', { ...place, expected: 'YYYY-MM-DDTHH:MM:SSZ' })];
}

function placeOf(json: unknown, pointer: string, depth: number): { pointer: string; met: string } | undefined {
  if (typeof json === 'string') return ZONELESS_VALUE.test(json) ? { pointer, met: json } : undefined;
  if (typeof json !== 'object' || json === null || depth > 20) return undefined;
  for (const [name, value] of Object.entries(json)) {
    const found = placeOf(value, `${pointer}/${escapePointer(name)}`, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function patchedLists({ object }: Placed, operation: string): Finding[] {
  return Object.entries(object).flatMap(([name, value]) => {
    // Settled since 2.2: those of a PATCH are appended (digest 6.2).
    if (!Array.isArray(value) || (operation === 'sessions.patch' && name === 'charging_periods')) return [];
    const met = `a list of ${value.length}`;
    return [finding('patch.list', { pointer: `/${escapePointer(name)}`, met, expected: 'the whole object, with PUT' })];
  });
}

/** Digest 1.8: what is within moves what is around it. */
function staleParents({ object, pointer }: Placed, version: Version): Finding[] {
  const own = object['last_updated'];
  for (const list of ['evses', 'connectors']) {
    const parts = object[list];
    if (!Array.isArray(parts)) continue;
    for (const [at, part] of parts.entries()) {
      if (!isJsonObject(part)) continue;
      const place = `${pointer}/${list}/${at}`;
      if (isOlder(own, part['last_updated'], version)) {
        const expected = `not before ${shorten(String(part['last_updated']))} of ${list}/${at}`;
        return [
          finding('last-updated.parent-older', { pointer: `${pointer}/last_updated`, met: String(own), expected }),
        ];
      }
      const below = staleParents({ object: part, pointer: place }, version);
      if (below.length > 0) return below;
    }
  }
  return [];
}

function isOlder(left: unknown, right: unknown, version: Version): boolean {
  if (typeof left !== 'string' || typeof right !== 'string' || left === right) return false;
  // Both as they should be written: the order of texts is the order of time.
  if (left.length === 20 && right.length === 20 && left.endsWith('Z') && right.endsWith('Z')) return left < right;
  const [before, after] = [readDateTime(left, version).epochMs, readDateTime(right, version).epochMs];
  // A second is what is lost where one of them has a fraction.
  return before !== undefined && after !== undefined && before + 1000 < after;
}

const EMI3 = /^[A-Z]{2}\*?[A-Z0-9]{3}\*?E[A-Z0-9*]{1,31}$/i;
const DIN = /^\+?\d{1,3}\*\d{3,6}(?:\*\d{1,32})+$/;

function evseIds({ object, pointer }: Placed): Finding[] {
  const evses: readonly unknown[] = Array.isArray(object['evses']) ? object['evses'] : [object];
  const inList = Array.isArray(object['evses']);
  return evses.flatMap((evse, at) => {
    const id = isJsonObject(evse) ? evse['evse_id'] : undefined;
    if (typeof id !== 'string' || id === '#NA' || EMI3.test(id) || DIN.test(id)) return [];
    const place = `${pointer}${inList ? `/evses/${at}` : ''}/evse_id`;
    return [finding('evse-id.spelling', { pointer: place, met: id, expected: 'like NL*TNM*E0001' })];
  });
}

/** 2.2.1 only: from 2.3.0 on taxes are a list, which may be empty. */
function vatMissing({ object, pointer }: Placed, fields: readonly string[], version: Version): Finding[] {
  if (version !== '2.2.1') return [];
  const field = fields.find(name => {
    const price = object[name];
    return isJsonObject(price) && typeof price['excl_vat'] === 'number' && typeof price['incl_vat'] !== 'number';
  });
  if (field === undefined) return [];
  const details = { pointer: `${pointer}/${field}/incl_vat`, met: 'no field', expected: 'the amount with VAT' };
  return [finding('price.vat-missing', details)];
}

function periodOrder({ object, pointer }: Placed): Finding[] {
  const periods = object['charging_periods'];
  if (!Array.isArray(periods)) return [];
  const starts = periods.map((period: unknown) => (isJsonObject(period) ? period['start_date_time'] : undefined));
  const at = starts.findIndex((start, index) => {
    const before = starts[index - 1];
    return typeof start === 'string' && typeof before === 'string' && start.length === before.length && start <= before;
  });
  if (at < 0) return [];
  const place = `${pointer}/charging_periods/${at}/start_date_time`;
  return [
    finding('charging-periods.order', { pointer: place, met: String(starts[at]), expected: `after ${starts[at - 1]}` }),
  ];
}
