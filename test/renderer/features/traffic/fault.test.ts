import { describe, expect, it } from 'vitest';
import type { ExchangeView } from '../../../../core/contract/exchange.ts';
import type { FaultStamp } from '../../../../core/contract/fault.ts';
import { partOf } from '../../../../renderer/exchange-filter/conditions.ts';
import { intendedAndSent } from '../../../../renderer/features/traffic/detail/stamped-text.ts';

const body = (text: string | null, bytes = Buffer.from(text ?? '')) => ({
  text,
  base64: bytes.length === 0 ? null : bytes.toString('base64'),
  length: bytes.length,
  shortened: false,
});
const exchange = (direction: 'in' | 'out', answered: ExchangeView['request']['body']) =>
  ({
    direction,
    method: 'PUT',
    url: direction === 'in' ? '/ocpi/2.2.1/tokens' : 'https://partner.example/ocpi/2.2.1/tokens',
    request: { headers: [['A', 'b']], body: body('{"uid":"1"}') },
    response: { status: 500, statusText: 'Oops', headers: [['C', 'd']], body: answered },
  }) as unknown as ExchangeView;
const stamp = (intended: FaultStamp['intended']): FaultStamp => ({ firings: [], wire: [], intended });
const INTENDED = { start: 'HTTP/1.1 200 OK', headers: [['X', 'y']] as [string, string][], body: '{}', length: 2 };

describe('what would have been sent, beside what was', () => {
  it('is our answer where we were asked', () => {
    expect(intendedAndSent(exchange('in', body('no')), stamp(INTENDED))).toEqual({
      intended: 'HTTP/1.1 200 OK\nX: y\n\n{}',
      sent: 'HTTP/1.1 500 Oops\nC: d\n\nno',
      shortened: false,
    });
  });

  it('is our request where we asked', () => {
    const url = 'https://partner.example/ocpi/2.2.1/tokens';
    const texts = intendedAndSent(exchange('out', body('')), stamp({ ...INTENDED, start: `PUT ${url}` }));
    expect(texts?.sent).toBe(`PUT ${url}\nA: b\n\n{"uid":"1"}`);
  });

  it('is nothing where nothing is known of it', () => {
    expect(intendedAndSent(exchange('in', body('no')), stamp(null))).toBeUndefined();
  });

  it('has bytes that are no text laid out', () => {
    const noise = body(null, Buffer.from([0xff, 0x00, 0x41]));
    const texts = intendedAndSent(exchange('in', noise), stamp({ ...INTENDED, body: null, length: 900 }));
    expect(texts?.intended).toContain('(900 B)');
    expect(texts?.sent).toMatch(/ff 00 41/i);
  });
});

describe('the filter token fault:', () => {
  it('takes any, a family or a kind, and nothing else', () => {
    const read = (value: string) => partOf({ name: 'fault', value }, 0);
    expect(read('any')).toEqual({ fault: 'any' });
    expect(read('envelope')).toEqual({ fault: 'envelope' });
    expect(read('envelope.data-null')).toEqual({ fault: 'envelope.data-null' });
    expect(read('No such!')).toBeUndefined();
    expect(read('envelope.')).toBeUndefined();
  });
});
