import { describe, expect, it } from 'vitest';
import { merge } from '../../../core/insight/detect/merge.ts';
import { DETECTOR_VERSION, type Finding, finding } from '../../../core/ocpi/findings.ts';
import { observed } from '../../support/observed.ts';
import { answer, list, weRead } from '../cases/messages.ts';

const old = (one: Finding): Finding => ({ ...one, detector: DETECTOR_VERSION - 1 });
const made = (...args: Parameters<typeof finding>) => finding(...args);
const FIELD = made('field.missing', { pointer: '/city', met: 'no field', expected: 'text' });
const FLOW = made('registration.no-call-back', { met: 'none', expected: 'a call' });

describe('findings of two detectors', () => {
  const exchange = (findings: readonly Finding[]) => observed({ ...weRead('/x', answer(list())), findings });

  it('replace what an older version said of the exchange, and keep what a flow said', () => {
    const other = made('field.null', { pointer: '/city', met: 'null', expected: 'text' });
    expect(merge(exchange([old(FIELD), old(FLOW)]), [other])).toEqual([old(FLOW), other]);
  });

  it('are told once where both say the same', () => {
    expect(merge(exchange([FIELD]), [FIELD])).toEqual([FIELD]);
    expect(merge(exchange([old(FIELD)]), [FIELD])).toEqual([FIELD]);
  });

  it('of a body that is not there any more are kept', () => {
    const whole = exchange([old(FIELD)]);
    expect(merge({ ...whole, request: { ...whole.request, shortened: true } }, [])).toEqual([old(FIELD)]);
    expect(merge(whole, [])).toEqual([]);
  });

  it('that decided the answer are kept', () => {
    const decided = old(made('authorization.unknown', { met: 'a token', expected: 'a known one' }));
    expect(merge(exchange([decided]), [])).toEqual([decided]);
  });
});
