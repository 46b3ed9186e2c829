import { describe, expect, it } from 'vitest';
import { agoText } from '../../../renderer/ui/ago.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const ago = (seconds: number, language = 'en') => agoText(NOW - seconds * 1000, NOW, language);

describe('how long ago something was', () => {
  it('is told in whole units, the largest there is one of', () => {
    expect(ago(0)).toBe('now');
    expect(ago(59)).toBe('59 sec. ago');
    expect(ago(119)).toBe('1 min. ago');
    expect(ago(47 * 3600)).toBe('47 hr. ago');
    expect(ago(49 * 3600)).toBe('2 days ago');
    expect(ago(500 * 86_400)).toBe('500 days ago');
  });

  it('or in how long it will be', () => {
    expect(ago(-90)).toBe('in 1 min.');
  });

  it('in the language of the page', () => {
    expect(ago(240, 'sv')).toBe('för 4 min sen');
  });
});
