import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ExchangeLine } from '../../../core/session-log/format/records.ts';
import { answerText, exchangeLine, sessionText } from '../support/lines.ts';
import { bodyAfter, JSON_TYPE, redacted } from './support.ts';

describe('bodies as they crossed the wire', () => {
  const text = sessionText(1, { cdr_token: { uid: '04A1B2C3D4E5F6' } });
  const bodyLine = (base64: string, headers: [string, string][] = [], length?: number): ExchangeLine =>
    exchangeLine(1, {
      response: {
        status: 200,
        statusText: 'OK',
        headers,
        body: { base64, ...(length === undefined ? {} : { length }) },
      },
    });
  const GZIP: [string, string] = ['Content-Encoding', 'gzip'];

  test('a packed body is changed inside and packed again, and its Content-Length follows', () => {
    const packed = gzipSync(text, { level: 1 });
    const [line] = redacted([
      bodyLine(packed.toString('base64'), [GZIP, ['Content-Length', String(packed.length)]]),
    ]).records;
    const bytes = Buffer.from(line?.response?.body?.base64 ?? '', 'base64');
    expect(gunzipSync(bytes).toString()).toHaveLength(text.length);
    expect(gunzipSync(bytes).toString()).not.toContain('04A1B2C3');
    expect(line?.response?.headers).toEqual([GZIP, ['Content-Length', String(bytes.length)]]);
  });

  test('of a list whose beginning alone is kept the uids of EVSEs stay, and those of tokens go', () => {
    const evses =
      '{"data":[{"id":"LOC-1","evses":[{"uid":"LOC-0000001-E01","evse_id":"NL*ABC*E1"},{"uid":"LOC-0000001-E02","st';
    const tokens = '{"data":[{"uid":"04A1B2C3D4E5F6","type":"RFID"},{"uid":"04A1B2C3D4E5F7","ty';
    const body = (text: string) => ({
      ...bodyLine(''),
      response: { status: 200, statusText: 'OK', headers: [JSON_TYPE], body: { text, length: 9000 } },
    });
    const [list, drivers] = redacted([body(evses), body(tokens)]).records;
    expect(list?.response?.body?.text).toBe(evses);
    expect(drivers?.response?.body?.text).not.toMatch(/04A1B2C3D4E5F[67]/);
  });

  test('a packed body without anything to replace stays byte for byte', () => {
    const line = bodyLine(gzipSync(answerText()).toString('base64'), [GZIP]);
    expect(redacted([line]).records[0]?.response?.body).toBe(line.response?.body);
  });

  test('what nobody can look into is left out, and counted', () => {
    const lines = [
      bodyLine(gzipSync(text).subarray(0, 100).toString('base64'), [GZIP], 300),
      bodyLine(Buffer.from([0xff, 0xd8, 0xff, 0, 1, 2, 3]).toString('base64'), [['Content-Type', 'image/jpeg']]),
      bodyLine(Buffer.from([0x80, 0x81, 0x82]).toString('base64'), [['Content-Encoding', 'lzma']]),
      bodyLine(gzipSync(text).toString('base64'), [JSON_TYPE]),
    ];
    const { records, redaction } = redacted(lines);
    expect(records.map(({ response }) => response?.body)).toEqual([
      { length: 300, leftOut: expect.stringContaining('cut') },
      { length: 7, leftOut: 'no text' },
      // Three bytes that no header's coding fits and no text is.
      expect.objectContaining({ leftOut: expect.any(String) }),
      { length: gzipSync(text).length, leftOut: 'packed, though no header says so' },
    ]);
    expect(redaction.counts().at(-1)).toEqual({
      group: 'unreadable',
      kind: 'body',
      values: 4,
      places: 4,
      example: null,
    });
    expect(redaction.notes()).toEqual(['4 bodies nobody can look into (no text, or packed and broken) stayed out.']);
  });

  test('UTF-16, Latin-1 and UTF-8 with broken bytes keep their coding', () => {
    const wide = Buffer.from(`\ufeff${text}`, 'utf16le');
    const big = Buffer.from(wide).swap16();
    const latin = Buffer.from(`${text} Malmö`, 'latin1');
    const broken = Buffer.concat([Buffer.from(`"ü" ${text}`), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('ü')]);
    const lines = [wide, big, latin, broken].map(bytes => bodyLine(bytes.toString('base64'), [JSON_TYPE]));
    const after = redacted(lines).records.map(({ response }) => Buffer.from(response?.body?.base64 ?? '', 'base64'));
    const readings = [
      after[0]?.toString('utf16le'),
      after[1]?.swap16().toString('utf16le'),
      after[2]?.toString('latin1'),
      after[3]?.toString('latin1'),
    ];
    for (const reading of readings) {
      expect(reading).toContain('"kwh":1.5');
      expect(reading).not.toContain('04A1B2C3D4E5F6');
    }
    expect(after.map(({ length }) => length)).toEqual([wide, big, latin, broken].map(({ length }) => length));
    expect(after[3]?.subarray(-5)).toEqual(broken.subarray(-5));
  });

  test('a signed meter value that names the token, as Base64', () => {
    const signed = Buffer.from(
      'OCMF|{"GI":"ACME","IT":"ISO14443","ID":"04A1B2C3D4E5F6","RD":[{"RV":1.5}]}|{"SD":"3045"}',
    ).toString('base64');
    const before = sessionText(1, {
      cdr_token: { uid: '04A1B2C3D4E5F6' },
      signed_data: { signed_values: [{ nature: 'Start', plain_data: 'ID 04A1B2C3D4E5F6', signed_data: signed }] },
    });
    const after = JSON.parse(bodyAfter(before));
    const value = after.signed_data.signed_values[0];
    expect(value.plain_data).toBe(`ID ${after.cdr_token.uid}`);
    expect(Buffer.from(value.signed_data, 'base64').toString()).toContain(`"ID":"${after.cdr_token.uid}"`);
    expect(value.signed_data).toHaveLength(signed.length);
  });
});
