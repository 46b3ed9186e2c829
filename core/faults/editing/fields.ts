import type * as z from 'zod';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { type Definition, definitionOf, type ObjectDefinition } from '../../ocpi/schema.ts';
import { pointerStep } from './json.ts';

/** A field of an object, or of an object within it, as its type has it. */
export interface Field {
  /** Pointer from the object. */
  readonly at: string;
  /** Names from the object, without places in lists: `evses.connectors.standard`. */
  readonly path: string;
  readonly name: string;
  /** What stands behind `?`. */
  readonly definition: Definition;
  readonly required: boolean;
  /** One of a list, which has the name of the field. */
  readonly isElement: boolean;
  /** Undefined where the field is absent. */
  readonly value: unknown;
  /** What it stands in. */
  readonly within: { readonly at: string; readonly type: ObjectDefinition; readonly json: JsonObject };
}

/** Types hold themselves through others, and whoever writes a message may nest it as deep as he likes. */
const DEEPEST = 12;

interface Open {
  readonly at: string;
  readonly path: string;
  readonly type: ObjectDefinition;
  readonly json: JsonObject;
  readonly depth: number;
}

/**
 * The fields of an object in the order of its type's table, those within others behind the one that holds them; absent ones too,
 * elements of lists besides their list. `isPart`: nothing of the object itself is required, as in the body of a PATCH.
 */
export function fieldsOf(
  { type, json }: { readonly type: ObjectDefinition; readonly json: JsonObject },
  { isPart = false }: { readonly isPart?: boolean } = {},
): Field[] {
  const fields: Field[] = [];
  collect({ at: '', path: '', type, json, depth: 0 }, fields, isPart);
  return fields;
}

function collect(open: Open, fields: Field[], isPart: boolean): void {
  const { at, path, type, json, depth } = open;
  const within = { at, type, json };
  for (const [name, schema] of Object.entries(type.shape)) {
    const { definition, required } = behind(schema);
    const value = Object.hasOwn(json, name) ? json[name] : undefined;
    const field: Field = {
      at: at + pointerStep(name),
      path: path === '' ? name : `${path}.${name}`,
      name,
      definition,
      required: required && !isPart,
      isElement: false,
      value,
      within,
    };
    fields.push(field);
    if (definition.kind === 'list' && Array.isArray(value)) elements(field, definition.of, { fields, depth });
    else descend(field, { fields, depth });
  }
}

interface Going {
  readonly fields: Field[];
  readonly depth: number;
}

function elements(list: Field, of: z.ZodType, going: Going): void {
  const { definition } = behind(of);
  for (const [index, value] of (list.value as readonly unknown[]).entries()) {
    const element: Field = {
      ...list,
      at: `${list.at}/${index}`,
      definition,
      required: true,
      isElement: true,
      value,
    };
    going.fields.push(element);
    descend(element, going);
  }
}

function descend({ definition, value, at, path }: Field, { fields, depth }: Going): void {
  if (definition.kind !== 'object' || !isJsonObject(value) || depth >= DEEPEST) return;
  collect({ at, path, type: definition, json: value, depth: depth + 1 }, fields, false);
}

/** What a field is, without its `?`. A list is required where it needs an element. */
function behind(schema: z.ZodType): { readonly definition: Definition; readonly required: boolean } {
  const definition = definitionOf(schema);
  if (definition.kind === 'optional') return { definition: behind(definition.of).definition, required: false };
  return { definition, required: definition.kind !== 'list' || definition.atLeastOne };
}

/** A field of the object itself, not of what is within it; undefined where its type has none of that name. */
export function ownField(
  object: { readonly type: ObjectDefinition; readonly json: JsonObject },
  name: string,
): Field | undefined {
  return fieldsOf(object).find(({ path, isElement }) => path === name && !isElement);
}

/** Fields that say which object is meant: `id`, `evse_uid`, `authorization_reference`. */
export function isId({ name, definition }: Pick<Field, 'name' | 'definition'>): boolean {
  return definition.kind === 'text' && !definition.secret && /(?:^|_)(?:u?id|reference)$/.test(name) && !isParty(name);
}

/** Fields that say whose it is. */
export function isParty(name: string): boolean {
  return name === 'country_code' || name === 'party_id';
}

/** The identity of an object itself, as a text; undefined where it has none. */
export function idOf(json: JsonObject): string | undefined {
  const {
    id,
    uid,
    terminal_id: terminal,
  }: { readonly id?: unknown; readonly uid?: unknown; terminal_id?: unknown } = json;
  return [id, uid, terminal].find(value => typeof value === 'string') as string | undefined;
}
