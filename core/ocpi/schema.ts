import * as z from 'zod';

/**
 * What the specification's tables say about a type. The zod schemas below carry it: from it checkers are compiled, JSON
 * Schemas written and the comparison with the tables made; zod itself gives the TypeScript types.
 */
export type Definition =
  | TextDefinition
  | EnumDefinition
  | ObjectDefinition
  | { readonly kind: 'url' | 'date-time' | 'number' | 'boolean' }
  | { readonly kind: 'int'; readonly digits?: number }
  /** `?`: absent, null and the value are all fine. */
  | { readonly kind: 'optional'; readonly of: z.ZodType }
  /** `*` (absent, null and empty are fine) or, with `atLeastOne`, `+`. */
  | { readonly kind: 'list'; readonly of: z.ZodType; readonly atLeastOne: boolean };

export interface TextDefinition {
  readonly kind: 'text';
  readonly type: 'CiString' | 'string';
  /** In characters; absent where the table gives none. */
  readonly maxLength?: number;
  /** Findings say how long a secret is, never what it is. */
  readonly secret: boolean;
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

/** Case-insensitive printable ASCII of at most `maxLength` characters; spelled as received. */
export function CiString(maxLength?: number): z.ZodString {
  return define(z.string(), {
    kind: 'text',
    type: 'CiString',
    ...(maxLength !== undefined && { maxLength }),
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
export function decisiveEnum<const V extends string>(name: string, values: readonly V[]): z.ZodType<V> {
  return define(z.enum(values), { kind: 'enum', name, values, open: false, unknown: 'reject' });
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
export function listOne<S extends z.ZodType>(of: S): z.ZodArray<S> {
  return define(z.array(of), { kind: 'list', of, atLeastOne: true });
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
