import type * as z from 'zod';
import { readDateTime } from './date-time.ts';
import type { FindingCode } from './finding-codes.ts';
import { type Finding, finding, type Severity } from './findings.ts';
import { describeJson, isJsonObject, type JsonObject } from './json-value.ts';
import { definitionOf, type EnumDefinition, type ObjectDefinition, type TextDefinition } from './schema.ts';
import { hasControlCharacters, isLongerThan, isPrintableAscii } from './text-rules.ts';
import { readUrl } from './urls.ts';
import type { Version } from './versions.ts';

/** Stands in a view's place where a value has to be rejected. */
export const REJECTED = Symbol('rejected');

/** Gives back the value itself, a coerced copy, or REJECTED. `depth` is how many steps of the walk's path lead to the value. */
export type Check = (value: unknown, walk: Walk, depth: number) => unknown;

/** Where a check stands and what it found. One serves all calls of a checker, for checks never call out. */
export class Walk {
  version: Version = '2.3.0';
  readonly path: (string | number)[] = [];
  private base = '';
  private findings: Finding[] | undefined;

  begin(version: Version, base: string): void {
    this.version = version;
    this.base = base;
    this.findings = undefined;
  }

  end(): readonly Finding[] | undefined {
    return this.findings;
  }

  pointer(depth: number): string {
    let pointer = this.base;
    for (let at = 0; at < depth; at++) pointer += `/${escapePointer(String(this.path[at]))}`;
    return pointer;
  }

  add(...findings: readonly Finding[]): void {
    this.findings ??= [];
    this.findings.push(...findings);
  }

  find(code: FindingCode, depth: number, met: string, expected: string, severity?: Severity): void {
    this.add(finding(code, { pointer: this.pointer(depth), met, expected, ...(severity && { severity }) }));
  }

  /** For values whose JSON type is wrong beyond repair. */
  mismatch(depth: number, value: unknown, expected: string, secret = false): typeof REJECTED {
    this.find('type.mismatch', depth, secret ? `a ${typeof value}` : describeJson(value), expected);
    return REJECTED;
  }
}

/** One reference token of a JSON pointer (RFC 6901). */
export function escapePointer(name: string): string {
  return /[~/]/.test(name) ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name;
}

const compiled = new WeakMap<z.ZodType, Check>();

/** The check for a schema; schemas used in several places are compiled once. */
export function compile(schema: z.ZodType): Check {
  const known = compiled.get(schema);
  if (known) return known;
  const check = build(schema);
  compiled.set(schema, check);
  return check;
}

function build(schema: z.ZodType): Check {
  const definition = definitionOf(schema);
  switch (definition.kind) {
    case 'text':
      return checkText(definition);
    case 'url':
      return checkUrl;
    case 'date-time':
      return checkDateTime;
    case 'number':
      return checkNumber;
    case 'int':
      return checkInt(definition.digits);
    case 'boolean':
      return checkBoolean;
    case 'enum':
      return checkEnum(definition);
    case 'optional':
      return compile(definition.of);
    case 'list':
      return checkList(compile(definition.of), definition.atLeastOne);
    case 'object':
      return checkObject(definition);
  }
}

/** What 2.2+ allows in place of text that cannot be known, whatever the length of the field (digest 1.9). */
const NOT_AVAILABLE = '#NA';

function checkText({ type, maxLength = Number.POSITIVE_INFINITY, secret }: TextDefinition): Check {
  return (value, walk, depth) => {
    if (typeof value === 'number') {
      // Partners send numbers where short texts are due (T20).
      walk.find('type.number-for-string', depth, secret ? 'a number' : String(value), 'a string');
      return String(value);
    }
    if (typeof value !== 'string') return walk.mismatch(depth, value, 'a string', secret);
    if (value.length > maxLength && isLongerThan(value, maxLength) && value !== NOT_AVAILABLE) {
      const met = secret ? `${value.length} characters` : `${value.length} characters: ${value}`;
      walk.find('text.too-long', depth, met, `up to ${maxLength} characters`);
    }
    if (!isPrintableAscii(value)) {
      const met = secret ? `${value.length} characters` : JSON.stringify(value);
      if (hasControlCharacters(value)) walk.find('text.control-characters', depth, met, 'printable characters');
      else if (type === 'CiString' || walk.version === '2.1.1') {
        walk.find('text.not-ascii', depth, met, 'printable ASCII');
      }
    }
    return value;
  };
}

const PLAIN_URL = /^https?:\/\/[^\s/?#@\\]+(?:[/?#]\S*)?$/i;

const checkUrl: Check = (value, walk, depth) => {
  if (typeof value !== 'string') return walk.mismatch(depth, value, 'a URL');
  if (value.length > 255 || !PLAIN_URL.test(value))
    walk.add(...readUrl(value, { pointer: walk.pointer(depth) }).findings);
  return value;
};

/** Spellings that need no second look: every match exists, and is at most 25 characters long. 29 February is looked at. */
const PLAIN_DATE_TIME =
  /^\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,4})?Z?$/;

