import { type CheckContext, type Checked, compileChecker } from '../../ocpi/check.ts';
import { findType } from '../../ocpi/types.ts';
import type { Version } from '../../ocpi/versions.ts';

export type CheckObject = (value: unknown, context: CheckContext) => Checked<unknown>;

const UNCHECKED: CheckObject = () => ({ findings: [] });
const compiled = new Map<string, CheckObject>();

/** The checker of a type of a version's tables; one that finds nothing where the version has no such type. */
export function checkerFor(version: Version, type: string): CheckObject {
  const key = `${version} ${type}`;
  let check = compiled.get(key);
  if (!check) {
    const known = findType(version, type);
    check = known ? compileChecker(known.schema) : UNCHECKED;
    compiled.set(key, check);
  }
  return check;
}
