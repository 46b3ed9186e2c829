import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageUrl, type StretchContext, stretchesOf, stretchWords } from '../../../core/flows/pull/stretch.ts';

const NOW = Date.parse('2026-11-22T10:00:00.500Z');
const DAY = 24 * 60 * 60_000;
const context = (parts: Partial<StretchContext> = {}): StretchContext => ({
  version: '2.2.1',
  module: 'cdrs',
  cursor: undefined,
  now: NOW,
  ...parts,
});

describe('what is asked for', () => {
  it('is everything as long as there is no cursor, and with --full', () => {
    expect(stretchesOf({}, context())).toEqual([{}]);
    expect(stretchesOf({ full: true }, context({ cursor: NOW }))).toEqual([{}]);
  });

  it('begins one second before the cursor, in whole seconds', () => {
    const [stretch] = stretchesOf({}, context({ cursor: NOW }));
    expect(stretch).toEqual({ from: Date.parse('2026-11-22T09:59:59Z') });
  });

  it('always has a date_from for sessions', () => {
    expect(stretchesOf({ full: true }, context({ module: 'sessions' }))).toEqual([{ from: 0 }]);
  });

  it('is in windows that follow each other without a gap; the last one is open', () => {
    const from = NOW - 2.5 * DAY;
    const stretches = stretchesOf({ from, window: DAY }, context());
    expect(stretches).toHaveLength(3);
    expect(stretches[0]?.from).toBe(Math.floor(from / 1000) * 1000);
    expect(stretches[1]?.from).toBe(stretches[0]?.to);
    expect(stretches[2]).toEqual({ from: stretches[1]?.to });
  });

  it('overlaps by a second from window to window on 2.1.1, which leaves open whether its filters are inclusive', () => {
    const [first, second] = stretchesOf({ from: NOW - 2 * DAY, window: DAY }, context({ version: '2.1.1' }));
    expect(second?.from).toBe((first?.to ?? 0) - 1000);
  });

  it('covers the time asked for exactly, whatever the window', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_000_000_000 }),
        fc.integer({ min: 1, max: 5_000_000 }),
        fc.integer({ min: 1000, max: 900_000 }),
        (start, length, window) => {
          const [from, to] = [start * 1000, (start + length) * 1000];
          const stretches = stretchesOf({ from, to, window: Math.max(window, (to - from) / 50) }, context({ now: to }));
          expect(stretches[0]?.from).toBe(from);
          expect(stretches.at(-1)?.to).toBe(to);
          for (let at = 1; at < stretches.length; at++) expect(stretches[at]?.from).toBe(stretches[at - 1]?.to);
        },
      ),
    );
  });
});

describe('the URL of a page', () => {
  it('carries dates, offset and limit in the order of the specification, behind a query that is there', () => {
    const asked = { endpoint: 'https://p.example/loc/?x=1', path: [], from: 0, to: NOW, offset: 50, limit: 25 };
    expect(pageUrl(asked)).toBe(
      'https://p.example/loc/?x=1&date_from=1970-01-01T00%3A00%3A00Z&date_to=2026-11-22T10%3A00%3A00Z&offset=50&limit=25',
    );
    expect(pageUrl({ endpoint: 'https://p.example/pay', path: ['terminals'], offset: 0, limit: 10 })).toBe(
      'https://p.example/pay/terminals?limit=10',
    );
  });

  it('is said in words', () => {
    expect(stretchWords({ from: 0, to: 86_400_000 })).toBe('from 1970-01-01T00:00:00Z to 1970-01-02T00:00:00Z');
    expect(stretchWords({})).toBe('');
  });
});
