import type * as z from 'zod';
import { type Check, compile, REJECTED, Walk } from './check-values.ts';
import type { Finding } from './findings.ts';
import type { Version } from './versions.ts';

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
  const check: Check = compile(schema);
  const walk = new Walk();
  return (value, context) => {
    walk.begin(context.version, context.pointer ?? '');
    const view = check(value, walk, 0);
    const findings = walk.end() ?? NO_FINDINGS;
    return view === REJECTED ? { findings } : { view: view as z.infer<S>, findings };
  };
}
