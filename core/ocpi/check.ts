import type * as z from 'zod';
import { compile } from './check-shapes.ts';
import { type Finding, finding } from './findings.ts';
import { describeJson, isJsonObject } from './json-value.ts';
import { definitionOf } from './schema.ts';
import { atLeast22, type Version } from './versions.ts';
import { REJECTED, Walk } from './walk.ts';

export interface CheckContext {
  readonly version: Version;
  /** JSON pointer of the value in its message, put before every finding's pointer. */
  readonly pointer?: string;
}

export interface Checked<T> {
  /**
   * The value itself where nothing had to be coerced, a copy where something had; absent when it has to be rejected.
   * What is wrong inside an optional field or an element of a `*` list costs only that field or element.
   */
  readonly view?: T;
  readonly findings: readonly Finding[];
}

/** Checks a JSON value against a type. Never throws, never changes the value. */
export type Checker<T> = (value: unknown, context: CheckContext) => Checked<T>;

const NO_FINDINGS: readonly Finding[] = Object.freeze([]);

/** Compiles a schema of schema.ts to closures, once; the checker allocates nothing but its result while all is well. */
export function compileChecker<S extends z.ZodType>(schema: S): Checker<z.infer<S>> {
  return checkerOf(compile(schema));
}

/**
 * The checker for the body of a PATCH (digest 1.7, T17, T17a): nothing is required, nulls and lists of objects with ids of
 * their own are warned about, and from 2.2 on a missing last_updated is. What is there is checked as in the whole object.
 */
export function compilePatchChecker<S extends z.ZodObject>(schema: S): Checker<Partial<z.infer<S>>> {
  const definition = definitionOf(schema);
  const dated = definition.kind === 'object' && 'last_updated' in definition.shape;
  const check = checkerOf<Partial<z.infer<S>>>(compile(schema, 'patch'));
  return (value, context) => {
    const checked = check(value, context);
    if (!dated || !atLeast22(context.version) || !isJsonObject(value) || value['last_updated'] !== undefined) {
      return checked;
    }
    const pointer = `${context.pointer ?? ''}/last_updated`;
    const found = finding('patch.last-updated-missing', { pointer, met: 'no field', expected: 'last_updated' });
    return { ...checked, findings: [...checked.findings, found] };
  };
}

function checkerOf<T>(check: ReturnType<typeof compile>): Checker<T> {
  const walk = new Walk();
  return (value, context) => {
    walk.begin(context.version, context.pointer ?? '');
    const view = check(value, walk, 0);
    const findings = walk.end() ?? NO_FINDINGS;
    return view === REJECTED ? { findings } : { view: view as T, findings };
  };
}

export interface CheckedItem<T> extends Checked<T> {
  /** Place in the list. */
  readonly index: number;
}

export interface CheckedItems<T> {
  /** One for each element, the unusable ones included: a broken object never spoils its page (digest 1.6). */
  readonly items: readonly CheckedItem<T>[];
  /** About the list itself. */
  readonly findings: readonly Finding[];
}

export type ItemsChecker<T> = (value: unknown, context: CheckContext) => CheckedItems<T>;

/** Checks a page of objects, each on its own. Absent and null are an empty page (T6), a single object is a page of one. */
export function compileItemsChecker<S extends z.ZodType>(element: S): ItemsChecker<z.infer<S>> {
  const check = compileChecker(element);
  return (value, context) => {
    if (value === undefined || value === null) return { items: [], findings: NO_FINDINGS };
    const pointer = context.pointer ?? '';
    if (Array.isArray(value)) {
      const items = value.map((item: unknown, index) => {
        const { view, findings } = check(item, { version: context.version, pointer: `${pointer}/${index}` });
        return view === undefined ? { index, findings } : { index, view, findings };
      });
      return { items, findings: NO_FINDINGS };
    }
    const details = { pointer, met: describeJson(value), expected: 'a list' };
    if (!isJsonObject(value)) return { items: [], findings: [finding('type.mismatch', details)] };
    return { items: [{ index: 0, ...check(value, context) }], findings: [finding('list.single', details)] };
  };
}

/** The same as a checker of the whole list: the view holds the usable ones. */
export function listChecker<T>(check: ItemsChecker<T>): Checker<T[]> {
  return (value, context) => {
    const { items, findings } = check(value, context);
    const all = [...findings, ...items.flatMap(item => item.findings)];
    if (findings.some(({ severity }) => severity === 'error')) return { findings: all };
    return { view: items.flatMap(({ view }) => (view === undefined ? [] : [view])), findings: all };
  };
}
