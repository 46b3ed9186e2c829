import { describe, expect, it } from 'vitest';
import { explainable } from '../../../renderer/app/palette/explaining.ts';

describe('what the palette is asked to explain', () => {
  it.each([
    ['explain 2001', [{ code: '2001' }, { exchange: 2001 }]],
    ['explain exchange 42', [{ exchange: 42 }]],
    ['Explain #42', [{ exchange: 42 }]],
    ['explain 42', [{ exchange: 42 }]],
    ['wb explain timeout', [{ code: 'timeout' }]],
    ['why envelope.no-data', [{ code: 'envelope.no-data' }]],
    ['explain case 17', [{ code: 'case 17' }]],
    ['401', [{ code: '401' }]],
    ['explain', []],
    ['explain exchange', []],
    ['explain everything there is', []],
    ['volta', []],
    ['', []],
  ])('%j', (typed, wanted) => {
    expect(explainable(typed)).toEqual(wanted);
  });
});