const checkDateTime: Check = (value, walk, depth) => {
  if (typeof value !== 'string') return walk.mismatch(depth, value, 'a date and time');
  if (PLAIN_DATE_TIME.test(value)) return value;
  const { epochMs, findings } = readDateTime(value, walk.version, walk.pointer(depth));
  if (findings.length > 0) walk.add(...findings);
  return epochMs === undefined ? REJECTED : value;
};

const NUMERIC = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

const checkNumber: Check = (value, walk, depth) => {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !NUMERIC.test(value.trim())) return walk.mismatch(depth, value, 'a number');
  walk.find('type.string-for-number', depth, JSON.stringify(value), 'a number');
  return Number(value);
};

function checkInt(digits: number | undefined): Check {
  const limit = digits === undefined ? Number.POSITIVE_INFINITY : 10 ** digits;
  return (value, walk, depth) => {
    const number = checkNumber(value, walk, depth);
    if (typeof number !== 'number') return number;
    if (!Number.isInteger(number)) walk.find('number.not-integer', depth, String(number), 'a whole number');
    if (Math.abs(number) >= limit) walk.find('number.too-many-digits', depth, String(number), `up to ${digits} digits`);
    return number;
  };
}

const checkBoolean: Check = (value, walk, depth) => {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (text !== 'true' && text !== 'false') return walk.mismatch(depth, value, 'true or false');
  walk.find('type.string-for-boolean', depth, JSON.stringify(value), 'true or false without quotes');
  return text === 'true';
};

function checkEnum({ name, values, unknown }: EnumDefinition): Check {
  const known = new Set<unknown>(values);
  const bySpelling = new Map(values.map(value => [value.toLowerCase(), value]));
  return (value, walk, depth) => {
    if (known.has(value)) return value;
    if (typeof value !== 'string') return walk.mismatch(depth, value, `a value of ${name}`);
    const meant = bySpelling.get(value.trim().toLowerCase());
    if (meant !== undefined) {
      walk.find('enum.case', depth, value, meant);
      return meant;
    }
    if (unknown === 'accept') return value;
    const reject = unknown === 'reject';
    walk.find(reject ? 'enum.undecidable' : 'enum.unknown', depth, value, `${name}: ${values.join(', ')}`);
    return reject ? REJECTED : value;
  };
}

function checkList(checkElement: Check, atLeastOne: boolean): Check {
  return (value, walk, depth) => {
    if (value === null || value === undefined) return walk.mismatch(depth, value, 'a list');
    if (!Array.isArray(value)) {
      const single = checkElement(value, walk, depth);
      if (single === REJECTED) return REJECTED;
      walk.find('list.single', depth, describeJson(value), 'a list');
      return [single];
    }
    if (atLeastOne && value.length === 0) walk.find('list.empty', depth, 'an empty list', 'at least one element');
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
    return rejected && atLeastOne ? REJECTED : (copy ?? value);
  };
}

interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly check: Check;
}

function checkObject({ name, shape }: ObjectDefinition): Check {
  const fields = Object.entries(shape).map(([key, schema]): Field => {
    const definition = definitionOf(schema);
    const required = definition.kind === 'list' ? definition.atLeastOne : definition.kind !== 'optional';
    return { name: key, required, check: compile(schema) };
  });
  const defined = new Set(Object.keys(shape));
  return (value, walk, depth) => {
    if (!isJsonObject(value)) return walk.mismatch(depth, value, `an object (${name})`);
    let copy: Record<string, unknown> | undefined;
    let rejected = false;
    let present = 0;
    for (const field of fields) {
      const given = value[field.name];
      if (given !== undefined) present++;
      if (given === undefined || given === null) {
        if (!field.required) continue;
        walk.path[depth] = field.name;
        if (given === null) walk.find('field.null', depth + 1, 'null', 'a value');
        else walk.find('field.missing', depth + 1, 'no field', `required in ${name}`);
        rejected = true;
        continue;
      }
      walk.path[depth] = field.name;
      const checked = field.check(given, walk, depth + 1);
      if (checked === given) continue;
      if (checked === REJECTED && field.required) rejected = true;
      else {
        copy ??= { ...value };
        if (checked === REJECTED) delete copy[field.name];
        else copy[field.name] = checked;
      }
    }
    // 2.3.0 forbids to mind unknown fields; before, they are at most worth a note (digest 1.9).
    if (walk.version !== '2.3.0') findUnknown(value, present, defined, walk, depth, name);
    return rejected ? REJECTED : (copy ?? value);
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
