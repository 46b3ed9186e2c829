import { describe, expect, it } from 'vitest';
import { ReplayOptions, type ReplaySummary } from '../../../../core/contract/replay.ts';
import { mayBeMapped } from '../../../../core/contract/rewrite-kind.ts';
import { mapKey } from '../../../../renderer/features/replay/plan/mapped.ts';
import { comparable } from '../../../../renderer/features/replay/run/comparable.ts';
import {
  draftOf,
  NEW_DRAFT,
  type ReplayDraft,
  readDraft,
  withEntry,
} from '../../../../renderer/features/replay/start/draft.ts';
import { printSpeed, readSpeed, speedWord } from '../../../../renderer/features/replay/start/speed.ts';
import { chosenTarget, isTarget, targetsAmong } from '../../../../renderer/features/replay/start/targets.ts';

describe('the speed of a replay', () => {
  it.each([
    ['1', 1],
    ['10x', 10],
    ['2,5 ×', 2.5],
    ['0.1', 0.1],
    ['FAST', 'fast'],
  ] as const)('%s is understood', (text, speed) => {
    expect(readSpeed(text)).toBe(speed);
    expect(readSpeed(printSpeed(speed))).toBe(speed);
  });

  it.each(['', '0', '0.01', '1001', '-1', 'quick', '1x0'])('“%s” is none', text => {
    expect(readSpeed(text)).toBeUndefined();
  });

  it('has a sign where it is a number', () => {
    expect(speedWord(10)).toBe('10×');
    expect(speedWord('fast')).toBeUndefined();
  });
});

describe('the options of a replay', () => {
  const target = { to: 'volta', source: { kind: 'scenario' as const, name: 'charge' } };

  it('ask for nothing that is as usual', () => {
    expect(readDraft(NEW_DRAFT)).toEqual({ options: { speed: 1 } });
  });

  it('are understood by the core, and begin another replay but for its seed', () => {
    const draft: ReplayDraft = {
      speed: '2,5',
      play: 'theirs',
      part: 'cpo',
      fromStep: '3',
      strict: true,
      times: 'end',
      wait: '7,5',
      seed: 'abc',
      set: { kwh: '20' },
      map: { 'location:LOC1': 'LOC9' },
      paused: true,
    };
    const read = readDraft(draft);
    if ('problems' in read) throw new Error('it has problems');
    const options = ReplayOptions.parse({ ...target, ...read.options });
    expect(options).toMatchObject({ speed: 2.5, wait: 7.5, fromStep: 3, seed: 'abc', paused: true });
    expect(draftOf(options)).toEqual({ ...draft, speed: '2.5', wait: '7.5', seed: '' });
    expect(draftOf(target)).toEqual(NEW_DRAFT);
  });

  it('name each field that needs another value', () => {
    const read = readDraft({ ...NEW_DRAFT, speed: 'quick', fromStep: '0', wait: 'a while', seed: 'x'.repeat(101) });
    expect(read).toEqual({ problems: new Set(['speed', 'fromStep', 'wait', 'seed']) });
    expect(readDraft({ ...NEW_DRAFT, wait: '0' })).toEqual({ problems: new Set(['wait']) });
  });

  it('keep no entry that says the usual', () => {
    const entries = withEntry({ other: '1' }, 'kwh', '20', '10');
    expect(entries).toEqual({ other: '1', kwh: '20' });
    expect(withEntry(entries, 'kwh', '10', '10')).toEqual({ other: '1' });
    expect(withEntry(entries, 'kwh', '', '10')).toEqual({ other: '1' });
  });

  it('let the operator name what is chosen, not what is worked out anew', () => {
    expect(mapKey({ kind: 'party', from: 'NL-TNM' })).toBe('party:NL-TNM');
    expect(mayBeMapped('location')).toBe(true);
    expect(mayBeMapped('correlation-id')).toBe(false);
  });
});

type Target = Parameters<typeof chosenTarget>[0][number];

const link = (name: string, rest: Partial<Target> = {}) =>
  ({ name, environment: 'test', state: 'registered', version: '2.2.1', importedLog: null, ...rest }) as Target;

describe('the target of a replay', () => {
  const links = [link('live', { environment: 'production' }), link('new', { state: 'invited' }), link('a'), link('b')];
  const none = { asked: undefined, last: undefined, sandbox: undefined };

  it('is what was asked for, the last one, the built-in partner, or any test partner', () => {
    expect(chosenTarget(links, { ...none, asked: 'live', last: 'a' })?.name).toBe('live');
    expect(chosenTarget(links, { ...none, last: 'b', sandbox: 'a' })?.name).toBe('b');
    expect(chosenTarget(links, { ...none, sandbox: 'b' })?.name).toBe('b');
    expect(chosenTarget(links, none)?.name).toBe('a');
  });

  it('is never a production partner that nobody named', () => {
    expect(chosenTarget(links, { ...none, last: 'live' })?.name).toBe('a');
    expect(chosenTarget([link('live', { environment: 'production' })], none)).toBeUndefined();
  });

  it('is one with whom a version was agreed on', () => {
    expect(isTarget(link('new', { state: 'invited' }))).toBe(false);
    expect(isTarget(link('then', { importedLog: 1 }))).toBe(false);
    expect(targetsAmong(links, undefined).map(({ name }) => name)).toEqual(['live', 'a', 'b']);
    expect(targetsAmong(links, links[1]).map(({ name }) => name)).toEqual(['live', 'new', 'a', 'b']);
  });
});

describe('replays to compare with', () => {
  const replay = (runId: number, rest: Partial<ReplaySummary> = {}): ReplaySummary => ({
    runId,
    title: 'A charge',
    to: 'volta',
    state: 'done',
    paused: false,
    startedAt: runId,
    endedAt: runId + 1,
    steps: 3,
    done: 3,
    same: 3,
    different: 0,
    summary: 'all the same',
    ...rest,
  });

  it('are earlier ones of the same that are over, those to the same partner first', () => {
    const replays = [
      replay(9),
      replay(8),
      replay(7, { to: 'other' }),
      replay(6, { title: 'A reservation' }),
      replay(5, { state: 'running' }),
      replay(4, { state: 'failed' }),
    ];
    expect(comparable(replays, replay(8)).map(({ runId }) => runId)).toEqual([4, 7]);
  });
});
