import { describe, expect, it } from 'vitest';
import { readThresholds, thresholdTable } from '../../core/cli/health-thresholds.ts';
import { CommandFailure } from '../../core/cli/terminal.ts';
import { DEFAULT_THRESHOLDS } from '../../core/contract/health.ts';

describe('thresholds on the command line', () => {
  it('are written as name and value, without regard to case', () => {
    expect(readThresholds(['silenthours=48', 'p95Ms=never', 'changes=no', 'errorRate=0.25'])).toEqual({
      ...{ silentHours: 48, p95Ms: null, changes: false, errorRate: 0.25 },
    });
  });

  it.each([
    ['loudHours=3', '--set loudHours=3 names no threshold', 'Write NAME=VALUE; NAME is any of silentHours, '],
    ['silentHours', '--set silentHours names no threshold', 'Write NAME=VALUE; '],
    ['silentHours=-3', '--set silentHours=-3 is no value of silentHours', 'Write a number, or never.'],
    ['silentHours=', '--set silentHours= is no value of silentHours', 'Write a number, or never.'],
    ['errorRate=7', 'is no value of errorRate', 'Write a number, a share up to 1 such as 0.1, or never.'],
    ['changes=maybe', 'is no value of changes', 'Write yes or no.'],
  ])('%s is refused with what to write instead', (text, message, advice) => {
    let failure: unknown;
    try {
      readThresholds([text]);
    } catch (error) {
      failure = error;
    }
    if (!(failure instanceof CommandFailure)) throw new Error('it was not refused');
    expect(failure.failure).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining(message) });
    expect(failure.failure.advice).toContain(advice);
  });

  it('are shown a line each, with what was set', () => {
    const lines = thresholdTable({ ...DEFAULT_THRESHOLDS, silentHours: null }, { silentHours: null }, 'Acme');
    expect(lines.split('\n')).toHaveLength(Object.keys(DEFAULT_THRESHOLDS).length);
    expect(lines).toMatch(/^silentHours +never +set for Acme$/m);
    expect(lines).toMatch(/^pullHours +24$/m);
  });
});
