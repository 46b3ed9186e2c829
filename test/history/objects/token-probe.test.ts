import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenProbe } from '../../../core/history/objects/token-probe.ts';
import { writtenForms } from '../../../core/http/token-forms.ts';
import { createTokenSearch } from '../../../core/http/token-search.ts';

const TOKENS = ['echoed-credentials-token-7f3a', 'Zürich-geheim', 'short7', 'ffe2', '…ünïcödé…'];
const known = TOKENS.map((token, at) => ({ id: String(at), token }));
const probe = createTokenProbe(known);
const search = createTokenSearch(known);

const written = fc.constantFrom(...TOKENS.flatMap(token => writtenForms(token).map(({ text }) => text)));
const escaped = written.chain(text =>
  fc.constantFrom(encodeURIComponent(text), JSON.stringify(text).slice(1, -1), text.replaceAll('e', '\\u0065')),
);
const cut = fc.tuple(written, fc.nat(40)).map(([text, length]) => text.slice(0, length));
const text = fc
  .array(fc.oneof(written, escaped, cut, fc.string(), fc.string({ unit: 'binary' })), { maxLength: 6 })
  .map(parts => parts.join(''));

describe('the quick look for credentials tokens in a page', () => {
  it('never says there is none where the search finds one, whole, cut or escaped', () => {
    fc.assert(
      fc.property(text, fc.constantFrom<BufferEncoding>('utf8', 'latin1'), (page, encoding) => {
        const bytes = Buffer.from(page, encoding);
        if (search.find(bytes.toString('latin1')).length > 0) expect(probe(bytes)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('spares an ordinary page the search', () => {
    const page = JSON.stringify({
      data: Array.from({ length: 50 }, (_, at) => ({ id: `LOC${at}`, name: 'Göteborg' })),
    });
    expect(probe(Buffer.from(page))).toBe(false);
    expect(createTokenProbe([])(Buffer.from('anything at all'))).toBe(false);
  });

  it('finds one among very many', () => {
    const many = Array.from({ length: 3000 }, (_, at) => ({
      id: String(at),
      token: `token-of-partner-number-${at * 7919}`,
    }));
    const look = createTokenProbe(many);
    for (const { token } of [many[0], many[1234], many[2999]].filter(one => one !== undefined)) {
      expect(look(Buffer.from(`{"data":[{"name":"see ${Buffer.from(token).toString('base64')} there"}]}`))).toBe(true);
    }
    expect(look(Buffer.from('{"data":[{"name":"nothing of that kind"}]}'))).toBe(false);
  });
});
