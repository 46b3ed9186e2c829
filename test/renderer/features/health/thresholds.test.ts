import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_THRESHOLDS, HealthThresholds } from '../../../../core/contract/health.ts';
import {
  draftOf,
  FIELDS,
  LINK_FIELDS,
  readDraft,
  readThreshold,
  sameDraft,
  type ThresholdDraft,
} from '../../../../renderer/features/health/thresholds/threshold-fields.ts';

function field(name: string) {
  const found = FIELDS.find(one => one.name === name);
  if (found === undefined) throw new Error(`no field ${name}`);
  return found;
}

function changed(draft: ThresholdDraft, name: keyof HealthThresholds, text: string): ThresholdDraft {
  return { ...draft, [name]: { mode: 'value', text } };
}

describe('the form of thresholds', () => {
  it('has a field for every threshold there is', () => {
    expect(FIELDS.map(({ name }) => name).sort()).toEqual(Object.keys(HealthThresholds.shape).sort());
  });

  it('reads back what it shows, shares as percent', () => {
    const draft = draftOf(DEFAULT_THRESHOLDS);
    expect(draft.errorRate).toEqual({ mode: 'value', text: '10' });
    expect(draft.inoperativeMinutes).toEqual({ mode: 'never', text: '' });
    expect(readDraft(draft)).toEqual({ thresholds: DEFAULT_THRESHOLDS, problems: {} });
  });

  it('keeps every share that can be written, digit for digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), hundredths => {
        const text = String(hundredths / 100);
        const share = readThreshold(text, field('errorRate'));
        expect(share).toBeTypeOf('number');
        expect(draftOf({ ...DEFAULT_THRESHOLDS, errorRate: Number(share) }).errorRate.text).toBe(text);
      }),
    );
  });

  it('of a link sends only what is its own; “as for all” is left to the others', () => {
    const draft = draftOf({ ...DEFAULT_THRESHOLDS, silentHours: 6 }, { silentHours: 6, tokenDays: null });
    expect(draft.silentHours.mode).toBe('value');
    expect(draft.tokenDays.mode).toBe('value');
    expect(draft.p95Ms).toEqual({ mode: 'general', text: '5000' });
    const own = { ...DEFAULT_THRESHOLDS, silentHours: 6, tokenDays: null };
    expect(readDraft(draftOf(own, { silentHours: 6, tokenDays: null })).thresholds).toEqual({
      silentHours: 6,
      tokenDays: null,
    });
  });

  it('says of each field what is wrong with it, and accepts a comma', () => {
    const silent = field('silentHours');
    expect(readThreshold(' 1,5 ', silent)).toBe(1.5);
    expect(readThreshold('', silent)).toBe('missing');
    expect(readThreshold('often', silent)).toBe('noNumber');
    expect(readThreshold('1e3', silent)).toBe('noNumber');
    expect(readThreshold('0', silent)).toBe('aboveZero');
    expect(readThreshold('-2', silent)).toBe('aboveZero');
    expect(readThreshold('-2', field('outOfOrderMinutes'))).toBe('zeroOrMore');
    expect(readThreshold('0', field('outOfOrderMinutes'))).toBe(0);
    expect(readThreshold('1.5', field('overdueCallbacks'))).toBe('whole');
    expect(readThreshold('101', field('availability'))).toBe('tooMuch');
  });

  it('leaves out what is wrong and names it', () => {
    const draft = changed(changed(draftOf(DEFAULT_THRESHOLDS), 'p95Ms', 'fast'), 'errorRate', '25');
    const { thresholds, problems } = readDraft(draft);
    expect(problems).toEqual({ p95Ms: 'noNumber' });
    expect(thresholds).toMatchObject({ errorRate: 0.25 });
    expect(thresholds).not.toHaveProperty('p95Ms');
  });

  it('whatever is typed, what is sent is what the contract takes', () => {
    const name = fc.constantFrom(...LINK_FIELDS.map(({ name }) => name));
    fc.assert(
      fc.property(name, fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String)), (name, text) => {
        const { thresholds } = readDraft(changed(draftOf(DEFAULT_THRESHOLDS), name, text));
        expect(HealthThresholds.partial().safeParse(thresholds).success).toBe(true);
      }),
    );
  });

  it('knows whether something was changed: what is typed where it does not count is no change', () => {
    const draft = draftOf(DEFAULT_THRESHOLDS);
    expect(sameDraft(draft, { ...draft, inoperativeMinutes: { mode: 'never', text: '30' } })).toBe(true);
    expect(sameDraft(draft, changed(draft, 'p95Ms', '5000 '))).toBe(true);
    expect(sameDraft(draft, changed(draft, 'p95Ms', '500'))).toBe(false);
    expect(sameDraft(draft, { ...draft, changes: { mode: 'never', text: '' } })).toBe(false);
  });
});
