import { describe, expect, it } from 'vitest';
import { compileChecker } from '../../../core/ocpi/check.ts';
import { definitionOf } from '../../../core/ocpi/schema.ts';
import { findType, typesOf } from '../../../core/ocpi/types.ts';
import { VERSIONS, type Version } from '../../../core/ocpi/versions.ts';
import { findingsIn, jsonFindings, listedFindings, markedFindings } from '../../../renderer/ocpi-help/checking.ts';
import { fieldAt, typeName } from '../../../renderer/ocpi-help/field.ts';
import { skeletonOf } from '../../../renderer/ocpi-help/skeleton.ts';
import { suggestionsAt } from '../../../renderer/ocpi-help/suggestions.ts';
import { ocpiNotes } from '../../../renderer/texts/en/ocpi-notes.ts';
import { fitting } from '../../../renderer/ui/editor/editor-completion.ts';
import { jsonCursor } from '../../../renderer/ui/editor/json-cursor.ts';
import { placeMarks } from '../../../renderer/ui/editor/json-marks.ts';

const NOW = '2026-03-01T10:00:00Z';
const words = {
  optional: 'optional',
  listOf: (type: string) => `list of ${type}`,
  now: 'now',
  missing: (fields: string) => `missing: ${fields}`,
  expected: (expected: string, met: string) => `${expected}; met ${met}`,
};

function typeOf(name: string, version: Version = '2.2.1') {
  const type = findType(version, name);
  if (type === undefined) throw new Error(`${version} has no ${name}`);
  return type;
}

/** What is suggested at the bar. */
function suggested(name: string, marked: string) {
  const cursor = jsonCursor(marked.replace('|', ''), marked.indexOf('|'));
  return fitting(suggestionsAt(typeOf(name).schema, cursor, { words, now: NOW }), cursor.typed);
}

const labels = (name: string, marked: string) => suggested(name, marked).map(({ label }) => label);

describe('what is suggested', () => {
  it('are names that are not there yet, those that are required before the others', () => {
    const names = labels('Location', '{ "id": "L1", | }');
    expect(names.slice(0, 3)).toEqual(['country_code', 'party_id', 'publish']);
    expect(names).not.toContain('id');
    expect(names.indexOf('last_updated')).toBeLessThan(names.indexOf('name'));
  });

  it('are names of the object one is in, however deep, narrowed by what is typed', () => {
    expect(labels('Location', '{ "evses": [{ "connectors": [{ "max_|" }] }] }')).toEqual([
      'max_voltage',
      'max_amperage',
      'max_electric_power',
    ]);
    expect(labels('Location', '{ "evses": [{ "connectors": [{ "amp|" }] }] }')).toEqual(['max_amperage']);
  });

  it('are the values of an enum, true and false, and the moment it is', () => {
    expect(labels('EVSE', '{ "status": "AV|" }')).toEqual(['AVAILABLE']);
    expect(labels('EVSE', '{ "capabilities": ["RFID_READER", "UNL|"] }')).toEqual(['UNLOCK_CAPABLE']);
    expect(labels('Location', '{ "publish": | }')).toEqual(['true', 'false']);
    expect(labels('Location', '{ "last_updated": "|" }')).toEqual([NOW]);
  });

  it('come with their blank, the cursor in it; a name that has its colon is only renamed', () => {
    expect(suggested('Location', '{ "coord|" }')).toMatchObject([{ insert: '"coordinates": {}', caret: 16 }]);
    expect(suggested('Location', '{ "evs|" }')).toMatchObject([
      { insert: '"evses": []', caret: 10, detail: 'list of EVSE · optional' },
    ]);
    expect(suggested('Session', '{ "kw|" }')).toMatchObject([
      { insert: '"kwh": ', caret: 7, detail: 'number', strong: true },
    ]);
    expect(suggested('Session', '{ "kw|": 1 }')).toMatchObject([{ insert: '"kwh"' }]);
  });

  it('are none where the tables know no field', () => {
    expect(labels('Location', '{ "of_ours": { "x|" } }')).toEqual([]);
    expect(labels('Location', '{ "name": "|" }')).toEqual([]);
    expect(labels('Location', '{ "evses": "|" }')).toEqual([]);
  });
});

