import { describe, expect, it } from 'vitest';
import { ReplayOptions, type ReplayStep, type ReplayVerdict } from '../../core/contract/replay.ts';
import type { NewReplay } from '../../core/history/replays.ts';
import { newFile, openAt } from './folder.ts';

function replay(runId: number, more: Partial<NewReplay> = {}): NewReplay {
  return {
    runId,
    target: 'Acme',
    title: `replay ${runId}`,
    options: ReplayOptions.parse({ to: 'Acme', source: { kind: 'scenario', name: 'charge' }, speed: 'fast' }),
    seed: 's',
    rewrites: [{ kind: 'session', from: 'S1', to: null, why: 'the partner says it', steps: 2 }],
    notes: ['a note'],
    ground: '{}',
    steps: 0,
    done: 0,
    same: 0,
    different: 0,
    ...more,
  };
}

function step(no: number, verdict: ReplayVerdict = 'same'): ReplayStep {
  return {
    no,
    kind: 'send',
    operation: 'sessions.put',
    words: 'session, put',
    verdict,
    reason: '',
    startedAt: 1,
    endedAt: 2,
    recordedId: null,
    exchangeIds: [no],
    differences: [],
  };
}

describe('replays', () => {
  it('keep what was asked for, what became known, and how far they came, over a restart', async () => {
    const file = newFile();
    const before = await openAt(file);
    before.replays.insert(replay(1));
    before.replays.insert(replay(2, { target: 'Other' }));
    before.replays.count(1, { steps: 3, done: 2, same: 1, different: 1 });
    const learned = [{ kind: 'session' as const, from: 'S1', to: 'T9', why: 'the partner says it', steps: 2 }];
    before.replays.finish(1, { rewrites: learned, notes: ['a note', 'and another'], ground: '{"x":1}' });
    await before.close();
    const { replays } = await openAt(file);
    expect(replays.get(1)).toEqual({
      runId: 1,
      target: 'Acme',
      title: 'replay 1',
      options: expect.objectContaining({ to: 'Acme', speed: 'fast', strict: false }),
      seed: 's',
      rewrites: learned,
      notes: ['a note', 'and another'],
      steps: 3,
      done: 2,
      same: 1,
      different: 1,
    });
    expect(replays.ground(1)).toBe('{"x":1}');
    expect(replays.get(3)).toBeUndefined();
    expect(replays.list({ limit: 10 }).map(({ runId }) => runId)).toEqual([2, 1]);
    expect(replays.list({ target: 'ACME', limit: 10 }).map(({ runId }) => runId)).toEqual([1]);
    expect(() => replays.count(9, { steps: 0, done: 0, same: 0, different: 0 })).toThrow('no replay 9');
    expect(() => replays.finish(9, { rewrites: [], notes: [], ground: '' })).toThrow('no replay 9');
  });

  it('give their steps in pages, told again in place of what was told, whatever the order they were told in', async () => {
    const { replays } = await openAt(newFile());
    replays.insert(replay(1));
    replays.writeSteps(1, [step(3), step(1, 'running'), step(2, 'different')]);
    replays.writeSteps(1, [step(1), step(4, 'missing'), step(5, 'skipped'), step(6, 'failed')]);
    replays.writeSteps(2, [step(1, 'different')]);
    const numbers = (offset: number, limit: number, unlike = false) => {
      const page = replays.steps({ runId: 1, unlike, offset, limit });
      return [page.count, page.steps.map(({ no }) => no)];
    };
    expect(numbers(0, 4)).toEqual([6, [1, 2, 3, 4]]);
    expect(numbers(4, 4)).toEqual([6, [5, 6]]);
    expect(numbers(0, 10, true)).toEqual([3, [2, 4, 6]]);
    expect(numbers(2, 10, true)).toEqual([3, [6]]);
    expect(replays.step(1, 1)).toEqual(step(1));
    expect(replays.step(1, 7)).toBeUndefined();
  });
});

describe('scenarios of the operator', () => {
  it('are kept by their names, replaced and removed', async () => {
    const file = newFile();
    const before = await openAt(file);
    before.scenarios.put('b', '1');
    before.scenarios.put('a', '2');
    before.scenarios.put('b', '3');
    await before.close();
    const { scenarios } = await openAt(file);
    expect(scenarios.list()).toEqual([
      { name: 'a', text: '2' },
      { name: 'b', text: '3' },
    ]);
    expect(scenarios.get('b')).toBe('3');
    expect(scenarios.get('c')).toBeUndefined();
    expect(scenarios.remove('b')).toBe(true);
    expect(scenarios.remove('b')).toBe(false);
  });
});
