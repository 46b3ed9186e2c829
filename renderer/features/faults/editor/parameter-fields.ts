import * as z from 'zod';

/** How one parameter of a kind is asked for. */
export interface ParameterField {
  readonly name: string;
  /** `texts`: one a line. `json`: whatever has no form of its own. */
  readonly type: 'text' | 'number' | 'whole' | 'switch' | 'choice' | 'texts' | 'json';
  /** What it is, as the kind says. */
  readonly description: string;
  /** Of `choice`. */
  readonly choices: readonly string[];
  readonly least: number | undefined;
  readonly most: number | undefined;
  /** What stands there unless said. */
  readonly usual: unknown;
}

/** As it is typed: a text, or whether a switch is on. */
export type Held = string | boolean;

/** Why what is typed cannot stand there. */
export type FieldProblem = 'number' | 'whole' | 'least' | 'most' | 'json';

const Limit = z.number().optional().catch(undefined);
const Property = z.object({
  type: z.string().optional().catch(undefined),
  description: z.string().catch(''),
  enum: z.array(z.unknown()).optional().catch(undefined),
  anyOf: z
    .array(z.looseObject({ const: z.unknown().optional(), type: z.string().optional() }))
    .optional()
    .catch(undefined),
  items: z.looseObject({ type: z.string() }).optional().catch(undefined),
  minimum: Limit,
  exclusiveMinimum: Limit,
  maximum: Limit,
  default: z.unknown().optional(),
});
type Property = z.infer<typeof Property>;
const Schema = z.object({ properties: z.record(z.string(), Property).catch({}) });

/** The form of a kind's parameters, from their JSON Schema. */
export function fieldsOf(schema: Readonly<Record<string, unknown>>): readonly ParameterField[] {
  return Object.entries(Schema.parse(schema).properties).map(([name, property]) => {
    const choices = choicesOf(property);
    const type = choices === undefined ? typeOf(property) : 'choice';
    return {
      name,
      type,
      description: property.description,
      choices: choices ?? [],
      least: limit(property.minimum ?? property.exclusiveMinimum),
      most: limit(property.maximum),
      usual: property.default,
    };
  });
}

function choicesOf(property: Property): readonly string[] | undefined {
  const values =
    property.enum ??
    (property.anyOf?.every(({ const: value }) => value !== undefined)
      ? property.anyOf.map(({ const: value }) => value)
      : undefined);
  // What is chosen comes back as a text.
  return values?.every(value => typeof value === 'string') ? values : undefined;
}

function typeOf({ type, items, anyOf }: Property): ParameterField['type'] {
  switch (type ?? (anyOf?.every(one => one.type === 'string') ? 'string' : undefined)) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'integer':
      return 'whole';
    case 'boolean':
      return 'switch';
    case 'array':
      return items?.type === 'string' ? 'texts' : 'json';
    default:
      return 'json';
  }
}

/** Bounds of what a number can be at all are none. */
function limit(bound: number | undefined): number | undefined {
  return bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? undefined : bound;
}

/** A value as it is typed; nothing there: as it is unless said. */
export function heldOf({ type, usual }: ParameterField, value: unknown): Held {
  const shown = value === undefined ? usual : value;
  if (type === 'switch') return shown === true;
  if (type === 'texts') return Array.isArray(shown) ? shown.join('\n') : '';
  if (type === 'json') return shown === undefined ? '' : JSON.stringify(shown);
  return shown === undefined || shown === null ? '' : String(shown);
}

/** What was typed as a value; `value` undefined: nothing is said of it. */
export function readHeld(
  field: ParameterField,
  held: Held,
): { readonly value: unknown } | { readonly problem: FieldProblem } {
  if (typeof held === 'boolean') return { value: held };
  const typed = held.trim();
  switch (field.type) {
    case 'number':
    case 'whole': {
      if (typed === '') return { value: undefined };
      const value = Number(typed.replace(',', '.'));
      if (Number.isNaN(value)) return { problem: 'number' };
      if (field.type === 'whole' && !Number.isInteger(value)) return { problem: 'whole' };
      if (field.least !== undefined && value < field.least) return { problem: 'least' };
      if (field.most !== undefined && value > field.most) return { problem: 'most' };
      return { value };
    }
    case 'texts':
      return { value: held.split('\n').filter(line => line.trim() !== '') };
    case 'json':
      if (typed === '') return { value: undefined };
      try {
        return { value: JSON.parse(typed) };
      } catch {
        return { problem: 'json' };
      }
    case 'choice':
      return { value: field.choices.includes(held) ? held : undefined };
    default:
      // Blanks may be what is meant; nothing at all may be, too, unless that is how it stands there anyway.
      return { value: held === '' && field.usual === undefined ? undefined : held };
  }
}

/** Whether saying it says nothing: it is so anyway. */
export function isUsual({ usual }: ParameterField, value: unknown): boolean {
  return value === undefined || JSON.stringify(value) === JSON.stringify(usual);
}
