import { describe, expect, it } from 'vitest';
import { createMapping } from '../../core/replay/mapping.ts';

describe('what things are called now', () => {
  it('is told without regard to case, and kinds are kept apart', () => {
    const mapping = createMapping();
    mapping.set('session', 'Ses-1', 'NEW-1');
    mapping.set('connector', '1', '7');
    expect(mapping.get('session', 'SES-1')).toBe('NEW-1');
    expect(mapping.before('session', 'new-1')).toBe('Ses-1');
    expect(mapping.get('session', '1')).toBeUndefined();
    expect(mapping.get('evse', '1')).toBeUndefined();
    expect(mapping.before('session', '7')).toBeUndefined();
  });

  it('is listed in the order in which it was told, also when one of them is called something else later', () => {
    const mapping = createMapping();
    mapping.set('session', 'S1', 'A');
    mapping.set('location', 'L1', 'B');
    mapping.set('session', 'S2', 'C');
    mapping.set('session', 's1', 'D');
    expect([...mapping.entries()]).toEqual([
      { kind: 'session', from: 's1', to: 'D' },
      { kind: 'location', from: 'L1', to: 'B' },
      { kind: 'session', from: 'S2', to: 'C' },
    ]);
    expect(mapping.get('session', 'S1')).toBe('D');
  });
});
