import * as z from 'zod';
import type { FindingCode } from './finding-codes.ts';
import type { Severity } from './findings.ts';

/**
 * What the specification's tables say about a type, and the stances of the digest (section 8) on what partners send
 * instead. The zod schemas below carry it: from it checkers are compiled, JSON Schemas written and the comparison with
 * the tables made; zod itself gives the TypeScript types.
 */
export type Definition = Kind & Stances;

export type Kind =
  | TextDefinition
  | EnumDefinition
  | ObjectDefinition
  | ListDefinition
  /** `any` is whatever JSON there is. */
  | { readonly kind: 'url' | 'date-time' | 'number' | 'boolean' | 'any' }
  | { readonly kind: 'int'; readonly digits?: number }
  /** `?`: absent, null and the value are all fine. */
  | { readonly kind: 'optional'; readonly of: z.ZodType };

/** Stances never change what the tables say; they change what a checker makes of a value. */
export interface Stances {
  readonly adapt?: Adapt;
  readonly rule?: Rule<never>;
  readonly absent?: Absence;
}

/** What is wrong with a value, or noteworthy about it. */
export interface Flaw {
  readonly code: FindingCode;
  /** The way from the value to the place; empty for the value itself. */
  readonly at?: readonly (string | number)[];
  readonly met: string;
  readonly expected: string;
  readonly severity?: Severity;
}

/** A value in the shape of the table, read from another one; without a flaw where the digest says to accept both. */
export interface Adapted {
  readonly value: unknown;
  readonly flaw?: Flaw;
}

/** Knows other shapes in which partners send a value; undefined for any other value, the right ones included. */
export type Adapt = (value: unknown) => Adapted | undefined;

/** What the text of the specification asks beyond the table. Never a reason to reject. */
export type Rule<T> = (value: T) => readonly Flaw[] | undefined;

/** A required field that partners leave out, without which the object can still be used. */
export interface Absence {
  /** Undefined where the digest says to accept it. */
  readonly code?: FindingCode;
  /** Stands in the view instead. */
  readonly assume?: unknown;
}

export interface ListDefinition {
  readonly kind: 'list';
  readonly of: z.ZodType;
  /** `+`; without it `*` (absent, null and empty are fine). */
  readonly atLeastOne: boolean;
  /** An empty `+` list is judged by a rule of the object around it. */
  readonly emptyJudgedAbove?: boolean;
}

export interface TextDefinition {
  readonly kind: 'text';
  readonly type: 'CiString' | 'string';
  /** In characters; absent where the table gives none. */
  readonly maxLength?: number;
  /** Findings say how long a secret is, never what it is. */
  readonly secret: boolean;
  /** Letters outside ASCII are expected, whatever the type says (T32). */
  readonly anyLetters?: boolean;
}

export interface EnumDefinition {
  readonly kind: 'enum';
  readonly name: string;
  readonly values: readonly string[];
  /** As the version's table has it; 2.1.1 and 2.2.1 know closed enums only. */
  readonly open: boolean;
  /** What a value outside the list means (T30a): nothing, a warning, or that the object cannot be used. */
  readonly unknown: 'accept' | 'warn' | 'reject';
}

export interface ObjectDefinition {
  readonly kind: 'object';
  readonly name: string;
  readonly shape: Readonly<Record<string, z.ZodType>>;
  /** Whatever is wrong within is a warning, and costs the view only the field it is about (T33). */
  readonly lenient?: boolean;
}

const definitions = new WeakMap<z.ZodType, Definition>();

function define<S extends z.ZodType>(schema: S, definition: Definition): S {
  definitions.set(schema, definition);
  return schema;
}

/** The definition behind a schema of this file; throws for any other schema. */
export function definitionOf(schema: z.ZodType): Definition {
  const definition = definitions.get(schema);
  if (!definition) throw new TypeError('A schema that was not built by core/ocpi/schema.ts');
  return definition;
}

/** True for what was built by this file. */
export function isOcpiSchema(value: unknown): value is z.ZodType {
  return typeof value === 'object' && value !== null && definitions.has(value as z.ZodType);
}

/** Case-insensitive printable ASCII of at most `maxLength` characters; spelled as received. */
export function CiString(
  maxLength?: number,
  { anyLetters = false }: { readonly anyLetters?: boolean } = {},
): z.ZodString {
  return define(z.string(), {
    kind: 'text',
    type: 'CiString',
    ...(maxLength !== undefined && { maxLength }),
    ...(anyLetters && { anyLetters }),
    secret: false,
  });
}

/** Case-sensitive printable text: ASCII in 2.1.1, UTF-8 from 2.2 on. */
export function OcpiString(maxLength?: number, { secret = false }: { readonly secret?: boolean } = {}): z.ZodString {
  return define(z.string(), { kind: 'text', type: 'string', ...(maxLength !== undefined && { maxLength }), secret });
}

