import type * as z from 'zod';
import {
  type Checker,
  compileChecker,
  compileItemsChecker,
  compilePatchChecker,
  type ItemsChecker,
  listChecker,
} from '../check.ts';
import { VERSIONS, type Version } from '../versions.ts';

/** The type of a message in each version that has the message. */
export type ByVersion<T> = Readonly<Partial<Record<Version, T>>>;

/** Checkers of whole objects. */
export function whole(schemas: ByVersion<z.ZodType>): ByVersion<Checker<unknown>> {
  return each(schemas, compileChecker);
}

/** Checkers of the bodies of PATCHes. */
export function patch(schemas: ByVersion<z.ZodObject>): ByVersion<Checker<unknown>> {
  return each(schemas, compilePatchChecker);
}

/** Checkers of pages: of the list as one value, and of each object on its own. */
export function page(schemas: ByVersion<z.ZodType>): {
  readonly response: ByVersion<Checker<unknown>>;
  readonly items: ByVersion<ItemsChecker<unknown>>;
} {
  const items = each(schemas, compileItemsChecker);
  return { response: each(items, listChecker), items };
}

function each<S, T>(byVersion: ByVersion<S>, make: (one: S) => T): ByVersion<T> {
  const made: Partial<Record<Version, T>> = {};
  for (const version of VERSIONS) {
    const one = byVersion[version];
    if (one !== undefined) made[version] = make(one);
  }
  return made;
}
