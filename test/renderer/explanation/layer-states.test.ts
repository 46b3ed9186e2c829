import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../core/contract/explanation.ts';
import type { FindingView } from '../../../core/contract/run.ts';
import { type Judged, layerStates } from '../../../renderer/explanation/layer-states.ts';
import { weightOf } from '../../../renderer/explanation/problem-weight.ts';

const problem = (of: Partial<Problem>): Problem => ({
  sentence: 'volta answered 401.',
  layer: 'http',
  code: '401',
  meaning: null,
  blamed: 'us',
  sure: 'likely',
  because: 'It says so.',
  section: null,
  next: [],
  cases: [],
  findings: [],
  ...of,
});

const finding = (code: string, severity: FindingView['severity']): FindingView => ({
  severity,
  code,
  pointer: '/data/0/id',
  met: 'a',
  expected: 'b',
  section: '8',
});

const exchange = (of: Partial<Judged> = {}): Judged => ({
  direction: 'out',
  url: 'https://volta.example/ocpi/versions',
  ended: 'complete',
  httpStatus: 200,
  ocpiStatus: 1000,
  findings: [],
  ...of,
});

const picture = (judged: Judged, ...problems: readonly Problem[]) =>
  layerStates(judged, problems).map(({ state }) => state);

describe('how far an exchange came', () => {
  it.each([
    [
      'no answer in time',
      exchange({ httpStatus: null, ocpiStatus: null, ended: 'timeout' }),
      [problem({ layer: 'network', code: 'timeout' })],
      ['failed', 'unreached', 'unreached', 'unreached', 'unreached', 'unreached', 'unreached'],
    ],
    [
      'no secure connection',
      exchange({ httpStatus: null, ocpiStatus: null, ended: 'tls' }),
      [problem({ layer: 'tls', code: 'tls' })],
      ['well', 'failed', 'unreached', 'unreached', 'unreached', 'unreached', 'unreached'],
    ],
    [
      '401 without an envelope',
      exchange({ httpStatus: 401, ocpiStatus: null }),
      [problem({})],
      ['well', 'well', 'failed', 'unreached', 'unreached', 'unreached', 'unreached'],
    ],
    [
      '2001 over plain http',
      exchange({ ocpiStatus: 2001, url: 'http://volta.example/ocpi' }),
      [problem({ layer: 'ocpi', code: '2001' })],
      ['well', 'untold', 'well', 'well', 'failed', 'unreached', 'unreached'],
    ],
    [
      '503 with 3000: both statuses say so, whichever tells more',
      exchange({ httpStatus: 503, ocpiStatus: 3000 }),
      [problem({ code: '503' })],
      ['well', 'well', 'failed', 'well', 'failed', 'unreached', 'unreached'],
    ],
    [
      'a warning about an object of a call to us',
      exchange({ direction: 'in', url: '/ocpi/2.2.1/sessions', findings: [finding('field.unknown', 'warning')] }),
      [problem({ layer: 'object', code: 'field.unknown', findings: ['field.unknown'] })],
      ['well', 'untold', 'well', 'well', 'well', 'found', 'well'],
    ],
    [
      'a cut answer with what was found in its head',
      exchange({ httpStatus: 200, ocpiStatus: null, ended: 'cut', findings: [finding('header.request-id', 'error')] }),
      [problem({ layer: 'network', code: 'cut' }), problem({ layer: 'http', code: 'header.request-id' })],
      ['failed', 'well', 'failed', 'unreached', 'unreached', 'unreached', 'unreached'],
    ],
  ] as const)('%s', (_title, judged, problems, states) => {
    expect(picture(judged, ...problems)).toEqual(states);
  });
});

describe('how bad a problem is', () => {
  it('is told by what failed, or by the worst of the findings that show it', () => {
    const findings = [finding('object.number', 'note'), finding('object.date', 'warning'), finding('x.y', 'error')];
    expect(weightOf(problem({}), { findings })).toBe('error');
    expect(weightOf(problem({ code: 'object.number', findings: ['object.date'] }), { findings })).toBe('warning');
    expect(weightOf(problem({ code: 'object.number' }), { findings })).toBe('note');
    expect(weightOf(problem({ code: 'gone.since' }), { findings: [] })).toBe('warning');
  });
});
