import { describe, expect, it } from 'vitest';
import { placeMarks } from '../../../../renderer/ui/editor/json-marks.ts';

const text = '{\n  "data": [{ "id": "LOC1", "evses": [{ "uid": 1 }] }],\n  "a/b": { "x~y": null }\n}';

function marked(pointer: string): string {
  const [mark] = placeMarks(text, [{ pointer, severity: 'error', message: 'm' }]);
  return mark === undefined ? 'nowhere' : text.slice(mark.from, mark.to);
}

describe('where a finding is marked', () => {
  it('is the value its pointer names', () => {
    expect(marked('/data/0/id')).toBe('"LOC1"');
    expect(marked('/data/0/evses/0/uid')).toBe('1');
    expect(marked('/a~1b/x~0y')).toBe('null');
  });

  it('is the name of an object or list, rather than all of it', () => {
    expect(marked('/data')).toBe('"data"');
    expect(marked('')).toBe('{');
    expect(marked('/data/0')).toBe('{');
  });

  it('is the nearest parent that is there, where a member is missing', () => {
    expect(marked('/data/0/evses/0/status')).toBe('{');
    expect(marked('/data/0/coordinates/latitude')).toBe('{');
    expect(marked('/data/7/id')).toBe('"data"');
  });

  it('is the beginning of text that is no JSON', () => {
    expect(placeMarks('<html>', [{ pointer: '/data', severity: 'error', message: 'm' }])).toEqual([
      { pointer: '/data', severity: 'error', message: 'm', from: 0, to: 1 },
    ]);
  });

  it('follows the order of the text', () => {
    const marks = ['/a~1b', '/data/0/id', '/data'].map(pointer => ({
      pointer,
      severity: 'note' as const,
      message: 'm',
    }));
    expect(placeMarks(text, marks).map(({ pointer }) => pointer)).toEqual(['/data', '/data/0/id', '/a~1b']);
  });
});
