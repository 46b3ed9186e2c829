import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { definitionOf } from '../../core/ocpi/schema.ts';
import * as business211 from '../../core/ocpi/v2_1_1/business-details.ts';
import * as credentials211 from '../../core/ocpi/v2_1_1/credentials.ts';
import * as versions211 from '../../core/ocpi/v2_1_1/version-details.ts';
import * as business221 from '../../core/ocpi/v2_2_1/business-details.ts';
import * as credentials221 from '../../core/ocpi/v2_2_1/credentials.ts';
import * as versions221 from '../../core/ocpi/v2_2_1/version-details.ts';
import * as business230 from '../../core/ocpi/v2_3_0/business-details.ts';
import * as credentials230 from '../../core/ocpi/v2_3_0/credentials.ts';
import * as versions230 from '../../core/ocpi/v2_3_0/version-details.ts';

interface Model {
  readonly types: Readonly<Record<string, { readonly fields: readonly Field[] }>>;
  readonly enums: Readonly<Record<string, { readonly open: boolean; readonly values: readonly string[] }>>;
}

interface Field {
  readonly name: string;
  readonly type: string;
  readonly cardinality: string;
  readonly maxLength?: number;
}

const OURS = {
  '2.1.1': [business211.BusinessDetails, credentials211.Credentials, versions211.Version, versions211.VersionDetails],
  '2.2.1': [business221.BusinessDetails, credentials221.Credentials, versions221.Version, versions221.VersionDetails],
  '2.3.0': [business230.BusinessDetails, credentials230.Credentials, versions230.Version, versions230.VersionDetails],
} as const;

/** The specification's tables as data, beside a checkout of the project where they are at hand. */
const modelFile = (version: string) => new URL(`../../../shared/ocpi/model/${version}.json`, import.meta.url);

const SCALARS = { url: 'URL', 'date-time': 'DateTime', number: 'number', boolean: 'boolean', int: 'int' } as const;

function fieldOf(name: string, schema: z.ZodType, named: (schema: z.ZodType) => void): Field {
  const definition = definitionOf(schema);
  if (definition.kind === 'optional') return { ...fieldOf(name, definition.of, named), cardinality: '?' };
  if (definition.kind === 'list') {
    return { ...fieldOf(name, definition.of, named), cardinality: definition.atLeastOne ? '+' : '*' };
  }
  if (definition.kind === 'text') {
    const { type, maxLength } = definition;
    return { name, type, cardinality: '1', ...(maxLength !== undefined && { maxLength }) };
  }
  if (definition.kind === 'int' && definition.digits !== undefined) {
    return { name, type: 'int', cardinality: '1', maxLength: definition.digits };
  }
  if (definition.kind !== 'object' && definition.kind !== 'enum') {
    return { name, type: SCALARS[definition.kind], cardinality: '1' };
  }
  named(schema);
  return { name, type: definition.name, cardinality: '1' };
}

function compareWithModel(schema: z.ZodType, model: Model): void {
  const definition = definitionOf(schema);
  if (definition.kind === 'enum') {
    const { open, values } = definition;
    expect({ name: definition.name, open, values: [...values].sort() }).toEqual({
      name: definition.name,
      open: model.enums[definition.name]?.open,
      values: [...(model.enums[definition.name]?.values ?? [])].sort(),
    });
    return;
  }
  if (definition.kind !== 'object') throw new TypeError('neither an object nor an enum');
  const inner: z.ZodType[] = [];
  const fields = Object.entries(definition.shape).map(([name, field]) =>
    fieldOf(name, field, found => inner.push(found)),
  );
  const byName = (left: Field, right: Field) => left.name.localeCompare(right.name);
  expect(fields.sort(byName)).toEqual([...(model.types[definition.name]?.fields ?? [])].sort(byName));
  for (const found of inner) compareWithModel(found, model);
}

describe.each(['2.1.1', '2.2.1', '2.3.0'] as const)('the types of %s', version => {
  it.skipIf(!existsSync(modelFile(version)))('have the fields, lengths and values of the specification tables', () => {
    const model = JSON.parse(readFileSync(modelFile(version), 'utf8')) as Model;
    for (const schema of OURS[version]) compareWithModel(schema, model);
  });
});
