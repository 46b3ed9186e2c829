import { describe, expect, it } from 'vitest';
import { followUps } from '../../../../renderer/features/traffic/actions/follow-ups.ts';
import { exchange } from '../send/made.ts';

const came = (method: string, operation: string, url: string, link: string | null = 'volta') =>
  followUps(exchange({ method, operation, url, direction: 'in', link }));

describe('what may be sent after an exchange', () => {
  it('of a session: to stop it, to limit it', () => {
    for (const [method, operation] of [
      ['PUT', 'sessions.put'],
      ['PATCH', 'sessions.patch'],
    ] as const) {
      expect(came(method, operation, 'http://us:1/ocpi/2.2.1/receiver/sessions/NL/VOL/S%2F1')).toEqual([
        { kind: 'stop', session: 'S/1' },
        { kind: 'profile', session: 'S/1' },
      ]);
    }
  });

  it('of a token: to ask for its authorization, as the type it is', () => {
    expect(came('PUT', 'tokens.put', '/ocpi/2.2.1/receiver/tokens/NL/ACM/0123?type=APP_USER')).toEqual([
      { kind: 'authorize', token: '0123', type: 'APP_USER' },
    ]);
    expect(came('PATCH', 'tokens.patch', '/ocpi/2.1.1/tokens/NL/ACM/0123')).toEqual([
      { kind: 'authorize', token: '0123' },
    ]);
  });

  it('of what we sent: to write it again', () => {
    expect(followUps(exchange({ method: 'PUT', operation: 'locations.put', url: 'https://volta.example/x' }))).toEqual([
      { kind: 'again' },
    ]);
  });

  it('is nothing where nobody is known, nothing was recognised, or nothing follows', () => {
    expect(came('PUT', 'sessions.put', '/sessions/NL/VOL/S1', null)).toEqual([]);
    expect(came('PUT', 'sessions.put', '')).toEqual([]);
    expect(came('GET', 'locations.list', '/locations')).toEqual([]);
    expect(followUps(exchange({ method: 'BREW', operation: 'unknown', url: 'https://volta.example/x' }))).toEqual([]);
  });
});
