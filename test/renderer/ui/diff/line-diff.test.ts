import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DiffRow, diffLines, folded } from '../../../../renderer/ui/diff/line-diff.ts';

const left = (rows: readonly DiffRow[]) => rows.flatMap(row => row.left?.text ?? []);
const right = (rows: readonly DiffRow[]) => rows.flatMap(row => row.right?.text ?? []);
const changed = (rows: readonly DiffRow[]) => rows.filter(({ kind }) => kind === 'changed').length;

describe('two texts line by line', () => {
  it('keep every line of both, in order, with its number', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 40 }).map(lines => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const rows = diffLines(before, after);
        expect(left(rows).join('\n')).toBe(before);
        expect(right(rows).join('\n')).toBe(after);
        expect(rows.flatMap(row => row.left?.number ?? [])).toEqual(before.split('\n').map((_, at) => at + 1));
        for (const row of rows) if (row.kind === 'same') expect(row.left.text).toBe(row.right.text);
      }),
    );
  });

  it('show no change where there is none', () => {
    fc.assert(fc.property(fc.string(), text => changed(diffLines(text, text)) === 0));
  });

  it('mark the part of a line that is another one', () => {
    const rows = diffLines('{\n  "status_code": 1000,\n}', '{\n  "status_code": 2001,\n}');
    expect(rows.map(({ kind }) => kind)).toEqual(['same', 'changed', 'same']);
    expect(rows[1]).toMatchObject({ left: { changed: [17, 21] }, right: { changed: [17, 21] } });
  });

  it('mark no part of lines that have but their blanks in common', () => {
    expect(diffLines('    {', '  "status_message": "no",')).toEqual([
      {
        kind: 'changed',
        left: { text: '    {', number: 1 },
        right: { text: '  "status_message": "no",', number: 1 },
      },
    ]);
  });

  it('tell a line that went and a line that came apart', () => {
    expect(diffLines('a\nb\nc', 'a\nc')[1]).toEqual({ kind: 'changed', left: { text: 'b', number: 2 } });
    expect(diffLines('a\nc', 'a\nb\nc')[1]).toEqual({ kind: 'changed', right: { text: 'b', number: 2 } });
  });

  it('are told apart wholly, and at once, where more changed than is worth looking for', () => {
    const lines = (of: string) => Array.from({ length: 5000 }, (_, at) => `${of}${at}`).join('\n');
    const rows = diffLines(lines('a'), lines('b'));
    expect(changed(rows)).toBe(5000);
    expect(right(rows).join('\n')).toBe(lines('b'));
  });
});

describe('long runs of lines that are the same', () => {
  it('are folded but for those next to a change', () => {
    const lines = Array.from({ length: 40 }, (_, at) => String(at));
    const rows = folded(diffLines(lines.join('\n'), lines.with(20, 'x').join('\n')), 3);
    expect(rows.map(row => (row.kind === 'fold' ? `fold ${row.count}` : row.kind))).toEqual([
      'fold 17',
      ...Array.from({ length: 3 }, () => 'same'),
      'changed',
      ...Array.from({ length: 3 }, () => 'same'),
      'fold 16',
    ]);
  });
});
