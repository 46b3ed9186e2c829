import { describe, expect, it } from 'vitest';
import { type RecordedExchange, recordingOf } from '../../core/replay/from-exchanges.ts';
import type { Recording, RequestStep } from '../../core/replay/recording.ts';
import { said } from './support/recorded.ts';

function recorded(exchanges: readonly RecordedExchange[], play?: 'ours' | 'theirs'): Recording {
  const recording = recordingOf({ title: 'it', exchanges, ...(play !== undefined && { play }) });
  if (!recording.ok) throw new Error(recording.failure.message);
  return recording.value;
}

const requests = ({ steps }: Recording): RequestStep[] => steps.filter(step => step.kind === 'request');
const lines = (recording: Recording) =>
  recording.steps.map(step =>
    step.kind === 'flow' ? `${step.no} ${step.flow}` : `${step.no} ${step.by} ${step.spoken.operation}`,
  );
const patch = (id: number, at: number, body: unknown, path = '/DE/THR/S1') =>
  said({ id, operation: 'sessions.patch', direction: 'in', path, at, body });

describe('recorded exchanges', () => {
  it('are steps in the order in which they began', () => {
    const recording = recorded([
      said({ id: 9, operation: 'sessions.put', path: '/NL/OUR/S1', at: 30, body: {} }),
      said({ id: 3, operation: 'tokens.list', at: 0 }),
      said({ id: 4, operation: 'locations.put', direction: 'in', path: '/DE/THR/L1', at: 10, body: {} }),
    ]);
    expect(lines(recording)).toEqual(['1 us tokens.list', '2 them locations.put', '3 us sessions.put']);
    expect(requests(recording).map(({ at, exchangeId }) => [at, exchangeId])).toEqual([
      [0, 3],
      [10_000, 4],
      [30_000, 9],
    ]);
  });

  it('are played from our side where we wrote anything, else from the side that did', () => {
    const theirs = said({ operation: 'sessions.put', direction: 'in', path: '/DE/THR/S1', body: {} });
    const asked = said({ operation: 'sessions.list', at: 1 });
    const wrote = said({ operation: 'tokens.put', path: '/NL/OUR/T1', at: 2, body: {} });
    expect(lines(recorded([theirs, asked]))[0]).toBe('1 us sessions.put');
    expect(lines(recorded([theirs, wrote]))[0]).toBe('1 them sessions.put');
    expect(lines(recorded([asked]))[0]).toBe('1 us sessions.list');
    expect(lines(recorded([theirs, wrote], 'theirs'))).toEqual(['1 us sessions.put', '2 them tokens.put']);
  });

  it('of which the partner may send another number are one step', () => {
    const recording = recorded(
      [
        said({ id: 1, operation: 'commands.start-session', path: '/START_SESSION', body: {} }),
        patch(2, 10, { kwh: 1 }),
        patch(3, 15, { kwh: 9 }, '/DE/THR/S2'),
        patch(4, 20, { kwh: 2 }),
        patch(5, 30, { kwh: 3, status: 'COMPLETED' }),
      ],
      'ours',
    );
    expect(requests(recording).map(({ exchangeId, alsoIds, repeats }) => [exchangeId, alsoIds, repeats])).toEqual([
      [1, undefined, undefined],
      [2, [4], { least: 1, most: 1000 }],
      [3, undefined, { least: 1, most: 1000 }],
      [5, undefined, { least: 1, most: 1000 }],
    ]);
    expect(requests(recording)[1]?.withinMs).toBe((10 + 10) * 3000 + 10_000);
  });

  it('are not put together across something we sent', () => {
    const between = said({ id: 3, operation: 'tokens.put', path: '/NL/OUR/T1', at: 15, body: {} });
    const recording = recorded([patch(2, 10, { kwh: 1 }), between, patch(4, 20, { kwh: 2 })], 'ours');
    expect(recording.steps).toHaveLength(3);
  });

  it('in which the partner only asks may come again, or not at all', () => {
    const get = (id: number, at: number) => said({ id, operation: 'tokens.list', direction: 'in', at });
    const put = said({ id: 9, operation: 'tokens.put', path: '/NL/OUR/T1', body: {} });
    const [, asked, ...more] = requests(recorded([put, get(1, 5), get(2, 6)]));
    expect(asked).toMatchObject({ repeats: { least: 0, most: 1000 }, alsoIds: [2] });
    expect(more).toEqual([]);
  });

  it('of a registration become one flow', () => {
    const run = { kind: 'registration', id: 5 };
    const recording = recorded([
      said({ id: 1, operation: 'versions.list', run }),
      said({ id: 2, operation: 'versions.details', at: 1, run }),
      said({ id: 3, operation: 'credentials.post', at: 2, run, body: { token: '{token:x:raw:3}' } }),
      said({ id: 4, operation: 'versions.list', direction: 'in', at: 3 }),
      said({ id: 5, operation: 'tokens.put', path: '/NL/OUR/T1', at: 9, body: {} }),
      said({ id: 6, operation: 'credentials.put', at: 500, body: {} }),
    ]);
    expect(lines(recording)).toEqual(['1 register', '2 us tokens.put', '3 rotate']);
    expect(recording.steps[0]).toMatchObject({ exchangeIds: [1, 2, 3, 4] });
    expect(recording.notes).toEqual([]);
  });

  it('of a registration the partner began are left out', () => {
    const recording = recorded([
      said({ id: 1, operation: 'versions.list', direction: 'in' }),
      said({ id: 2, operation: 'credentials.post', direction: 'in', at: 1, body: {} }),
      said({ id: 3, operation: 'versions.list', at: 2 }),
      said({ id: 4, operation: 'tokens.put', path: '/NL/OUR/T1', at: 9, body: {} }),
    ]);
    expect(lines(recording)).toEqual(['1 us tokens.put']);
    expect(recording.notes).toEqual([
      'Exchanges 1, 2, 3 are left out: versions and credentials are asked for by the partner, when it wants to.',
    ]);
  });

  it('that cannot be replayed are left out, each with its reason', () => {
    const put = { operation: 'tokens.put', path: '/NL/OUR/T1', body: {} } as const;
    const recording = recorded([
      said({ ...put, id: 1 }),
      said({ ...put, id: 2, shortened: true }),
      said({ ...put, id: 3, body: '{"x":"{token:abc:raw:20}"}' }),
      said({ operation: 'unknown', id: 4, direction: 'in', url: '/what' }),
      ...[5, 6, 7, 8, 9, 10, 11].map(id => said({ ...put, id, shortened: true })),
      { ...said({ ...put, id: 12 }), version: undefined },
    ]);
    expect(recording.steps).toHaveLength(1);
    expect(recording.notes).toEqual([
      'Exchanges 2, 5, 6, 7, 8 and 3 more are left out: only a beginning of the body is kept.',
      'Exchange 3 is left out: a credentials token stands in it, and those are not kept in clear.',
      'Exchange 4 is left out: nobody can tell when something that is no operation of OCPI comes again.',
      'Exchange 12 is left out: the OCPI version is not known.',
    ]);
  });

  it('at which faults of ours were at work say so', () => {
    const recording = recorded([said({ operation: 'sessions.put', path: '/NL/OUR/S1', body: {}, faults: ['x.y'] })]);
    expect(recording.notes).toEqual([
      'Faults of ours were at work in 1 of the exchanges: they are not applied again unless they are armed.',
    ]);
  });

  it('of several versions are refused', () => {
    const put = { operation: 'tokens.put', path: '/NL/OUR/T1', body: {} } as const;
    const exchanges = [said(put), said({ ...put, version: '2.3.0' }), said({ ...put, version: '2.3.0' })];
    const recording = recordingOf({ title: 'it', exchanges });
    expect(recording).toMatchObject({
      ok: false,
      failure: {
        code: 'INVALID_INPUT',
        message: 'these exchanges are of several OCPI versions: 1 of 2.2.1, 2 of 2.3.0',
        advice: 'Choose those of one of them, such as 2.3.0.',
      },
    });
  });

  it('of which nothing is left are refused, with the reasons', () => {
    const exchanges = [said({ id: 7, operation: 'tokens.put', path: '/NL/OUR/T1', body: {}, shortened: true })];
    expect(recordingOf({ title: 'it', exchanges })).toMatchObject({
      ok: false,
      failure: {
        message: 'nothing in "it" can be replayed',
        advice: 'Exchange 7 is left out: only a beginning of the body is kept.',
      },
    });
    expect(recordingOf({ title: 'it', exchanges: [] })).toMatchObject({ ok: false });
  });
});
