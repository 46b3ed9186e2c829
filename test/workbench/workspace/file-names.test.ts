import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileNames } from '../../../core/workbench/workspace/file-names.ts';

describe('names of files', () => {
  it('are safe on every system, and no two of them are one file anywhere', () => {
    expect(fileNames(['Acme', 'ACME', 'con', 'a/b\\c:d', 'dots...', '..', 'lpt1.x', 'Café', 'Cafe\u0301'])).toEqual([
      'Acme',
      'ACME 2',
      '_con',
      'a-b-c-d',
      'dots',
      'unnamed',
      '_lpt1.x',
      'Café',
      'Café 2',
    ]);
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 20 }), names => {
        const files = fileNames(names);
        expect(new Set(files.map(file => file.normalize('NFKC').toLowerCase())).size).toBe(names.length);
        for (const file of files) {
          expect(Buffer.byteLength(file)).toBeLessThanOrEqual(90);
          expect(file).toMatch(/^[\p{L}\p{M}\p{N}_-]/u);
          expect(file).not.toMatch(/[ .]$|[/\\:*?"<>|\0]/);
        }
      }),
    );
  });
});