/** An absolute http(s) URL of at most 255 characters, as text: it is followed byte for byte. */
export function Url(): z.ZodString {
  return define(z.string(), { kind: 'url' });
}

/** A moment in UTC, as the text that was sent; `readDateTime` makes a number of it. */
export function DateTimeText(): z.ZodString {
  return define(z.string(), { kind: 'date-time' });
}

export function ocpiNumber(): z.ZodNumber {
  return define(z.number(), { kind: 'number' });
}

/** A whole number, of at most `digits` digits where the table says `int(5)`. */
export function ocpiInt(digits?: number): z.ZodNumber {
  return define(z.number(), { kind: 'int', ...(digits !== undefined && { digits }) });
}

export function bool(): z.ZodBoolean {
  return define(z.boolean(), { kind: 'boolean' });
}

/** Any JSON value. */
export function anything(): z.ZodUnknown {
  return define(z.unknown(), { kind: 'any' });
}

/** A known value, or any other text: editors offer the known ones, and what was sent is kept. */
export type Kept<V extends string> = V | (string & {});

/** An enum the table closes. Unknown values are kept with a warning, or without one where partners must send them (T10). */
export function closedEnum<const V extends string>(
  name: string,
  values: readonly V[],
  { unknown = 'warn' }: { readonly unknown?: 'accept' | 'warn' } = {},
): z.ZodType<Kept<V>> {
  return define(keeping<V>(), { kind: 'enum', name, values, open: false, unknown });
}

/** An enum on which behaviour depends: an object with an unknown value cannot be used (T30a). */
export function decisiveEnum<const V extends string>(
  name: string,
  values: readonly V[],
  { open = false }: { readonly open?: boolean } = {},
): z.ZodType<V> {
  return define(z.enum(values), { kind: 'enum', name, values, open, unknown: 'reject' });
}

/** An OpenEnum of 2.3.0: unknown values are fine. */
export function openEnum<const V extends string>(name: string, values: readonly V[]): z.ZodType<Kept<V>> {
  return define(keeping<V>(), { kind: 'enum', name, values, open: true, unknown: 'accept' });
}

function keeping<V extends string>(): z.ZodType<Kept<V>> {
  return z.custom<Kept<V>>(value => typeof value === 'string');
}

/** `?` */
export function optional<S extends z.ZodType>(of: S): z.ZodOptional<z.ZodNullable<S>> {
  return define(of.nullish(), { kind: 'optional', of });
}

/** `*` */
export function list<S extends z.ZodType>(of: S): z.ZodOptional<z.ZodNullable<z.ZodArray<S>>> {
  return define(z.array(of).nullish(), { kind: 'list', of, atLeastOne: false });
}

/** `+` */
export function listOne<S extends z.ZodType>(
  of: S,
  { emptyJudgedAbove = false }: { readonly emptyJudgedAbove?: boolean } = {},
): z.ZodArray<S> {
  return define(z.array(of), { kind: 'list', of, atLeastOne: true, ...(emptyJudgedAbove && { emptyJudgedAbove }) });
}

/**
 * A class or object of the tables, fields in their order; plain fields are required. A newer version is written with the
 * older one's `shape` spread into it.
 */
export function ocpiObject<const S extends Readonly<Record<string, z.ZodType>>>(
  name: string,
  shape: S,
): z.ZodObject<S> {
  return define(z.object(shape), { kind: 'object', name, shape });
}

/** As `ocpiObject`, for types of which the digest says to validate with warnings only: any field may be absent in a view. */
export function lenientObject<const S extends Readonly<Record<string, z.ZodType>>>(
  name: string,
  shape: S,
): z.ZodObject<{ readonly [K in keyof S]: z.ZodOptional<S[K]> }> {
  const partial = z.object(shape).partial() as unknown as z.ZodObject<{ readonly [K in keyof S]: z.ZodOptional<S[K]> }>;
  return define(partial, { kind: 'object', name, shape, lenient: true });
}

/** The same type, read from other shapes too. */
export function adapted<S extends z.ZodType>(schema: S, adapt: Adapt): S {
  return define(schema.clone(), { ...definitionOf(schema), adapt });
}

/** The same type, and what the text of the specification asks beyond the table. */
export function ruled<S extends z.ZodType>(schema: S, rule: Rule<z.infer<S>>): S {
  return define(schema.clone(), { ...definitionOf(schema), rule });
}

/** A required field that may be absent all the same: with a warning of this code, or without one. */
export function tolerated<S extends z.ZodType>(of: S, code?: FindingCode): z.ZodOptional<S> {
  return define(of.optional(), { ...definitionOf(of), absent: { ...(code !== undefined && { code }) } });
}

/** A required field that is taken for `value` where it is absent, with a warning of this code. */
export function assumed<S extends z.ZodType>(schema: S, code: FindingCode, value: z.infer<S>): S {
  return define(schema.clone(), { ...definitionOf(schema), absent: { code, assume: value } });
}
