import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import type { ReplayRun, ReplayStep } from '../../../core/contract/replay.ts';
import { compareRuns } from '../../../core/replay/report/compare-runs.ts';
import { writeReport } from '../../../core/replay/report/report.ts';

const RUN: ReplayRun = {
  runId: 7,
  title: 'A charge <1>',
  to: 'volt & co',
  state: 'failed',
  paused: false,
  startedAt: Date.UTC(2026, 4, 4, 10),
  endedAt: Date.UTC(2026, 4, 4, 10, 0, 2),
  steps: 5,
  done: 4,
  same: 1,
  different: 1,
  summary: '1 of 5 steps as recorded.',
  options: { to: 'volt & co', source: { kind: 'transaction', id: 1 } } as ReplayRun['options'],
  seed: 'seed',
  rewrites: [],
  notes: ['One was left out.'],
  waitsFor: null,
};

function step(no: number, verdict: ReplayStep['verdict'], more: Partial<ReplayStep> = {}): ReplayStep {
  return {
    no,
    kind: 'send',
    operation: 'sessions.put',
    words: 'session, put',
    verdict,
    reason: '',
    startedAt: 1000,
    endedAt: 1250,
    recordedId: no,
    exchangeIds: [no],
    differences: [],
    ...more,
  };
}

const DIFFERENCE: ReplayStep['differences'][number] = {
  layer: 'object',
  where: 'answer/data/status',
  expected: '"ACTIVE"',
  met: '"\u0000\u001b[31m<&>\nx"',
  meaning: 'The text is another one.',
};
const STEPS = [
  step(1, 'same'),
  step(2, 'different', { reason: 'one difference', differences: [DIFFERENCE] }),
  step(3, 'missing', { kind: 'await', words: 'CDR, post', reason: 'it never came', startedAt: null, endedAt: null }),
  step(4, 'failed', { reason: 'the link is suspended' }),
  step(5, 'skipped', { reason: 'stopped' }),
];

describe('a report', () => {
  it('is a text with a line for each step and its differences below it', () => {
    expect(writeReport({ run: RUN, steps: STEPS, format: 'text' })).toBe(
      [
        'Replay 7: A charge <1>',
        'To volt & co, seed seed, 2026-05-04T10:00:00.000Z',
        'Note: One was left out.',
        '',
        'same       1 sent: session, put',
        'DIFFERENT  2 sent: session, put  one difference',
        '             object, answer/data/status: The text is another one.',
        '               expected "ACTIVE"',
        '               met      "\\u0000\\u001b[31m<&> x"',
        'MISSING    3 awaited: CDR, post  it never came',
        'FAILED     4 sent: session, put  the link is suspended',
        'skipped    5 sent: session, put',
        '',
        '1 of 5 steps as recorded.',
        '',
      ].join('\n'),
    );
  });

  it('is JSON that holds the run and its steps', () => {
    expect(JSON.parse(writeReport({ run: RUN, steps: STEPS, format: 'json' }))).toEqual({ run: RUN, steps: STEPS });
  });

  it('is JUnit that continuous integration can read, whatever a partner sent', () => {
    const text = writeReport({ run: RUN, steps: STEPS, format: 'junit' });
    expect(XMLValidator.validate(text)).toBe(true);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has none of them
    expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    const parser = new XMLParser({ ignoreAttributes: false, trimValues: false });
    const { testsuites } = parser.parse(text);
    expect(testsuites).toMatchObject({ '@_tests': '5', '@_failures': '2', '@_errors': '1', '@_skipped': '1' });
    const { testsuite } = testsuites;
    expect(testsuite).toMatchObject({ '@_name': 'A charge <1> to volt & co', '@_time': '2.000' });
    const cases = testsuite.testcase as Record<string, Record<string, string>>[];
    expect(cases.map(one => Object.keys(one).find(key => !key.startsWith('@_') && key !== '#text'))).toEqual([
      undefined,
      'failure',
      'failure',
      'error',
      'skipped',
    ]);
    expect(cases[1]?.['failure']).toMatchObject({
      '@_message': 'The text is another one.',
      '#text': expect.stringContaining('met      "\ufffd\ufffd[31m<&>\nx"'),
    });
    expect(cases[2]?.['failure']).toMatchObject({ '@_message': 'it never came' });
    expect(cases[1]?.['@_time']).toBe('0.250');
  });

  it('of a replay of ten thousand steps is written at once', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => step(at + 1, 'same'));
    expect(writeReport({ run: RUN, steps: many, format: 'junit' }).match(/<testcase /g)).toHaveLength(10_000);
  });
});

describe('two runs of the same', () => {
  it('differ by steps whose verdict or differences changed, not by the values in them', () => {
    const other = { ...DIFFERENCE, met: '"another"' };
    expect(
      compareRuns({
        earlier: STEPS,
        later: [STEPS[0], { ...STEPS[1], differences: [other] }, ...STEPS.slice(2)] as ReplayStep[],
      }),
    ).toEqual([]);
    const later = [step(1, 'different', { differences: [DIFFERENCE] }), ...STEPS.slice(1, 4)];
    expect(
      compareRuns({ earlier: STEPS, later }).map(({ no, earlier, later }) => [no, earlier?.verdict, later?.verdict]),
    ).toEqual([
      [1, 'same', 'different'],
      [5, 'skipped', undefined],
    ]);
  });

  it('differ by what came besides in one of them', () => {
    const extra = step(6, 'different', { kind: 'extra', words: 'location, put' });
    expect(compareRuns({ earlier: STEPS, later: [...STEPS, extra] })).toEqual([
      { no: 6, words: 'location, put', earlier: null, later: extra },
    ]);
  });

  it('differ by another finding, not by how long something took', () => {
    const found = (met: string) => [
      step(1, 'different', { differences: [{ ...DIFFERENCE, layer: 'finding' as const, met }] }),
    ];
    expect(compareRuns({ earlier: found('a'), later: found('b') })).toHaveLength(1);
    const took = (meaning: string) => [
      step(1, 'different', { differences: [{ ...DIFFERENCE, layer: 'time' as const, meaning }] }),
    ];
    expect(compareRuns({ earlier: took('It took 2 s.'), later: took('It took 3 s.') })).toEqual([]);
  });
});
