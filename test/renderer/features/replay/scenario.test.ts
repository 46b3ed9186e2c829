import { describe, expect, it } from 'vitest';
import { Scenario } from '../../../../core/contract/scenario.ts';
import { expectationWords } from '../../../../renderer/features/replay/scenarios/expectation-words.ts';
import { foldSteps } from '../../../../renderer/features/replay/scenarios/fold-steps.ts';
import { copyOf, freeName, newScenario } from '../../../../renderer/features/replay/scenarios/new-text.ts';
import { problemMarks } from '../../../../renderer/features/replay/scenarios/problem-marks.ts';

const steps = (list: readonly object[]) =>
  Scenario.parse({ scenario: 1, name: 's', title: 'S', versions: ['2.2.1'], parts: ['cpo'], steps: list });

describe('the steps of a scenario, as they are read', () => {
  it('are told as one where the same is said again and again', () => {
    const storm = Array.from({ length: 5 }, (_, at) => ({ from: 'cpo', do: 'sessions.patch', at, body: { kwh: at } }));
    const folded = foldSteps(
      steps([{ from: 'cpo', do: 'sessions.put' }, ...storm, { from: 'cpo', do: 'cdrs.post', at: 9 }]),
    );
    expect(folded.map(({ no, count, from, until }) => [no, count, from, until])).toEqual([
      [1, 1, 0, 0],
      [2, 5, 0, 4],
      [7, 1, 9, 9],
    ]);
  });

  it('stay apart where something else is expected, or where the operator is asked for something', () => {
    const patch = { from: 'cpo', do: 'sessions.patch' };
    const folded = foldSteps(
      steps([
        patch,
        { ...patch, expect: { ocpi: 2001 } },
        { ...patch, prompt: 'Stop it.' },
        { flow: 'rotate' },
        { flow: 'look' },
      ]),
    );
    expect(folded).toHaveLength(5);
  });

  it('say what is expected of them', () => {
    const words = { present: (pointer: string) => `${pointer} there`, absent: (pointer: string) => `no ${pointer}` };
    expect(expectationWords(undefined, words)).toEqual([]);
    expect(
      expectationWords(
        { http: 200, ocpi: 1000, equals: { '/a': 'x' }, oneOf: { '/b': [1, 2] }, present: ['/c'], absent: ['/d'] },
        words,
      ),
    ).toEqual(['HTTP 200', 'OCPI 1000', '/a = "x"', '/b = 1 | 2', '/c there', 'no /d']);
  });
});

describe('a scenario that is begun', () => {
  it('can be run, under a name nobody has', () => {
    const value = Scenario.parse(JSON.parse(newScenario(new Set(['my-scenario', 'my-scenario-2']))));
    expect(value.name).toBe('my-scenario-3');
  });

  it('is a copy under another name', () => {
    const text = JSON.stringify({ scenario: 1, name: 'charge', title: 'A charge', steps: [] });
    expect(JSON.parse(copyOf(text, new Set(['charge'])))).toMatchObject({
      name: 'charge-copy',
      title: 'A charge (copy)',
    });
    expect(copyOf('{ nonsense', new Set())).toBe('{ nonsense');
  });

  it('has a name that is not too long', () => {
    const name = 'a'.repeat(60);
    expect(freeName(name, new Set([name]))).toBe(`${'a'.repeat(58)}-2`);
  });
});

describe('what is wrong with a scenario', () => {
  it('stands at its pointer, or at its line and column', () => {
    const text = '{\n  "scenario": 1,\n  nonsense\n}';
    const problem = { message: 'wrong', severity: 'error' } as const;
    const [pointer, place, line, beyond] = problemMarks(text, [
      { ...problem, where: '/steps/3/body' },
      { ...problem, where: 'line 3, column 3' },
      { ...problem, where: 'line 2' },
      { ...problem, where: 'line 99, column 5' },
    ]);
    expect(pointer).toEqual({ pointer: '/steps/3/body', severity: 'error', message: 'wrong' });
    expect(text.slice(place?.at)).toMatch(/^nonsense/);
    expect(text.slice(line?.at)).toMatch(/^ {2}"scenario"/);
    expect(beyond?.at).toBeLessThanOrEqual(text.length);
  });
});
