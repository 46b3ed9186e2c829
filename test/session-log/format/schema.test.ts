import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sessionLogSchema } from '../../../core/session-log/format/schema.ts';

describe('the JSON Schema of a session log', () => {
  it('is the one that is published', () => {
    const published = readFileSync(
      join(import.meta.dirname, '..', '..', '..', 'docs', 'session-log.schema.json'),
      'utf8',
    );
    // Written anew by: wb log schema > docs/session-log.schema.json
    expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(sessionLogSchema())));
  });

  it('has every type of line', () => {
    const { oneOf, anyOf } = sessionLogSchema() as Record<string, { properties: { type: { const: string } } }[]>;
    expect((oneOf ?? anyOf)?.map(({ properties }) => properties.type.const).sort()).toEqual([
      'end',
      'exchange',
      'link',
      'object',
      'ocpilog',
      'rule',
      'run',
    ]);
  });
});
