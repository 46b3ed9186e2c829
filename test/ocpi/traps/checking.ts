import { compileChecker } from '../../../core/ocpi/check.ts';
import { findType } from '../../../core/ocpi/types.ts';
import type { Version } from '../../../core/ocpi/versions.ts';
import { fixture } from '../fixtures.ts';

export type Json = Record<string, unknown>;

/** The view of a value and its findings, as `severity code pointer`. */
export function check(version: Version, type: string, value: unknown) {
  const found = findType(version, type);
  if (found === undefined) throw new Error(`no type ${type} in ${version}`);
  const { view, findings } = compileChecker(found.schema)(value, { version });
  return {
    view: view as Json | undefined,
    findings: findings.map(({ severity, code, pointer }) => `${severity} ${code} ${pointer}`),
  };
}

/** A right object of ours with some fields changed. */
export function changed(version: Version, type: string, changes: Json) {
  return check(version, type, { ...fixture(version, type), ...changes });
}

export function without(version: Version, type: string, field: string) {
  const { [field]: _, ...rest } = fixture(version, type);
  return check(version, type, rest);
}
