import { describe, expect, it } from 'vitest';
import { sidesOf } from '../../../core/replay/compare/sides.ts';
import { envelopeOf, planOf, spoken, stepOf } from './made.ts';

const SESSION = { id: 'S1', status: 'ACTIVE', kwh: 1 };

describe('a step side by side', () => {
  it('has both laid out alike: lines that say something, fields in the order of the recording, ids as they are now', () => {
    const step = stepOf(spoken({ answer: SESSION }));
    const plan = planOf([step], { bound: [['session', 'S1', 'S9']] });
    const answer = envelopeOf({ extra: true, kwh: 2, id: 'S9', status: 'ACTIVE' });
    const met = spoken({
      answer,
      headers: [
        ['Date', 'now'],
        ['content-type', 'application/json'],
      ],
    });
    const [request, sides] = sidesOf({ plan, step, met });
    expect(request?.what).toBe('request');
    expect(request?.met).not.toContain('X-Request-ID');
    expect(request?.met).toMatch(/^GET \/ocpi\/2\.2\.1\/sessions\/NL\/TNM\/S1\n/);
    expect(sides?.expected).toContain('  "data": {\n    "id": "S9",\n    "status": "ACTIVE",\n    "kwh": 1\n  },');
    expect(sides?.met).toMatch(/^HTTP 200\nContent-Type: application\/json\n\n\{/);
    expect(sides?.met).toContain('    "id": "S9",\n    "status": "ACTIVE",\n    "kwh": 2,\n    "extra": true\n');
  });

  it('shows what is no JSON as it came, and how it ended where no answer came', () => {
    const step = stepOf(spoken({ answer: SESSION }));
    const plan = planOf([step]);
    expect(sidesOf({ plan, step, met: spoken({ answer: '<html>' }) })[1]?.met).toContain('\n\n<html>');
    const reset = { ...spoken(), answer: undefined, ended: { how: 'reset' } };
    expect(sidesOf({ plan, step, met: reset })[1]?.met).toBe('(no answer: reset)');
    expect(sidesOf({ plan, step, met: undefined }).map(({ met }) => met)).toEqual(['', '']);
  });

  it('keeps sealed tokens sealed', () => {
    const sealed = spoken({ requestHeaders: [['Authorization', 'Token {token:abc:base64:44}']] });
    const step = stepOf(sealed, { by: 'them' });
    expect(sidesOf({ plan: planOf([step]), step, met: sealed })[0]?.met).toContain('Token {token:abc:base64:44}');
  });

  it('has no expected answer in a scenario', () => {
    const step = stepOf(spoken());
    expect(sidesOf({ plan: planOf([step], { made: 'written' }), step, met: spoken() })[1]?.expected).toBe('');
  });

  it('of what is awaited shows the path at which it came on both sides', () => {
    const step = stepOf(spoken(), { by: 'them' });
    const [request] = sidesOf({ plan: planOf([step], { made: 'written' }), step, met: spoken() });
    expect(request?.expected.split('\n')[0]).toBe(request?.met.split('\n')[0]);
  });
});