describe('what is said about a field', () => {
  it('is its type, whether it has to be there, and whose it is', () => {
    const { schema } = typeOf('Location');
    expect(fieldAt(schema, ['evses', 0, 'connectors', 2, 'id'])).toMatchObject({
      owner: 'Connector',
      name: 'id',
      cardinality: '1',
    });
    const said = ['id', 'country', 'last_updated', 'evses', 'charging_when_closed', 'images'].map(name => {
      const field = fieldAt(schema, [name]);
      return field && `${typeName(field.value)} ${field.cardinality}`;
    });
    expect(said).toEqual(['CiString(36) 1', 'string(3) 1', 'DateTime 1', 'EVSE *', 'boolean ?', 'Image *']);
    expect(fieldAt(schema, ['evses', 'uid'])).toBeUndefined();
    expect(fieldAt(schema, ['nothing'])).toBeUndefined();
  });

  it('is, in notes, about fields that some version has', () => {
    const fields = new Set(
      VERSIONS.flatMap(version =>
        typesOf(version).flatMap(({ name, schema }) => {
          const definition = definitionOf(schema);
          return definition.kind === 'object'
            ? Object.keys(definition.shape).flatMap(field => [`${name}/${field}`, `*/${field}`])
            : [];
        }),
      ),
    );
    expect(Object.keys(ocpiNotes).filter(key => !fields.has(key))).toEqual([]);
  });
});

describe('what is found while one types', () => {
  it('is what the core would find, errors first', () => {
    const text = '{ "uid": "E1", "status": "BUSY", "last_updated": "yesterday" }';
    const { findings } = compileChecker(typeOf('EVSE').schema)(JSON.parse(text), { version: '2.2.1' });
    const found = findingsIn(text, { type: typeOf('EVSE'), partial: false });
    expect(found.map(({ code }) => code).sort()).toEqual(findings.map(({ code }) => code).sort());
    expect(found[0]?.severity).toBe('error');
  });

  it('of part of an object is not what it leaves out', () => {
    const found = findingsIn(`{ "status": "CHARGING", "last_updated": "${NOW}" }`, {
      type: typeOf('EVSE'),
      partial: true,
    });
    expect(found).toEqual([]);
    expect(findingsIn('{ "status": "CHARGING" }', { type: typeOf('EVSE'), partial: true })).toMatchObject([
      { code: 'patch.last-updated-missing' },
    ]);
  });

  it('tells once what is missing from one object, where it begins; the list tells each', () => {
    const text = '{\n  "id": "1"\n}';
    const findings = findingsIn(text, { type: typeOf('Connector'), partial: false });
    const marks = markedFindings(text, findings, words);
    expect(marks.map(({ message }) => message)).toEqual([
      'missing: standard, format, power_type, max_voltage, max_amperage, last_updated',
    ]);
    expect(listedFindings(text, findings, words)).toHaveLength(6);
  });

  it('of text that is no JSON stands where it stops to be', () => {
    const text = '{\n  "id": "1",\n  "standard" "CHADEMO"\n}';
    const marks = markedFindings(text, findingsIn(text, { type: typeOf('Connector'), partial: false }), words);
    expect(marks).toHaveLength(1);
    const [mark] = placeMarks(text, marks);
    expect(text.slice(0, mark?.from).split('\n')).toHaveLength(3);
    expect(mark?.message).toMatch(/line 3/);
  });

  it('of a type nobody knows is only whether it is JSON', () => {
    expect(jsonFindings('{ "a": 1 }')).toEqual([]);
    expect(jsonFindings('')).toEqual([]);
    expect(jsonFindings('{ "a": }')).toMatchObject([{ code: 'body.json' }]);
  });
});

describe('a new object', () => {
  const values = { country_code: 'NL', party_id: 'WBX', id: 'NEW1', uid: 'NEW1' };

  it.each(
    VERSIONS.flatMap(version =>
      ['Location', 'Session', 'CDR', 'Tariff', 'Token'].map(name => [version, name] as const),
    ),
  )('of %s %s has every field that is required', (version, name) => {
    const type = typeOf(name, version);
    const made = skeletonOf(type.schema, { values, now: NOW });
    const { findings } = compileChecker(type.schema)(made, { version });
    expect(findings.filter(({ code }) => code === 'field.missing' || code === 'type.mismatch')).toEqual([]);
  });

  it('has the ids it was given, and nothing that may be left out', () => {
    const made = skeletonOf(typeOf('Token').schema, { values, now: NOW }) as Record<string, unknown>;
    expect(made).toMatchObject({ country_code: 'NL', party_id: 'WBX', uid: 'NEW1', last_updated: NOW });
    expect(made).not.toHaveProperty('group_id');
  });
});
