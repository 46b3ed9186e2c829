import type * as z from 'zod';
import { definitionOf } from './schema.ts';
import { findType } from './types.ts';
import { VERSIONS } from './versions.ts';

/** A path no version's table has: up to where it is known, and what the tables have there. */
export interface UnknownField {
  /** `evses` of `evses.colour`; empty for the object itself. */
  readonly within: string;
  /** Names of the fields there, of all versions, in order; none below a plain value. */
  readonly known: readonly string[];
}

/** Looks a path (`evses.status`, lists are stepped into) up in the tables of a type; undefined where one has it. */
export function unknownField(typeName: string, path: string): UnknownField | undefined {
  let here: readonly z.ZodType[] = VERSIONS.flatMap(version => findType(version, typeName)?.schema ?? []);
  const walked: string[] = [];
  for (const name of path.split('.')) {
    const fields = here.map(fieldsOf);
    const next = fields.flatMap(all => all[name] ?? []);
    if (next.length === 0) {
      return { within: walked.join('.'), known: [...new Set(fields.flatMap(Object.keys))].toSorted() };
    }
    walked.push(name);
    here = next;
  }
  return undefined;
}

function fieldsOf(schema: z.ZodType): Readonly<Record<string, z.ZodType>> {
  const definition = definitionOf(schema);
  if (definition.kind === 'optional' || definition.kind === 'list') return fieldsOf(definition.of);
  return definition.kind === 'object' ? definition.shape : {};
}
