import { describe, expect, it } from 'vitest';
import type { PolicyLine } from '../../../../../core/contract/decisions.ts';
import { Policy } from '../../../../../core/contract/policy.ts';
import {
  answerOf,
  answersOf,
  commonAnswer,
  followingOf,
  readSeconds,
  resultsOf,
  withAnswer,
  withLater,
  withResult,
} from '../../../../../renderer/features/partners/policies/policy-lines.ts';

function line(policy: Partial<Policy> | undefined, more: Partial<PolicyLine> = {}): PolicyLine {
  return {
    operation: 'commands.start-session',
    module: 'commands',
    words: 'command, start session',
    set: policy !== undefined,
    policy: Policy.parse({ answer: 'simulate', ...policy }),
    options: [
      { answer: 'accept', result: 'ACCEPTED' },
      { answer: 'reject', result: 'REJECTED' },
      { answer: 'reject', result: 'NOT_SUPPORTED' },
    ],
    later: ['ACCEPTED', 'EVSE_OCCUPIED', 'none'],
    simulates: true,
    ...more,
  };
}

describe('what a partner is answered', () => {
  it('is as usual where nothing was set, and may be simulated only where there is something to simulate', () => {
    expect(answerOf(line(undefined))).toBe('usual');
    expect(answerOf(line({ answer: 'ask' }))).toBe('ask');
    expect(answersOf(line(undefined))).toContain('simulate');
    expect(answersOf(line(undefined, { simulates: false }))).not.toContain('simulate');
  });

  it('of a module is what all of its operations have in common', () => {
    expect(commonAnswer([line({ answer: 'ask' }), line({ answer: 'ask' })])).toBe('ask');
    expect(commonAnswer([line({ answer: 'ask' }), line(undefined)])).toBeUndefined();
  });

  it('offers the results of that answer, where there are several', () => {
    expect(resultsOf(line({ answer: 'reject' }))).toEqual(['REJECTED', 'NOT_SUPPORTED']);
    expect(resultsOf(line({ answer: 'accept' }))).toEqual([]);
    expect(resultsOf(line({ answer: 'ask' }))).toEqual([]);
    expect(resultsOf(line(undefined))).toEqual([]);
  });

  it('is followed by something only where it is a yes', () => {
    expect(followingOf(line({ answer: 'accept' }))).toContain('EVSE_OCCUPIED');
    expect(followingOf(line({ answer: 'reject' }))).toEqual([]);
    expect(followingOf(line(undefined))).toEqual([]);
  });

  it('forgets what belonged to another answer, and keeps how long one has', () => {
    const rejecting = line({ answer: 'reject', result: 'NOT_SUPPORTED', seconds: 45, otherwise: 'accept' });
    expect(withAnswer(rejecting, 'ask')).toEqual({ answer: 'ask', seconds: 45, otherwise: 'accept' });
    expect(withAnswer(rejecting, 'usual')).toBeNull();
  });

  it('takes a result and what follows, and lets go of them', () => {
    const accepting = line({ answer: 'accept', later: 'EVSE_OCCUPIED' });
    expect(withResult(accepting, 'ACCEPTED')).toMatchObject({ result: 'ACCEPTED', later: 'EVSE_OCCUPIED' });
    expect(withLater(accepting, '')).not.toHaveProperty('later');
    expect(withResult(line({ answer: 'reject', result: 'REJECTED' }), '')).not.toHaveProperty('result');
  });

  it('gives one between one second and five minutes', () => {
    expect(['1', ' 300 ', '20'].map(readSeconds)).toEqual([1, 300, 20]);
    expect(['0', '301', '', '2.5', '-1', 'soon'].map(readSeconds)).toEqual(Array(6).fill(undefined));
  });
});
