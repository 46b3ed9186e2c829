import { hash } from 'node:crypto';
import type { RedactionGroup } from '../../contract/session-log.ts';
import { FIELD_NAMES, type FieldName } from '../redact/field-names.ts';
import { aboutKind } from '../redact/kinds.ts';

/** What a request's body says, as far as it can be held against a recorded one. */
export interface BodyMeaning {
  /** The same for bodies that mean the same; empty where there is none. */
  readonly digest: string;
  /** Of JSON: values by their pointers; only those that count. */
  readonly fields?: ReadonlyMap<string, string>;
}

/** Which fields of a body say nothing about which recorded request it is. */
export interface Uncounted {
  readonly redacted: readonly RedactionGroup[];
}

export const NO_BODY_MEANING: BodyMeaning = { digest: '' };

/** Made by whoever asks, so that they are others each time. */
const MADE_BY_ASKER = /^(response_url|token|url|authorization_reference|session_id)$/;
const TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;
/** Beyond it nobody looks for differences field by field. */
const MOST_FIELDS = 2_000;

/**
 * Reads a body by its meaning: order of members and white space say nothing, nor do times, nor what the asker makes up each time,
 * nor values that stand in the recording as pseudonyms.
 */
export function bodyMeaning(text: string, uncounted: Uncounted): BodyMeaning {
  if (text.trim() === '') return NO_BODY_MEANING;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { digest: digestOf(text) };
  }
  const counts = countedBy(uncounted);
  const fields = new Map<string, string>();
  collect(json, { pointer: '', key: '', counts, fields });
  const pointers = [...fields.keys()].sort();
  return { digest: digestOf(pointers.map(pointer => `${pointer}\n${fields.get(pointer)}`).join('\n')), fields };
}

/** From 0 (nothing in common) to 1 (the same). */
export function bodyFit(asked: BodyMeaning, recorded: BodyMeaning): number {
  if (asked.digest === recorded.digest) return 1;
  if (asked.fields === undefined || recorded.fields === undefined) return 0;
  let same = 0;
  for (const [pointer, value] of asked.fields) if (recorded.fields.get(pointer) === value) same++;
  const all = asked.fields.size + recorded.fields.size - same;
  // Never a whole 1: the digests tell that something is different.
  return all === 0 ? 0 : Math.min(same / all, 0.999);
}

const MOST_TOLD = 3;

/** What is said otherwise than in the recording, one clause each. */
export function bodyDifferences(asked: BodyMeaning, recorded: BodyMeaning): string[] {
  if (asked.digest === recorded.digest) return [];
  if (asked.digest === '') return ['it has no body, then it had one'];
  if (recorded.digest === '') return ['it has a body, then it had none'];
  if (asked.fields === undefined || recorded.fields === undefined) return ['its body is not the one of then'];
  const told: string[] = [];
  for (const pointer of new Set([...recorded.fields.keys(), ...asked.fields.keys()])) {
    const now = asked.fields.get(pointer);
    const then = recorded.fields.get(pointer);
    if (now === then) continue;
    const where = pointer === '' ? 'the body' : pointer.slice(1);
    if (now === undefined) told.push(`${where} is missing, then it was ${short(then)}`);
    else if (then === undefined) told.push(`${where} is ${short(now)}, then it was not there`);
    else told.push(`${where} is ${short(now)}, then it was ${short(then)}`);
  }
  const more = told.length - MOST_TOLD;
  return more > 1 ? [...told.slice(0, MOST_TOLD), `${more} more fields of its body are not as then`] : told;
}

interface Collecting {
  readonly pointer: string;
  readonly key: string;
  readonly counts: (key: string) => boolean;
  readonly fields: Map<string, string>;
}

function collect(value: unknown, { pointer, key, counts, fields }: Collecting): void {
  if (fields.size >= MOST_FIELDS || !counts(key)) return;
  if (typeof value === 'object' && value !== null) {
    const members = Array.isArray(value)
      ? value.map((one: unknown, at) => [String(at), one] as const)
      : Object.entries(value);
    // What is null is not there (digest 1.9).
    for (const [name, member] of members) {
      const under = Array.isArray(value) ? key : name;
      if (member !== null) collect(member, { pointer: `${pointer}/${name}`, key: under, counts, fields });
    }
    if (members.length === 0) fields.set(pointer, Array.isArray(value) ? '[]' : '{}');
    return;
  }
  if (typeof value === 'string' && TIME.test(value)) fields.set(pointer, 'a time');
  else fields.set(pointer, JSON.stringify(value));
}

/** By the names of members: what redaction may have replaced in the recording says nothing of which request it is. */
function countedBy({ redacted }: Uncounted): (key: string) => boolean {
  if (redacted.length === 0) return key => !MADE_BY_ASKER.test(key);
  const known = new Map<string, boolean>();
  const counts = (key: string): boolean => {
    if (MADE_BY_ASKER.test(key)) return false;
    const field = FIELD_NAMES.get(key.toLowerCase());
    if (field === undefined) return true;
    if (field.late !== undefined && LATE[field.late].some(group => redacted.includes(group))) return false;
    return [field.kind, field.ofCompany].every(kind => kind === undefined || !redacted.includes(aboutKind(kind).group));
  };
  return key => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const now = counts(key);
    known.set(key, now);
    return now;
  };
}

/** Groups to which a value may belong whose kind is told by what stands around it. */
const LATE: Readonly<Record<NonNullable<FieldName['late']>, readonly RedactionGroup[]>> = {
  uid: ['personal'],
  name: ['personal', 'parties', 'addresses'],
  text: ['addresses'],
};

function digestOf(text: string): string {
  return hash('sha1', text, 'base64').slice(0, 16);
}

function short(value: string | undefined): string {
  const text = value ?? '';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
