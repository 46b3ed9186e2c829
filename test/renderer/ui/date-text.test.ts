import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDay, readLocalMoment } from '../../../renderer/ui/date-text.ts';

describe('a day or a moment as it is typed', () => {
  it('is read as the page writes it, and in no other way', () => {
    expect(readDay(' 2026-11-22 ')).toBe('2026-11-22');
    expect(readDay('2028-02-29')).toBe('2028-02-29');
    for (const text of [
      '',
      '22/11/2026',
      '11/22/2026',
      '2026-11-2',
      '2026-02-29',
      '2026-13-01',
      '2026-00-10',
      'today',
    ]) {
      expect(readDay(text), text).toBeUndefined();
    }
    expect(readLocalMoment('2026-11-22 10:40')).toBe('2026-11-22T10:40');
    expect(readLocalMoment('2026-11-22T10:40:07')).toBe('2026-11-22T10:40:07');
    for (const text of [
      '2026-11-22',
      '2026-11-22 24:00',
      '2026-11-22 10:60',
      '2026-02-30 10:40',
      '10:40',
      '1/2/2026',
    ]) {
      expect(readLocalMoment(text), text).toBeUndefined();
    }
  });

  it('of every day there is, gives that day', () => {
    const days = fc.date({ min: new Date('0100-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, day => {
        const text = day.toISOString().slice(0, 10);
        expect(readDay(text)).toBe(text);
      }),
    );
  });
});
