import { describe, expect, it } from 'vitest';
import type { ScenarioProblem } from '../../../core/contract/scenario.ts';
import { readScenario } from '../../../core/replay/scenarios/read-scenario.ts';

type Json = Record<string, unknown>;

const PATH = { country_code: '{{cpo_country}}', party_id: '{{cpo_party}}', session_id: '{{session}}' };
const PATCH: Json = {
  from: 'cpo',
  do: 'sessions.patch',
  at: 10,
  params: PATH,
  body: { kwh: '{{kwh}}', last_updated: '{{at +00:00:10}}' },
};
const STOP: Json = {
  from: 'emsp',
  do: 'commands.stop-session',
  at: 20,
  body: { response_url: '{{response_url}}', session_id: '{{session}}' },
};
const RESULT: Json = { from: 'cpo', do: 'commands.result', at: 25, body: { result: 'ACCEPTED' } };
const GOOD: Json = {
  scenario: 1,
  name: 'stopping',
  title: 'A session is stopped',
  versions: ['2.2.1', '2.3.0'],
  parts: ['cpo', 'emsp'],
  ids: { session: 'session' },
  values: { kwh: 3 },
  steps: [PATCH, STOP, RESULT],
};

function problemsOf(changes: Json): ScenarioProblem[] {
  return readScenario(JSON.stringify({ ...GOOD, ...changes })).problems;
}

const first = (changes: Json): Json => ({ steps: [{ ...PATCH, ...changes }, STOP, RESULT] });
const second = (changes: Json): Json => ({ steps: [PATCH, { ...STOP, ...changes }, RESULT] });

