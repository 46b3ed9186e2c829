import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId, newUuid } from '../../../core/replay/rebase/new-id.ts';

const made = (like: string, maxLength = 36) => newId({ drawnFrom: `seed session ${like}`, like, maxLength });

describe('a new id', () => {
  it('has the shape of the old one', () => {
    expect(made('SES-20250501-ab')).toMatch(/^[A-Z]{3}-[0-9]{8}-[a-z]{2}$/);
    expect(made('F7C1A2B3-0000-4abc-8def-0123456789ab')).toMatch(
      /^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-8[0-9A-F]{3}-[0-9A-F]{12}$/,
    );
    expect(newUuid('x')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('that would be too short to be another one has more at its end, as far as there is room', () => {
    expect(made('12')).toMatch(/^\d\d-[0-9a-f]{6}$/);
    expect(made('12', 6)).toMatch(/^\d\d-[0-9a-f]{3}$/);
    expect(made('12', 3)).toMatch(/^\d\d$/);
  });

  it('that is a number stays one, with enough digits', () => {
    expect(newId({ drawnFrom: 'a', like: '5', maxLength: 36, number: true })).toMatch(/^[1-9]\d{6}$/);
  });

  it('is the same for the same seed, and differs for another id', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 36 }), fc.string(), (like, seed) => {
        const one = newId({ drawnFrom: seed, like, maxLength: 36 });
        expect(one).toBe(newId({ drawnFrom: seed, like, maxLength: 36 }));
        expect(one.length).toBeLessThanOrEqual(Math.max(36, like.length));
      }),
    );
    const all = Array.from({ length: 10_000 }, (_, at) => made(`SESSION-${at + 10_000}`));
    expect(new Set(all).size).toBe(10_000);
  });
});
