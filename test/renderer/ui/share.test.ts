import { describe, expect, it } from 'vitest';
import { shareOf } from '../../../renderer/ui/share.ts';

describe('how far something has come', () => {
  it('is a share, never more than all, and nothing while nobody knows how much there is', () => {
    expect(shareOf({ done: 5, total: 20 })).toBe(25);
    expect(shareOf({ done: 30, total: 20 })).toBe(100);
    expect(shareOf({ done: 0, total: 0 })).toBe(100);
    expect(shareOf({ done: 5, total: null })).toBeUndefined();
  });
});
