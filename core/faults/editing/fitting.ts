import type * as z from 'zod';
import { answerTypeOf } from '../../ocpi/answer-types.ts';
import { bodyTypeOf } from '../../ocpi/body-types.ts';
import type { CatalogueEntry } from '../../ocpi/catalogue.ts';
import { definitionOf } from '../../ocpi/schema.ts';

/** Answers of it are pages of a list. */
export function isList({ items }: CatalogueEntry): boolean {
  return items !== undefined;
}

/** Its request or its answer holds an object of a known type. */
export function hasObjects(entry: CatalogueEntry): boolean {
  return entry.versions.some(version =>
    [bodyTypeOf(entry, version), answerTypeOf(entry, version)].some(type => type?.kind === 'object'),
  );
}

/** Its request or its answer holds an object of one of these types, however deep; as the specification spells them. */
export function holds(...names: readonly string[]): (entry: CatalogueEntry) => boolean {
  const known = new Map<string, boolean>();
  return entry => {
    const before = known.get(entry.id);
    if (before !== undefined) return before;
    const found = entry.versions.some(version =>
      [bodyTypeOf(entry, version), answerTypeOf(entry, version)].some(
        type => type !== undefined && reaches(type.schema, names, new Set()),
      ),
    );
    known.set(entry.id, found);
    return found;
  };
}

function reaches(schema: z.ZodType, names: readonly string[], seen: Set<z.ZodType>): boolean {
  if (seen.has(schema)) return false;
  seen.add(schema);
  const definition = definitionOf(schema);
  if (definition.kind === 'optional' || definition.kind === 'list') return reaches(definition.of, names, seen);
  if (definition.kind !== 'object') return false;
  return names.includes(definition.name) || Object.values(definition.shape).some(inner => reaches(inner, names, seen));
}

/** The owner of an object tells whoever has a copy: PUT, PATCH, and POST of what is never changed (digest 1.8). */
export function isPush({ method, interface: side, id, path }: CatalogueEntry): boolean {
  if (method === 'PUT' || method === 'PATCH') return path.includes('{country_code}') || side === 'RECEIVER';
  return id === 'cdrs.post' || id === 'invoicereconciliation.post';
}

/** Only these operations. */
export function only(...ids: readonly string[]): (entry: CatalogueEntry) => boolean {
  return ({ id }) => ids.includes(id);
}

/** A PATCH. */
export function isPatch({ method }: CatalogueEntry): boolean {
  return method === 'PATCH';
}
