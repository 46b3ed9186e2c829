import type { JsonObject } from '../../ocpi/json-value.ts';
import { atLeast22, type Version } from '../../ocpi/versions.ts';

/**
 * What is new of a session since it was told last, as a PATCH (digest 1.7, 6.2): changed fields, and of the charging periods
 * those that were added, for they are appended. `nothing`: it is as it was. Undefined where only a PUT can say it: a field is
 * gone, or periods came in 2.1.1, which does not say what becomes of a list in a PATCH (T17).
 */
export function patchOf(before: JsonObject, now: JsonObject, version: Version): JsonObject | 'nothing' | undefined {
  if (Object.keys(before).some(field => !(field in now))) return undefined;
  const patch: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(now)) {
    if (field === 'last_updated' || same(before[field], value)) continue;
    if (field !== PERIODS) {
      patch[field] = value;
      continue;
    }
    const [old, all] = [listOf(before[PERIODS]), listOf(value)];
    if (!atLeast22(version) || all.length < old.length || !same(old, all.slice(0, old.length))) return undefined;
    patch[PERIODS] = all.slice(old.length);
  }
  if (Object.keys(patch).length === 0) return 'nothing';
  return { ...patch, last_updated: now['last_updated'] };
}

const PERIODS = 'charging_periods';

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function same(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}
