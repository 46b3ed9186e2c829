import { describe, expect, it } from 'vitest';
import { toldSpans } from '../../../../renderer/features/health/location/told-spans.ts';

const at = (hour: number) => `2026-03-01T${String(hour).padStart(2, '0')}:00:00.000Z`;
const told = (spans: Parameters<typeof toldSpans>[0]['spans'], status: string, since: string) =>
  toldSpans({ spans, status, since }).map(({ status, from, isCut, isNow }) => ({
    status,
    from: new Date(from).toISOString(),
    isCut,
    isNow,
  }));

describe('what an EVSE said, in words', () => {
  it('begins with what goes on, told from when it began, however long ago', () => {
    const spans = [{ from: at(0), to: at(23), status: 'OUTOFORDER' }];
    expect(told(spans, 'OUTOFORDER', '2026-01-01T08:00:00.000Z')).toEqual([
      { status: 'OUTOFORDER', from: '2026-01-01T08:00:00.000Z', isCut: false, isNow: true },
    ]);
  });

  it('says of what began before the time that is shown that it did', () => {
    const spans = [
      { from: at(0), to: at(8), status: 'AVAILABLE' },
      { from: at(8), to: at(9), status: null },
      { from: at(9), to: at(23), status: 'CHARGING' },
    ];
    expect(told(spans, 'CHARGING', at(9))).toEqual([
      { status: 'CHARGING', from: at(9), isCut: false, isNow: true },
      { status: null, from: at(8), isCut: false, isNow: false },
      { status: 'AVAILABLE', from: at(0), isCut: true, isNow: false },
    ]);
  });

  it('keeps to the span where nothing is known now', () => {
    expect(told([{ from: at(0), to: at(23), status: null }], 'AVAILABLE', at(5))).toEqual([
      { status: null, from: at(0), isCut: true, isNow: true },
    ]);
  });

  it('is nothing where nothing was said', () => {
    expect(told([], 'UNKNOWN', at(0))).toEqual([]);
  });
});
