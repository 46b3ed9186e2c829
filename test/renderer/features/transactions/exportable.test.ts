import { expect, it } from 'vitest';
import { exportable } from '../../../../renderer/features/transactions/list/exportable.ts';

const KINDS = ['link', 'state', 'is', 'problem', 'since', 'until'].map(name => ({
  name,
  check: (value: string) => (value === 'nonsense' ? 'cannot be read' : undefined),
}));

it('a filter of charges is exported where it narrows by partner and time alone, and is never widened', () => {
  for (const q of ['', 'link:volta', 'link:"Volta test" since:1h until:15m']) expect(exportable(q, KINDS)).toBe(true);
  for (const q of ['is:open', 'link:volta problem:error', 'state:over', 'SESSION7', 'since:nonsense']) {
    expect(exportable(q, KINDS)).toBe(false);
  }
});
