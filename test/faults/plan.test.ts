import { describe, expect, it } from 'vitest';
import type { AnswerMessage } from '../../core/faults/draft.ts';
import type { FaultKind, Memory } from '../../core/faults/kind.ts';
import { workOn } from '../../core/faults/plan.ts';
import type { Rule } from '../../core/faults/rule.ts';
import { factsOf, ruleOf, STAMPING } from './made.ts';

const ANSWER: AnswerMessage = { side: 'answer', status: 200, statusText: 'OK', headers: [], body: bytes('body') };
const OTHER: AnswerMessage = { ...ANSWER, status: 401 };

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function work(rules: readonly Rule[], more: Partial<Parameters<typeof workOn>[0]> = {}) {
  const memory: Memory = { get: () => undefined, set: () => {} };
  const bugs: unknown[] = [];
  const atWork = workOn({
    chosen: rules.map(rule => ({ rule, hit: 3 })),
    facts: factsOf(),
    link: 'volta',
    memory: () => memory,
    token: () => undefined,
    onBug: (_, error) => bugs.push(error),
    ...more,
  });
  return { atWork, bugs };
}

const kindOf = (more: Partial<FaultKind>): FaultKind => ({ ...STAMPING, ...more });

describe('the rules at work on one message', () => {
  it('come one after the other in their order, and each tells what it did', () => {
    const rules = [
      ruleOf({ name: 'b', parameters: { words: '1' } }),
      ruleOf({ name: 'a', parameters: { words: '2' } }),
    ];
    const { draft, firings } = work(rules).atWork.alter(ANSWER);
    expect(new TextDecoder().decode(draft.message.body)).toBe('body12');
    expect(firings).toEqual([
      expect.objectContaining({
        rule: 'b',
        kind: 'envelope.stamping',
        hit: 3,
        did: 'wrote 1',
        applied: true,
        parameters: { words: '1' },
      }),
      expect.objectContaining({ rule: 'a', did: 'wrote 2', applied: true }),
    ]);
  });

  it('let the message go on as it was where one fails, and say so', () => {
    const kind = kindOf({
      alter: () => {
        throw new Error('a defect');
      },
    });
    const { atWork, bugs } = work([ruleOf({ kind }), ruleOf()]);
    const { draft, firings } = atWork.alter(ANSWER);
    expect(new TextDecoder().decode(draft.message.body)).toBe('body!');
    expect(firings[0]).toMatchObject({ applied: false, did: 'it failed, and nothing was changed: a defect' });
    expect(bugs).toHaveLength(1);
  });

  it('say why where there was nothing to do', () => {
    const kind = kindOf({ alter: () => ({ nothing: 'there is no data' }) });
    expect(work([ruleOf({ kind })]).atWork.alter(ANSWER).firings).toMatchObject([
      { applied: false, did: 'there is no data' },
    ]);
  });

  it('change what is asked before the answer is worked out, and tell of it together with what they did to the answer', () => {
    const asking = kindOf({ before: ask => ({ ask: { query: `${ask.query}&x=1` }, did: 'asked x' }) });
    const { alter: _, ...bare } = STAMPING;
    const only: FaultKind = { ...bare, before: ask => ({ ask: { query: `${ask.query}&y=2` }, did: 'asked y' }) };
    const idle: FaultKind = { ...bare, before: () => undefined };
    const { atWork } = work([ruleOf({ kind: asking }), ruleOf({ kind: only }), ruleOf({ kind: idle })]);
    expect(atWork.before({ query: 'limit=2' })).toEqual({ ask: { query: 'limit=2&x=1&y=2' } });
    expect(atWork.alter(ANSWER).firings.map(({ did, applied }) => [did, applied])).toEqual([
      ['asked x; wrote !', true],
      ['asked y', true],
      ['there was nothing to change in what was asked', false],
    ]);
  });

  it('stop asking where one gives the answer; the others still alter that one', () => {
    const asked: string[] = [];
    const answering = kindOf({ before: () => ({ answer: OTHER, did: 'answered 401' }) });
    const late = kindOf({
      before: () => {
        asked.push('late');
        return undefined;
      },
    });
    const { atWork } = work([ruleOf({ kind: answering }), ruleOf({ kind: late, parameters: { words: '?' } })]);
    const before = atWork.before({ query: '' });
    expect(before).toEqual({ answer: OTHER });
    expect(asked).toEqual([]);
    const { draft, firings } = atWork.alter(OTHER);
    expect(new TextDecoder().decode(draft.message.body)).toBe('body?');
    expect(firings.map(({ did }) => did)).toEqual(['answered 401', 'wrote ?']);
  });

  it('are joined, at their place, by those that had to see the answer first', () => {
    const [first, later, last] = [ruleOf({ name: '1' }), ruleOf({ name: '2' }), ruleOf({ name: '3' })];
    const { atWork } = work([first, last], { chooseLater: () => [{ rule: later, hit: 1 }] });
    expect(atWork.alter(ANSWER).firings.map(({ rule }) => rule)).toEqual(['1', '2', '3']);
  });

  it('draw the same numbers for the same hit, whatever else is at work', () => {
    const drawing = ruleOf({ name: 'draws', parameters: { words: '%' } });
    const alone = work([drawing]).atWork.alter(ANSWER).draft.message.body;
    const behind = work([ruleOf({ parameters: { words: '' } }), drawing]).atWork.alter(ANSWER).draft.message.body;
    expect(behind).toEqual(alone);
    const next = work([], { chosen: [{ rule: drawing, hit: 4 }] }).atWork.alter(ANSWER).draft.message.body;
    expect(next).not.toEqual(alone);
  });
});
