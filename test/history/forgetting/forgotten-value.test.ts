import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asBytes, asText, forgottenValue } from '../../../core/history/forgetting/forgotten-value.ts';

const of = (value: string, salt = 'salt') => forgottenValue({ value, salt, attempt: 0 });

describe('a value that is to be forgotten', () => {
  it('is found whatever its case, percent-encoded, and escaped as in JSON, and keeps how it was written', () => {
    const value = of('Abc-123');
    const instead = value.pseudonym;
    expect(instead).toMatch(/^[A-Z][a-z]{2}-\d{3}$/);
    const written = [
      ['abc-123', instead.toLowerCase()],
      ['ABC-123', instead.toUpperCase()],
      ['Abc%2D123', instead.replace('-', '%2D')],
      ['/x/Abc-123?a', `/x/${instead}?a`],
      ['{"a":"\\u0041bc-123"}', `{"a":"\\u00${hex(instead[0])}${instead.slice(1)}"}`],
      ['%2FAbc-123%2F', `%2F${instead}%2F`],
      ['\\nAbc-123\\n', `\\n${instead}\\n`],
    ];
    for (const [text = '', after] of written) expect(value.replaced(text)?.text, text).toBe(after);
    expect(value.replaced('%41bc-123 and %2541bc-123')?.text).toBe(
      `%${hex(instead[0])}${instead.slice(1)} and %25${hex(instead[0])}${instead.slice(1)}`,
    );
  });

  it('is left where it is only a part of something longer', () => {
    const value = of('ABCD1');
    for (const text of ['ABCD12', 'XABCD1', '%41ABCD1', 'ABCD1%32', '\\u0041ABCD1']) {
      expect(value.replaced(text), text).toBeUndefined();
      expect(value.count(text).within, text).toBe(1);
    }
    expect(value.replaced('ABCD12 ABCD1')?.count).toBe(1);
    expect(value.replaced('ABCD1ABCD1 ABCD1')?.count).toBe(1);
  });

  it('of four characters or fewer is only found where a token or a contract is named', () => {
    const value = of('ab12');
    expect(value.onlyNamed).toBe(true);
    expect(value.pseudonym).toMatch(/^[a-f]{2}\d{2}$/);
    expect(value.replaced('{"name":"ab12"}')).toBeUndefined();
    expect(value.replaced('the one called ab12')).toBeUndefined();
    for (const text of [
      '{"uid":"AB12"}',
      '{\\"contract_id\\": \\"ab12\\"}',
      '/tokens/NL/TNM/ab12?type=RFID',
      'ab12\nNL-TNM\n',
    ]) {
      expect(value.replaced(text)?.count, text).toBe(1);
    }
  });

  it('beyond ASCII is found in UTF-8 and percent-encoded', () => {
    const value = of('Zoë-77');
    const text = asText(value.replaced(asBytes('the token ZOË-77; and zo%C3%AB-77.'))?.text ?? '');
    expect(text).not.toMatch(/zo(ë|%C3%AB)-77/i);
    expect(text.length).toBe('the token ZOË-77; and zo%C3%AB-77.'.length);
  });

  it('is found in Base64 of either alphabet, at any place among other bytes, and in UTF-16', () => {
    const value = of('NL-TNM-C12345');
    const instead = value.pseudonym;
    for (const before of ['', 'a', 'ab', 'user:', '{"ID":"', 'ÿþ?>']) {
      for (const after of ['', ':x', '"}', ' ~~?>>']) {
        for (const coding of ['base64', 'base64url'] as const) {
          const text = (one: string) => `Basic ${Buffer.from(before + one + after).toString(coding)}, and more`;
          for (const written of ['NL-TNM-C12345', 'nl-tnm-c12345']) {
            const expected = text(written === 'NL-TNM-C12345' ? instead : instead.toLowerCase());
            const isPart = before === 'a' || before === 'ab';
            expect(value.replaced(text(written))?.text, text(written)).toBe(isPart ? undefined : expected);
            expect(value.count(text(written)), text(written)).toEqual({
              whole: isPart ? 0 : 1,
              within: isPart ? 1 : 0,
            });
          }
        }
      }
    }
    for (const swap of [false, true]) {
      const wide = (text: string) => {
        const bytes = Buffer.from(text, 'utf16le');
        return (swap ? bytes.swap16() : bytes).toString('latin1');
      };
      expect(value.replaced(wide('{"uid":"NL-TNM-C12345"}'))?.text).toBe(wide(`{"uid":"${instead}"}`));
      expect(value.replaced(wide('XNL-TNM-C123456'))).toBeUndefined();
    }
  });

  it('is left in Base64 where it is too short to be told from anything else', () => {
    expect(of('ab12').replaced(Buffer.from('"uid":"ab12"').toString('base64'))).toBeUndefined();
  });

  it('keeps the length and the JSON around it, whatever it is', () => {
    const values = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ._*-]{3,30}[A-Za-z0-9]$/);
    fc.assert(
      fc.property(values, fc.string(), fc.string(), (value, before, after) => {
        const forgotten = of(value);
        const text = asBytes(JSON.stringify({ before, value, deeper: JSON.stringify({ value, after }) }));
        const replaced = forgotten.replaced(text)?.text ?? '';
        expect(replaced.length).toBe(text.length);
        expect(forgotten.count(replaced)).toEqual({ whole: 0, within: forgotten.count(text).within });
        const json = JSON.parse(asText(replaced));
        expect(json.value).toBe(forgotten.pseudonym);
        expect(JSON.parse(json.deeper).value).toBe(forgotten.pseudonym);
      }),
      { numRuns: 200 },
    );
  });

  it('gets the same pseudonym with the same salt, and another one with another', () => {
    expect(of('NL-TNM-C12345').pseudonym).toBe(of('NL-TNM-C12345').pseudonym);
    expect(of('NL-TNM-C12345').pseudonym).not.toBe(of('NL-TNM-C12345', 'other').pseudonym);
    expect(of('04a1b2c3').pseudonym).toMatch(/^[0-9a-f]{8}$/);
  });
});

function hex(character = ''): string {
  return character.charCodeAt(0).toString(16);
}
