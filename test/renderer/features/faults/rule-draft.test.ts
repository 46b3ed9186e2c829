import { describe, expect, it } from 'vitest';
import { type FaultKindView, FaultRuleText } from '../../../../core/contract/fault.ts';
import { viewKinds } from '../../../../core/workbench/faulting/kind-view.ts';
import { fieldsOf, heldOf } from '../../../../renderer/features/faults/editor/parameter-fields.ts';
import {
  blankDraft,
  draftOf,
  localMoment,
  type RuleDraft,
  readDraft,
  utcMoment,
} from '../../../../renderer/features/faults/editor/rule-draft.ts';

const kinds = await viewKinds();

const KIND: FaultKindView = {
  kind: 'transport.delay',
  family: 'transport',
  title: 'Delay',
  explain: 'Waits.',
  parameters: {
    type: 'object',
    properties: {
      ms: { type: 'integer', minimum: 0, maximum: 3_600_000, default: 3000, description: 'Milliseconds' },
      share: { type: 'number', minimum: 0, default: 0.5 },
      before: { type: 'string', enum: ['head', 'body', ''], default: 'head' },
      every: { type: 'boolean', default: false },
      names: { type: 'array', items: { type: 'string' }, default: [] },
      origin: {
        anyOf: [
          { type: 'string', const: '' },
          { type: 'string', format: 'uri' },
        ],
        default: '',
      },
      deep: { type: 'object', default: { a: 1 } },
    },
  },
  cases: [12],
  directions: ['answer', 'send'],
  operations: null,
  example: { before: '', after: '' },
};

const blank = blankDraft(KIND);
const typed = (change: Partial<RuleDraft>) => readDraft({ ...blank, ...change }, KIND);
const ruleOf = (change: Partial<RuleDraft>) => {
  const read = typed(change);
  if ('problems' in read) throw new Error(JSON.stringify([...read.problems]));
  return read.rule;
};
const problemsOf = (change: Partial<RuleDraft>) => {
  const read = typed(change);
  return 'problems' in read ? Object.fromEntries(read.problems) : {};
};

describe('the form of a kind', () => {
  it('asks for each parameter in the way its schema says', () => {
    expect(fieldsOf(KIND.parameters).map(({ name, type }) => `${name} ${type}`)).toEqual([
      'ms whole',
      'share number',
      'before choice',
      'every switch',
      'names texts',
      'origin text',
      'deep json',
    ]);
  });

  it('is there for every kind of the catalogue, and says nothing that is so anyway', () => {
    expect(kinds.length).toBeGreaterThan(100);
    for (const kind of kinds) {
      expect(readDraft(blankDraft(kind), kind), kind.kind).toMatchObject({ rule: { kind: kind.kind, parameters: {} } });
      for (const field of fieldsOf(kind.parameters)) {
        expect(field.type, `${kind.kind} ${field.name}`).not.toBe('json');
        expect(field.description, `${kind.kind} ${field.name}`).not.toBe('');
      }
    }
  });

  it('begins with the direction of a kind that has only one', () => {
    expect(blankDraft({ ...KIND, directions: ['send'] }).scope.direction).toBe('send');
    expect(blank.scope.direction).toBe('');
  });

  it('has what its fields hold again when a rule is opened', () => {
    const rule = FaultRuleText.parse({
      name: 'slow',
      kind: KIND.kind,
      parameters: { ms: 20, share: 0.25, before: '', every: true, names: ['a', 'b'], deep: [1] },
      scope: { link: 'acme', direction: 'answer', party: 'NL-TNM', from: '2026-11-22T09:40:00Z' },
      when: { everyNth: 3, probability: 0.125 },
      seed: 'again',
      armed: false,
      reachesRegistration: true,
    });
    expect(readDraft(draftOf(rule, KIND), KIND)).toEqual({ rule });
  });

  it('shows what stands there unless said', () => {
    const [ms, , , every, names] = fieldsOf(KIND.parameters);
    if (ms === undefined || every === undefined || names === undefined) throw new Error('fields are missing');
    expect(heldOf(ms, undefined)).toBe('3000');
    expect(heldOf(every, undefined)).toBe(false);
    expect(heldOf(names, ['a', 'b'])).toBe('a\nb');
  });
});

describe('what is typed', () => {
  it('becomes numbers, lists and JSON', () => {
    const parameters = { ...blank.parameters, ms: ' 20 ', share: '0,25', names: 'a\n\nb', deep: '{"a":2}' };
    expect(ruleOf({ parameters }).parameters).toEqual({ ms: 20, share: 0.25, names: ['a', 'b'], deep: { a: 2 } });
  });

  it('is refused at its field, with what is wrong', () => {
    const parameters = { ...blank.parameters, ms: '1.5', share: '-1', deep: '{' };
    expect(problemsOf({ parameters })).toEqual({
      'parameters.ms': 'whole',
      'parameters.share': 'least',
      'parameters.deep': 'json',
    });
    expect(problemsOf({ parameters: { ...blank.parameters, ms: 'soon' } })).toEqual({ 'parameters.ms': 'number' });
    expect(problemsOf({ parameters: { ...blank.parameters, ms: '3600001' } })).toEqual({ 'parameters.ms': 'most' });
    expect(problemsOf({ scope: { ...blank.scope, party: 'TNM' } })).toEqual({ 'scope.party': 'party' });
    expect(problemsOf({ when: { ...blank.when, nth: '0', probability: '120' } })).toEqual({
      'when.nth': 'count',
      'when.probability': 'share',
    });
    expect(problemsOf({ when: { ...blank.when, times: 'few' } })).toEqual({ 'when.times': 'count' });
    expect(problemsOf({ seed: ' ' })).toEqual({ seed: 'needed' });
    expect(problemsOf({ name: 'x'.repeat(101) })).toHaveProperty('name');
  });

  it('is a share in percent, exact where it can be', () => {
    expect(ruleOf({ when: { ...blank.when, probability: '12,5' } }).when).toEqual({ probability: 0.125 });
    expect(ruleOf({ when: { ...blank.when, probability: '33.3' } }).when).toEqual({ probability: 0.333 });
  });

  it('is a moment in local time, and travels as one of everywhere', () => {
    const moment = '2026-11-22T09:40:00Z';
    expect(utcMoment(localMoment(moment))).toBe(moment);
    expect(utcMoment(localMoment('2026-11-22T09:40:07Z'))).toBe('2026-11-22T09:40:07Z');
    // What is no moment as the page writes it stays, so that it is told.
    expect(utcMoment('1/2/2026')).toBe('1/2/2026');
    expect(localMoment('')).toBe('');
    expect(ruleOf({ scope: { ...blank.scope, until: localMoment(moment) } }).scope).toEqual({ until: moment });
  });

  it('says nothing of a field that is empty', () => {
    expect(ruleOf({})).toEqual({
      kind: KIND.kind,
      parameters: {},
      scope: {},
      when: {},
      seed: '1',
      armed: true,
      reachesRegistration: false,
    });
  });
});
