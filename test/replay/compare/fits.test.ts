import { describe, expect, it } from 'vitest';
import { fits } from '../../../core/replay/compare/fits.ts';
import { type Bound, type Made, planOf, spoken, stepOf } from './made.ts';

const PATCH: Made = {
  operation: 'sessions.patch',
  method: 'PATCH',
  url: 'https://us.example/ocpi/2.2.1/sessions/NL/TNM/S1',
  body: { kwh: 2, last_updated: '2026-05-04T09:00:00Z' },
};

function fitting(recorded: Made, arrived: Made, bound: Bound = []): boolean {
  const step = stepOf(spoken(recorded), { by: 'them' });
  return fits(planOf([step], { bound }), step, spoken(arrived));
}

const at = (id: string, party = 'NL/TNM'): Made => ({ ...PATCH, url: `/ocpi/2.2.1/sessions/${party}/${id}` });

describe('what comes fits an awaited step', () => {
  it('by its operation, while nobody knows yet what its session is called', () => {
    expect(fitting(PATCH, at('NEW'))).toBe(true);
    expect(fitting(PATCH, { ...at('S1'), operation: 'sessions.put', method: 'PUT' })).toBe(false);
  });

  it('only with the session that is known, in any case of letters', () => {
    const bound: Bound = [['session', 'S1', 'New9']];
    expect(fitting(PATCH, at('New9'), bound)).toBe(true);
    expect(fitting(PATCH, at('nEW9'), bound)).toBe(true);
    expect(fitting(PATCH, at('S1'), bound)).toBe(false);
  });

  it('with another party in its path, which is told as a difference', () => {
    expect(fitting(PATCH, at('S1', 'ZZ/ZZZ'))).toBe(true);
  });

  it('of what is posted by the session it is about', () => {
    const cdr = (session_id: unknown): Made => ({
      operation: 'cdrs.post',
      method: 'POST',
      url: '/ocpi/2.2.1/cdrs',
      body: { id: 'C1', session_id },
    });
    const bound: Bound = [['session', 'S1', 'S9']];
    expect(fitting(cdr('S1'), cdr('S9'), bound)).toBe(true);
    expect(fitting(cdr('S1'), cdr('S8'), bound)).toBe(false);
    expect(fitting(cdr('S1'), cdr(undefined), bound)).toBe(true);
    expect(fitting(cdr('S1'), { ...cdr('S1'), body: 'no JSON' }, bound)).toBe(true);
  });

  it('of a result by the response_url of today', () => {
    const result = (url: string): Made => ({
      operation: 'commands.result',
      method: 'POST',
      url,
      body: { result: 'ACCEPTED' },
    });
    const bound: Bound = [['response_url', '/results/1', 'https://us.example/results/99']];
    const recorded = result('https://us.example/results/1');
    expect(fitting(recorded, result('/results/99'), bound)).toBe(true);
    expect(fitting(recorded, result('/results/98'), bound)).toBe(false);
  });

  it('of what has no name by method and path', () => {
    const odd = (url: string): Made => ({ operation: 'unknown', method: 'POST', url });
    expect(fitting(odd('/x/y'), odd('/x/y?z'))).toBe(true);
    expect(fitting(odd('/x/y'), odd('/x/z'))).toBe(false);
  });
});