describe('the text of a scenario', () => {
  it('is a scenario with its defaults where nothing is wrong', () => {
    const { scenario, problems } = readScenario(`\ufeff${JSON.stringify(GOOD, null, 2)}`);
    expect(problems).toEqual([]);
    expect(scenario).toMatchObject({ about: '', pieces: {}, steps: [{ query: {} }, { at: 20 }, { at: 25 }] });
  });

  it('is told by line and column where it is no JSON', () => {
    expect(readScenario('{\n  "scenario": 1,\n  name: 2\n}')).toEqual({
      problems: [
        {
          where: 'line 3, column 3',
          message: 'a name in double quotes is expected here, "n" was met',
          severity: 'error',
        },
      ],
    });
    expect(readScenario('').problems).toMatchObject([{ where: 'line 1, column 1', severity: 'error' }]);
  });

  it.each<[string, Json, string, RegExp]>([
    ['a field that does not exist', { stpes: [] }, '/stpes', /nothing of this name/],
    ['a field that is missing', { title: undefined }, '/title', /^it is missing$/],
    ['another format', { scenario: 2 }, '/scenario', /2 is none of 1/],
    ['a version that does not exist', { versions: ['2.1'] }, '/versions/0', /"2.1" is none of 2.1.1, 2.2.1, 2.3.0/],
    [
      'a kind of id that does not exist',
      { ids: { session: 'seccion' } },
      '/ids/session',
      /"seccion" is none of session, cdr/,
    ],
    ['a name with capitals', { ids: { Session: 'session' } }, '/ids/Session', /the name "Session" cannot be used/],
    ['a step that is neither', { steps: ['look'] }, '/steps/0', /Invalid input/],
    [
      'a flow that does not exist',
      { steps: [{ flow: 'rotat' }] },
      '/steps/0/flow',
      /"rotat" is none of register, rotate/,
    ],
    ['a field of a step that does not exist', first({ exepct: {} }), '/steps/0/exepct', /nothing of this name/],
    [
      'a pointer that is none',
      first({ expect: { present: ['data/x'] } }),
      '/steps/0/expect/present/0',
      /a JSON pointer/,
    ],
    [
      'a pointer as a name',
      first({ expect: { equals: { 'data/x': 1 } } }),
      '/steps/0/expect/equals/data/x',
      /a JSON pointer/,
    ],
  ])('with %s has not the form', (_, changes, where, message) => {
    expect(problemsOf(changes)).toMatchObject([{ where, message: expect.stringMatching(message), severity: 'error' }]);
  });

  it.each<[string, Json, string, RegExp]>([
    [
      'an operation that does not exist',
      first({ do: 'session.patch' }),
      '/steps/0/do',
      /no operation "session.patch"; sessions.patch\?$/,
    ],
    ['an operation like nothing', first({ do: 'x' }), '/steps/0/do', /no operation "x"; the catalogue lists/],
    [
      'an operation the version lacks',
      { versions: ['2.1.1', '2.2.1'], steps: [PATCH, { from: 'emsp', do: 'commands.cancel-reservation', at: 20 }] },
      '/steps/1/do',
      /OCPI 2.1.1 does not have commands.cancel-reservation; name the versions of the step: \["2.2.1","2.3.0"\]/,
    ],
    [
      'a version of a step that the scenario lacks',
      first({ versions: ['2.1.1', '2.2.1'] }),
      '/steps/0/versions/0',
      /does not exist in 2.1.1/,
    ],
    [
      'a version in which nothing is left',
      { steps: [{ ...PATCH, versions: ['2.2.1'] }] },
      '/versions',
      /no step is left in 2.3.0/,
    ],
    [
      'a name that means nothing',
      first({ body: { kwh: '{{kwj}}' } }),
      '/steps/0/body/kwh',
      /nothing called \{\{kwj\}\}; \{\{kwh\}\}\?/,
    ],
    [
      'a name like nothing',
      first({ prompt: 'Go to {{paris-saint-lazare}}.' }),
      '/steps/0/prompt',
      /; there is session, kwh/,
    ],
    [
      'a party that has no part',
      first({ params: { ...PATH, party_id: '{{ptp_party}}' } }),
      '/steps/0/params/party_id',
      /\{\{ptp_party\}\}/,
    ],
    ['a slot without its end', first({ body: { kwh: '{{kwh' } }), '/steps/0/body/kwh', /without its "\}\}"/],
    [
      'a time that cannot be read',
      first({ body: { last_updated: '{{at 10}}' } }),
      '/steps/0/body/last_updated',
      /\{\{at \+HH:MM:SS\}\}/,
    ],
    [
      'a product of what is no number',
      first({ body: { kwh: '{{kwh*session}}' } }),
      '/steps/0/body/kwh',
      /session\}\} is no number .*: numbers are kwh/,
    ],
    ['a sum of nonsense', first({ body: { kwh: '{{kwh+}}' } }), '/steps/0/body/kwh', /no name, no time and no sum/],
    ['a name twice', { values: { kwh: 3, session: 1 } }, '/values/session', /that of \/ids\/session already/],
    ['a name with a meaning of its own', { values: { kwh: 3, n: 1 } }, '/values/n', /choose another name/],
    [
      'a piece that does not stand alone',
      { pieces: { x: { body: {} } }, ...first({ body: { kwh: 'a {{x}}' } }) },
      '/steps/0/body/kwh',
      /has to stand alone/,
    ],
    [
      'a piece that holds itself',
      { pieces: { x: { body: ['{{x}}'] } }, ...first({ body: '{{x}}' }) },
      '/pieces/x/body/0',
      /in pieces behind it/,
    ],
    ['times that go back', { steps: [STOP, PATCH] }, '/steps/1/at', /10 s, and the step before it at 20 s/],
    [
      'a path that is not whole',
      first({ params: { ...PATH, session_id: '' } }),
      '/steps/0/params',
      /sessions.patch needs "session_id"/,
    ],
    [
      'a path with too much',
      first({ params: { ...PATH, cdr: '1' } }),
      '/steps/0/params/cdr',
      /no "cdr": it has country_code, party_id, session_id/,
    ],
    [
      'a result that nobody asked for',
      { steps: [PATCH, RESULT] },
      '/steps/1/do',
      /nothing before it asks for a result/,
    ],
    [
      'a result to oneself',
      { steps: [PATCH, STOP, { ...RESULT, from: 'emsp' }] },
      '/steps/2/do',
      /nothing before it asks/,
    ],
    [
      'more of least than of most',
      first({ repeats: { least: 3, most: 2 } }),
      '/steps/0/repeats',
      /at least 3 and at most 2/,
    ],
    ['three parties', { parts: ['cpo', 'emsp', 'ptp'] }, '/parts', /between two parties; this one has cpo, emsp, ptp/],
    ['a part twice', { parts: ['cpo', 'cpo'] }, '/parts/1', /cpo stands there already/],
    [
      'an answer nobody can choose',
      { steps: [PATCH, STOP, { ...RESULT, answer: { answer: 'accept' } }] },
      '/steps/2/answer',
      /cannot be chosen/,
    ],
    [
      'an answer that is none',
      second({ answer: { answer: 'reject', result: 'NO' } }),
      '/steps/1/answer/result',
      /"NO" is no answer in 2.2.1; any of REJECTED/,
    ],
    [
      'a result that cannot follow',
      second({ answer: { answer: 'accept', later: 'SOON' } }),
      '/steps/1/answer/later',
      /"SOON" cannot follow in 2.2.1; any of ACCEPTED/,
    ],
  ])('with %s cannot be run', (_, changes, where, message) => {
    const { scenario, problems } = readScenario(JSON.stringify({ ...GOOD, ...changes }));
    expect(scenario).toBeUndefined();
    const errors = problems.filter(({ severity }) => severity === 'error');
    expect(errors).toContainEqual({ where, message: expect.stringMatching(message), severity: 'error' });
  });

  it.each<[string, Json, string, RegExp]>([
    [
      'an id that is used nowhere',
      { ids: { session: 'session', cdr: 'cdr' } },
      '/ids/cdr',
      /\{\{cdr\}\} is used nowhere/,
    ],
    [
      'a body of another type',
      first({ body: { kwh: 'much', last_updated: '{{at}}' } }),
      '/steps/0/body',
      /^OCPI 2.2.1: \/kwh is "much", where /,
    ],
    [
      'a body in a version of another type',
      first({ bodyIn: { '2.3.0': { kwh: [], last_updated: '{{at}}' } } }),
      '/steps/0/bodyIn/2.3.0',
      /^OCPI 2.3.0: \/kwh is /,
    ],
    [
      'a body where one is needed',
      second({ body: undefined, query: { x: '{{response_url}}' } }),
      '/steps/1/body',
      /commands.stop-session needs a body/,
    ],
    [
      'a parameter OCPI does not have',
      second({ query: { speed: '1' } }),
      '/steps/1/query/speed',
      /no parameter "speed"/,
    ],
    [
      'somebody who does not ask for it',
      {
        steps: [
          { ...PATCH, from: 'emsp' },
          { ...PATCH, at: 11 },
        ],
      },
      '/steps/0/from',
      /cpo has no RECEIVER interface of sessions/,
    ],
    [
      'a pointer outside the envelope',
      second({ expect: { equals: { '/result': 'ACCEPTED' } } }),
      '/steps/1/expect',
      /\/result is nothing of an answer/,
    ],
    [
      'more sent than awaited',
      first({ repeats: { least: 0, most: 2, times: 3 } }),
      '/steps/0/repeats/times',
      /3 times are sent, and 0 to 2/,
    ],
  ])('with %s can be run, and is told', (_, changes, where, message) => {
    const { scenario, problems } = readScenario(JSON.stringify({ ...GOOD, ...changes }));
    expect(scenario).toBeDefined();
    expect(problems).toContainEqual({ where, message: expect.stringMatching(message), severity: 'warning' });
  });
});
