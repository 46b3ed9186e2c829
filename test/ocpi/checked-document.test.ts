import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../core/ocpi/checked-document.ts';
import { findType } from '../../core/ocpi/types.ts';
import type { Version } from '../../core/ocpi/versions.ts';
import { fixture } from './fixtures.ts';

function check(text: string | Uint8Array, name = 'Price', version: Version = '2.2.1', patch = false) {
  const type = findType(version, name);
  if (type === undefined) throw new Error(`no type ${name} in ${version}`);
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const { objects, findings } = checkDocument(bytes, { type, patch });
  return {
    objects,
    findings: findings.map(
      ({ finding, line, column }) => `${line}:${column} ${finding.severity} ${finding.code} ${finding.pointer}`,
    ),
  };
}

const enveloped = (data: unknown) => JSON.stringify({ data, status_code: 1000, timestamp: '2026-03-14T08:15:00Z' });

describe('checking a document', () => {
  it('one object, a list, or an answer with either are looked into', () => {
    const price = { excl_vat: 1 };
    expect(check(JSON.stringify(price))).toEqual({ objects: 1, findings: [] });
    expect(check(JSON.stringify([price, price]))).toEqual({ objects: 2, findings: [] });
    expect(check(enveloped(price))).toEqual({ objects: 1, findings: [] });
    expect(check(enveloped([price, price, price]))).toEqual({ objects: 3, findings: [] });
    expect(check(enveloped(null))).toEqual({ objects: 0, findings: [] });
  });

  it('findings tell line and column, of the field or of the object it is missing in', () => {
    expect(check('[\n  {"excl_vat": 1},\n  {\n    "incl_vat": true\n  }\n]').findings).toEqual([
      '3:3 error field.missing /1/excl_vat',
      '4:17 error type.mismatch /1/incl_vat',
    ]);
    expect(check('{"status_code": "1000",\n "data": {}}').findings).toEqual([
      '1:1 warning envelope.timestamp.missing /timestamp',
      '1:17 warning envelope.status-code.text /status_code',
      '2:10 error field.missing /data/excl_vat',
    ]);
  });

  it('JSON lines are one object each, and a broken line is only that', () => {
    expect(check('{"excl_vat": 1}\r\n\n{"excl_vat": true}\n{"excl_vat":\n{"excl_vat": 2}\n')).toEqual({
      objects: 3,
      findings: ['3:14 error type.mismatch /1/excl_vat', '4:13 error body.json /2'],
    });
  });

  it('what is not JSON is an error with its place', () => {
    expect(check('{\n  "excl_vat": 1,\n}')).toEqual({ objects: 0, findings: ['3:1 error body.json '] });
    expect(check('<html></html>').findings).toEqual(['1:1 error body.json ']);
    expect(check(' \n').findings).toEqual(['1:1 error body.empty ']);
  });

  it('bytes that are no UTF-8 and byte order marks are told', () => {
    expect(check(new Uint8Array([0x22, 0xff, 0x22]), 'CommandResponse', '2.1.1').findings).toEqual([
      '1:1 warning body.utf8 ',
      '1:1 warning enum.unknown /result',
    ]);
    expect(check('\ufeff{"excl_vat": 1}').findings).toEqual(['1:1 warning body.bom ']);
  });

  it('the envelope can be the type, and a result in an envelope is a mistake', () => {
    expect(check(enveloped({ any: 'thing' }), 'ResponseEnvelope')).toEqual({ objects: 1, findings: [] });
    expect(check(enveloped({ result: 'FAILED' }), 'CommandResult').findings).toEqual([
      '1:1 warning command.enveloped ',
    ]);
    expect(check(enveloped({ result: 'ACCEPTED', timeout: 3 }), 'CommandResponse').findings).toEqual([]);
  });

  it('a part of an object is enough for a PATCH', () => {
    const part = JSON.stringify({ name: 'Garage', last_updated: '2026-03-14T08:15:00Z' });
    expect(check(part, 'Location', '2.2.1', true).findings).toEqual([]);
    expect(check(part, 'Location').findings).toContain('1:1 error field.missing /id');
  });

  it('every object of ours is right as a document too', () => {
    for (const name of ['Location', 'CDR', 'Tariff', 'Booking']) {
      const text = JSON.stringify(fixture('2.3.0', name), undefined, 2);
      expect(check(text, name, '2.3.0')).toEqual({ objects: 1, findings: [] });
    }
  });

  it('never throws, whatever the bytes', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.array(fc.json()).map(lines => lines.join('\n')),
    );
    fc.assert(
      fc.property(fc.oneof(text, fc.uint8Array()), content => {
        const { findings } = check(content, 'Location');
        for (const found of findings) expect(found).toMatch(/^[1-9]\d*:[1-9]\d* /);
      }),
    );
  });
});
