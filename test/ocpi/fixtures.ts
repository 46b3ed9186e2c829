import { readdirSync, readFileSync } from 'node:fs';
import type { Version } from '../../core/ocpi/versions.ts';

const folder = new URL('../fixtures/ocpi/', import.meta.url);

/** Our own objects of a version, right in every respect, by the name of their type. */
export function fixturesOf(version: Version): readonly { readonly type: string; readonly value: unknown }[] {
  return readdirSync(new URL(`${version}/`, folder)).flatMap(file => {
    const byType = JSON.parse(readFileSync(new URL(`${version}/${file}`, folder), 'utf8')) as Record<string, unknown[]>;
    return Object.entries(byType).flatMap(([type, values]) => values.map(value => ({ type, value })));
  });
}

/** The first fixture of a type, as one's own copy. */
export function fixture(version: Version, type: string, at = 0): Record<string, unknown> {
  const found = fixturesOf(version).filter(known => known.type === type)[at];
  if (found === undefined) throw new Error(`no fixture of ${type} ${version}`);
  return structuredClone(found.value) as Record<string, unknown>;
}
