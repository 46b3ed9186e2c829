import type * as z from 'zod';
import { scalarCheck } from './check-values.ts';
import { describeJson, isJsonObject, type JsonObject } from './json-value.ts';
import {
  type Absence,
  type Adapt,
  type Definition,
  definitionOf,
  type ListDefinition,
  type ObjectDefinition,
  type Rule,
} from './schema.ts';
import { isBlank } from './text-rules.ts';
import { type Check, REJECTED, type Walk } from './walk.ts';

/** `patch`: the body of a PATCH, in which nothing is required (digest 1.7). */
export type Mode = 'whole' | 'patch';

const compiled: Readonly<Record<Mode, WeakMap<z.ZodType, Check>>> = { whole: new WeakMap(), patch: new WeakMap() };

/** The check for a schema; schemas used in several places are compiled once. */
export function compile(schema: z.ZodType, mode: Mode = 'whole'): Check {
  const known = compiled[mode].get(schema);
  if (known) return known;
  const check = build(definitionOf(schema), mode);
  compiled[mode].set(schema, check);
  return check;
}

function build(definition: Definition, mode: Mode): Check {
  const check = buildKind(definition, mode);
  const { adapt, rule } = definition;
  // Rules are about whole objects; of a patch the rest is not known.
  const judged = rule && mode === 'whole' ? withRule(check, rule) : check;
  return adapt && mode === 'whole' ? withAdaption(judged, adapt) : judged;
}

function buildKind(definition: Definition, mode: Mode): Check {
  switch (definition.kind) {
    case 'optional':
      return compile(definition.of);
    case 'list':
      return checkList(definition, compile(definition.of, mode));
    case 'object':
      return checkObject(definition, mode);
    default:
      return scalarCheck(definition) ?? (value => value);
  }
}

function withRule(check: Check, rule: Rule<never>): Check {
  return (value, walk, depth) => {
    const checked = check(value, walk, depth);
    if (checked === REJECTED) return REJECTED;
    const flaws = rule(checked as never);
    if (flaws) for (const flaw of flaws) walk.flaw(flaw, depth);
    return checked;
  };
}

function withAdaption(check: Check, adapt: Adapt): Check {
  return (value, walk, depth) => {
    const read = adapt(value);
    if (!read) return check(value, walk, depth);
    if (read.flaw) walk.flaw(read.flaw, depth);
    return check(read.value, walk, depth);
  };
}

function checkList({ atLeastOne, emptyJudgedAbove }: ListDefinition, checkElement: Check): Check {
  return (value, walk, depth) => {
    if (value === null || value === undefined) return walk.mismatch(depth, value, 'a list');
    if (!Array.isArray(value)) {
      const single = checkElement(value, walk, depth);
      if (single === REJECTED) return REJECTED;
      walk.find('list.single', depth, describeJson(value), 'a list');
      return [single];
    }
    if (atLeastOne && value.length === 0 && !emptyJudgedAbove) {
      walk.find('list.empty', depth, 'an empty list', 'at least one element');
    }
    let copy: unknown[] | undefined;
    let rejected = false;
    for (let at = 0; at < value.length; at++) {
      const element: unknown = value[at];
      walk.path[depth] = at;
      const checked = checkElement(element, walk, depth + 1);
      if (checked !== element) copy ??= value.slice(0, at);
      if (checked === REJECTED) rejected = true;
      else copy?.push(checked);
    }
    // A list that may not be there can do without an element; one that must be there cannot silently lose one.
    return rejected && atLeastOne && walk.lenient === 0 ? REJECTED : (copy ?? value);
  };
}

interface Field {
  readonly name: string;
  readonly required: boolean;
  /** Required, and a text that says something: no other check minds an empty one. */
  readonly filled: boolean;
  readonly absent: Absence | undefined;
  readonly check: Check;
}

