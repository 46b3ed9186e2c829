import type * as z from 'zod';
import { type Definition, definitionOf, type Kind, type ObjectDefinition } from '../../core/ocpi/schema.ts';

/** A field of an object of the tables, or an element of its list. */
export interface Field {
  /** The object it belongs to: `Location`. */
  readonly owner: string;
  readonly name: string;
  readonly cardinality: '1' | '?' | '+' | '*';
  /** Of the value; of one element, where there may be several. */
  readonly value: Definition;
  /** True of an element of the list, rather than the list. */
  readonly element: boolean;
}

/** What a schema's tables say about a place; undefined where they know no such field, and for the whole object. */
export function fieldAt(schema: z.ZodType, path: readonly (string | number)[]): Field | undefined {
  let around: Definition | undefined = definitionOf(schema);
  let found: Field | undefined;
  for (const step of path) {
    if (typeof step === 'number') {
      if (found === undefined || found.element || !isList(found)) return undefined;
      found = { ...found, element: true };
    } else {
      const field: z.ZodType | undefined = around?.kind === 'object' ? around.shape[step] : undefined;
      if (around?.kind !== 'object' || field === undefined) return undefined;
      found = { owner: around.name, name: step, element: false, ...membersOf(definitionOf(field)) };
    }
    around = isList(found) && !found.element ? undefined : found.value;
  }
  return found;
}

/** The object whose members stand at a path. */
export function objectAt(schema: z.ZodType, path: readonly (string | number)[]): ObjectDefinition | undefined {
  const definition = path.length === 0 ? definitionOf(schema) : innermost(fieldAt(schema, path));
  return definition?.kind === 'object' ? definition : undefined;
}

/** The value at the path; of a list that is not entered, none. */
function innermost(field: Field | undefined): Definition | undefined {
  return field === undefined || (isList(field) && !field.element) ? undefined : field.value;
}

export function isList({ cardinality }: Pick<Field, 'cardinality'>): boolean {
  return cardinality === '+' || cardinality === '*';
}

export function isRequired({ cardinality }: Pick<Field, 'cardinality'>): boolean {
  return cardinality === '1' || cardinality === '+';
}

/** Cardinality and value of a field's definition. */
export function membersOf(definition: Definition): Pick<Field, 'cardinality' | 'value'> {
  if (definition.kind === 'optional') return { cardinality: '?', value: definitionOf(definition.of) };
  if (definition.kind !== 'list') return { cardinality: '1', value: definition };
  return { cardinality: definition.atLeastOne ? '+' : '*', value: definitionOf(definition.of) };
}

/** As the specification writes types: `CiString(36)`, `DateTime`, `EVSE`. */
export function typeName(kind: Kind): string {
  switch (kind.kind) {
    case 'text':
      return kind.maxLength === undefined ? kind.type : `${kind.type}(${kind.maxLength})`;
    case 'enum':
    case 'object':
      return kind.name;
    case 'url':
      return 'URL';
    case 'date-time':
      return 'DateTime';
    case 'int':
      return kind.digits === undefined ? 'int' : `int(${kind.digits})`;
    case 'optional':
    case 'list':
      return typeName(definitionOf(kind.of));
    default:
      return kind.kind;
  }
}
