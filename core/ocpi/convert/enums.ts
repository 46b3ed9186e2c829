import type * as z from 'zod';
import { definitionOf } from '../schema.ts';

/** Whether a version's enum has a value; what it does not have cannot be expressed there, open enum or not. */
export function knows<T extends string>(schema: z.ZodType<T>, value: string): value is T {
  const definition = definitionOf(schema);
  if (definition.kind !== 'enum') throw new TypeError('not an enum');
  return definition.values.includes(value);
}

/** The values of a list that the enum has; what stands for "no list" stays. */
export function onlyKnown<T extends string>(
  schema: z.ZodType<T>,
  values: readonly string[] | null | undefined,
): T[] | null | undefined {
  return values?.filter(value => knows(schema, value)) as T[] | null | undefined;
}