function checkObject({ name, shape, lenient = false }: ObjectDefinition, mode: Mode): Check {
  const fields = Object.entries(shape).map(([key, schema]) => fieldOf(key, schema, mode));
  const defined = new Set(Object.keys(shape));
  const patch = mode === 'patch';
  return (value, walk, depth) => {
    if (!isJsonObject(value)) return walk.mismatch(depth, value, `an object (${name})`);
    let copy: Record<string, unknown> | undefined;
    let rejected = false;
    let present = 0;
    if (lenient) walk.lenient++;
    for (const field of fields) {
      const given = value[field.name];
      if (given !== undefined) present++;
      if (given === undefined || given === null) {
        if (patch && given === undefined) continue;
        if (!patch && !field.required) continue;
        walk.path[depth] = field.name;
        const { absent } = field;
        if (patch) walk.find('patch.null', depth + 1, 'null', 'a value, or no field');
        else if (absent) {
          if (absent.code)
            walk.find(absent.code, depth + 1, given === null ? 'null' : 'no field', `required in ${name}`);
        } else if (given === null) walk.find('field.null', depth + 1, 'null', 'a value');
        else walk.find('field.missing', depth + 1, 'no field', `required in ${name}`);
        if (absent?.assume !== undefined && !patch) {
          copy ??= { ...value };
          copy[field.name] = absent.assume;
        } else if (given === null && field.required) {
          // Required fields are never null in a view; absent they may be, where the type says so.
          copy ??= { ...value };
          delete copy[field.name];
        }
        if (!patch && !absent) rejected = true;
        continue;
      }
      walk.path[depth] = field.name;
      if (field.filled && isBlank(given)) {
        walk.find('text.empty', depth + 1, JSON.stringify(given), `required in ${name}`);
      }
      const checked = field.check(given, walk, depth + 1);
      if (checked === given) continue;
      if (checked === REJECTED && field.required && !lenient) rejected = true;
      else {
        copy ??= { ...value };
        if (checked === REJECTED) delete copy[field.name];
        else copy[field.name] = checked;
      }
    }
    // 2.3.0 forbids to mind unknown fields; before, they are at most worth a note (digest 1.9).
    if (walk.version !== '2.3.0') findUnknown(value, present, defined, walk, depth, name);
    if (lenient) walk.lenient--;
    return rejected && !lenient ? REJECTED : (copy ?? value);
  };
}

function fieldOf(name: string, schema: z.ZodType, mode: Mode): Field {
  const definition = definitionOf(schema);
  const required = definition.kind === 'list' ? definition.atLeastOne : definition.kind !== 'optional';
  const children = mode === 'patch' && definition.kind === 'list' ? childrenOf(name, definition) : undefined;
  // Of enums only those that take any value; the others do not know an empty one.
  const filled = definition.kind === 'text' || (definition.kind === 'enum' && definition.unknown === 'accept');
  return { name, required, filled, absent: definition.absent, check: children ?? compile(schema) };
}

/** The field by which objects of a list are told apart, where they have ids of their own. */
function identityOf({ of }: ListDefinition): 'uid' | 'id' | undefined {
  const element = definitionOf(of);
  if (element.kind !== 'object') return undefined;
  return (['uid', 'id'] as const).find(field => field in element.shape);
}

/** Lists of EVSEs, connectors and the like within a PATCH: merged or replaced, nobody knows (T17). */
function childrenOf(name: string, definition: ListDefinition): Check | undefined {
  const identity = identityOf(definition);
  if (identity === undefined) return undefined;
  const check = checkList(definition, compile(definition.of, 'patch'));
  return (value, walk, depth) => {
    const checked = check(value, walk, depth);
    if (!Array.isArray(checked)) return checked;
    const known = checked.every(child => isJsonObject(child) && typeof child[identity] === 'string');
    const met = known ? `${checked.length} ${name} with their ${identity}` : `${name} without ${identity}`;
    walk.find('patch.children', depth, met, 'a PATCH of each');
    return checked;
  };
}

function findUnknown(
  record: JsonObject,
  present: number,
  defined: ReadonlySet<string>,
  walk: Walk,
  depth: number,
  name: string,
): void {
  let count = 0;
  for (const _ in record) count++;
  if (count === present) return;
  for (const key of Object.keys(record)) {
    if (defined.has(key)) continue;
    walk.path[depth] = key;
    walk.find('field.unknown', depth + 1, key, `a field of ${name}`);
  }
}
