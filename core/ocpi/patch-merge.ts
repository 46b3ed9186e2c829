import type * as z from 'zod';
import { ciEqual } from './ci-string.ts';
import { cutElements, cutMembers, joinElements, joinMembers } from './json-cut.ts';
import { definitionOf, type ListDefinition, type ObjectDefinition } from './schema.ts';

/** Who an object is; a PATCH that says something else was refused before, and one that says the same changes nothing (T17a). */
const IDENTITY: ReadonlySet<string> = new Set(['id', 'uid', 'country_code', 'party_id']);

export interface PatchRules {
  /** Of the whole object: it tells which fields may be cleared, and which lists hold objects with ids of their own. */
  readonly schema: z.ZodType;
  /** Lists to which those of a PATCH are appended: `charging_periods` of sessions from 2.2 on (digest 6.2). */
  readonly appended?: readonly string[];
  /** Who the object is, where that is something else than id, uid and party. */
  readonly identity?: ReadonlySet<string>;
}

/**
 * An object with a PATCH applied (digest 1.7, T17), both JSON texts of objects. Values go over as they are written, numbers
 * too (T45). A list of objects with ids of their own is merged by them where each has one, any other list replaced. `null`
 * leaves a required field as it is and clears an optional one.
 */
export function mergePatch(
  text: string,
  patch: string,
  { schema, appended = [], identity = IDENTITY }: PatchRules,
): string {
  const definition = definitionOf(schema);
  if (definition.kind !== 'object') throw new TypeError('only objects are patched');
  const members = cutMembers(text);
  for (const [name, value] of cutMembers(patch)) {
    const before = members.get(name);
    if (identity.has(name)) continue;
    if (appended.includes(name)) appendTo(members, name, value);
    else if (value === 'null') clear(members, name, definition);
    else members.set(name, before === undefined ? value : replaced(before, value, listOf(definition, name)));
  }
  return joinMembers(members);
}

function appendTo(members: Map<string, string>, name: string, value: string): void {
  const more = elementsOf(value);
  if (more === undefined || more.length === 0) return;
  const before = members.get(name) ?? '';
  // Hundreds of periods stand there already: they go over as they are, not one by one.
  const there = before.startsWith('[') ? before.slice(1, -1).trim() : '';
  members.set(name, joinElements(there === '' ? more : [there, ...more]));
}

function clear(members: Map<string, string>, name: string, { shape }: ObjectDefinition): void {
  const schema = shape[name];
  const definition = schema && definitionOf(schema);
  const required = definition?.kind === 'list' ? definition.atLeastOne : definition && definition.kind !== 'optional';
  if (!required) members.delete(name);
}

/** The value that counts from now on. */
function replaced(before: string, value: string, list: ListDefinition | undefined): string {
  const identity = list && identityOf(list);
  const [old, changed] = [elementsOf(before), elementsOf(value)];
  if (!list || identity === undefined || !old || !changed) return value;
  const ids = changed.map(element => memberOf(element, identity));
  if (ids.includes(undefined)) return value;
  const merged = [...old];
  changed.forEach((element, index) => {
    const at = merged.findIndex(one => ciEqual(memberOf(one, identity) ?? '', ids[index] as string));
    if (at < 0) merged.push(element);
    else merged[at] = mergePatch(merged[at] as string, element, { schema: list.of });
  });
  return joinElements(merged);
}

function listOf({ shape }: ObjectDefinition, name: string): ListDefinition | undefined {
  const schema = shape[name];
  const definition = schema && definitionOf(schema);
  return definition?.kind === 'list' ? definition : undefined;
}

/** The field by which objects of a list are told apart, where they have ids of their own. */
function identityOf({ of }: ListDefinition): string | undefined {
  const element = definitionOf(of);
  return element.kind === 'object' ? ['uid', 'id'].find(field => field in element.shape) : undefined;
}

function elementsOf(text: string): string[] | undefined {
  return text.startsWith('[') ? cutElements(text) : undefined;
}

function memberOf(text: string, name: string): string | undefined {
  const value: unknown = text.startsWith('{') ? JSON.parse(cutMembers(text).get(name) ?? 'null') : undefined;
  return typeof value === 'string' ? value : undefined;
}
