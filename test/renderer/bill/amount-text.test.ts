import { describe, expect, it } from 'vitest';
import { byText, decimalText, momentIn, moneyText, volumeText } from '../../../renderer/bill/amount-text.ts';

describe('amounts on a bill', () => {
  it('are written with two digits behind the point, or with the four that may be stated', () => {
    expect(moneyText('12.5', 'en')).toBe('12.50');
    expect(moneyText('3.2712', 'en')).toBe('3.2712');
    expect(moneyText('57.656666666667', 'en')).toBe('57.6567');
    expect(moneyText('1234.5', 'sv')).toBe('1\u00a0234,50');
    expect(volumeText('0.155833333333', 'en')).toBe('0.1558');
    expect(volumeText('7.250', 'en')).toBe('7.25');
  });

  it('can be told whole: more digits than any number of the language has', () => {
    expect(decimalText('123456789012345.57656666667', { language: 'en' })).toBe('123,456,789,012,345.57656666667');
  });

  it('tell by sign whether too much or too little is asked, however little', () => {
    expect(byText('0.45', 'en')).toBe('+0.45');
    expect(byText('-0.45', 'en')).toBe('-0.45');
    expect(byText('0.00003', 'en')).toBe('+0.00003');
    expect(byText('0', 'en')).toBe('0.00');
    expect(moneyText('-0.00003', 'en')).toBe('0.00');
    expect(moneyText('-1.2', 'en')).toBe('-1.20');
  });
});

describe('a moment on a bill', () => {
  it('is told in the zone of the charger, with its day where that is another one', () => {
    expect(momentIn('Europe/Oslo', '2026-06-30T22:15:00Z')).toEqual({ text: '2026-07-01 00:15', day: '2026-07-01' });
    expect(momentIn('Europe/Oslo', '2026-06-30T22:15:30Z', '2026-07-01').text).toBe('00:15:30');
    expect(momentIn('UTC', '2026-06-30T22:15:00Z', '2026-07-01').text).toBe('2026-06-30 22:15');
  });

  it('is told twice of the hour that comes twice when summer ends', () => {
    expect(momentIn('Europe/Amsterdam', '2026-10-25T00:30:00Z').text).toBe('2026-10-25 02:30');
    expect(momentIn('Europe/Amsterdam', '2026-10-25T01:30:00Z').text).toBe('2026-10-25 02:30');
  });
});
