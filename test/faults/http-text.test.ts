import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AS_USUAL, type Draft } from '../../core/faults/draft.ts';
import { bytesText, draftBytes } from '../../core/faults/http-text.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a message as text', () => {
  it('has its line ends as line feeds, and what is no text written out', () => {
    expect(bytesText(bytes('HTTP/1.1 200 OK\r\nA: å\r\n\r\n{"a":\t1}\n'))).toBe('HTTP/1.1 200 OK\nA: å\n\n{"a":\t1}\n');
    expect(bytesText(Uint8Array.of(0x1f, 0x8b, 0x41, 0xff, 0xe2, 0x82))).toBe('\\x1f\\x8bA\\xff\\xe2\\x82');
    expect(bytesText(bytes('\ufeff{}'))).toBe('\\xef\\xbb\\xbf{}');
    expect(bytesText(bytes('a\rb\0'))).toBe('a\\x0db\\x00');
    expect(bytesText(Uint8Array.of(0xff, 0xf0, 0x9f, 0x98, 0x80))).toBe('\\xff😀');
  });

  it('is made of any bytes, the same however much else stands around them', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 60 }),
        fc.string({ unit: 'grapheme-ascii', maxLength: 20 }),
        (some, text) => {
          const odd = Uint8Array.of(...some, 0xff, ...bytes(text));
          expect(bytesText(odd).endsWith(`\\xff${text}`)).toBe(true);
        },
      ),
    );
  });

  it('is shown by its beginning where it is very long', () => {
    const text = bytesText(bytes('x'.repeat(300_000)));
    expect(text.length).toBeLessThan(262_200);
    expect(text).toMatch(/x\n\.\.\. and 37,856 bytes more$/);
  });

  it('holds what leaves of it', () => {
    const draft: Draft = {
      message: {
        side: 'send',
        method: 'PUT',
        url: 'https://x.example/a?b=c',
        headers: [['Host', 'x.example']],
        body: bytes('12345'),
      },
      steps: AS_USUAL,
    };
    const leaves = (more: Partial<Draft>) => bytesText(draftBytes({ ...draft, ...more }));
    expect(leaves({})).toBe('PUT /a?b=c HTTP/1.1\nHost: x.example\n\n12345');
    expect(leaves({ steps: [{ do: 'raw', bytes: bytes('!') }, { do: 'body', from: 3, to: 9 }, { do: 'reset' }] })).toBe(
      '!45',
    );
    expect(leaves({ withheld: true })).toBe('');
  });
});
