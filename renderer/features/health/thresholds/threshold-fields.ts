import type { HealthThresholds } from '../../../../core/contract/health.ts';

export type ThresholdName = keyof HealthThresholds;

/** How the number of a threshold is written, and what it may be. */
export interface ThresholdField {
  readonly name: ThresholdName;
  readonly unit: 'hours' | 'percent' | 'ms' | 'results' | 'days' | 'minutes' | 'none';
  /** What is written, of what is kept: 100 for a share in percent. */
  readonly scale: number;
  readonly zero: boolean;
  readonly whole: boolean;
  readonly most: number | undefined;
}

const plain = { scale: 1, zero: false, whole: false, most: undefined } as const;

/** Of links, in the order of the form. */
export const LINK_FIELDS: readonly ThresholdField[] = [
  { ...plain, name: 'silentHours', unit: 'hours' },
  { ...plain, name: 'pullHours', unit: 'hours' },
  { ...plain, name: 'errorRate', unit: 'percent', scale: 100, most: 100 },
  { ...plain, name: 'p95Ms', unit: 'ms' },
  { ...plain, name: 'overdueCallbacks', unit: 'results', whole: true },
  { ...plain, name: 'tokenDays', unit: 'days' },
  { ...plain, name: 'changes', unit: 'none' },
];

/** Of locations. */
export const LOCATION_FIELDS: readonly ThresholdField[] = [
  { ...plain, name: 'outOfOrderMinutes', unit: 'minutes', zero: true },
  { ...plain, name: 'inoperativeMinutes', unit: 'minutes', zero: true },
  { ...plain, name: 'stuckDays', unit: 'days' },
  { ...plain, name: 'availability', unit: 'percent', scale: 100, most: 100 },
];

export const FIELDS = [...LINK_FIELDS, ...LOCATION_FIELDS];

/** `general`: as for all links; only a link has that choice. */
export type ThresholdMode = 'general' | 'value' | 'never';

export interface ThresholdEntry {
  readonly mode: ThresholdMode;
  /** As typed; what it was before where it does not count now. */
  readonly text: string;
}

export type ThresholdDraft = Readonly<Record<ThresholdName, ThresholdEntry>>;

export type ThresholdProblem = 'missing' | 'noNumber' | 'aboveZero' | 'zeroOrMore' | 'whole' | 'tooMuch';

type Value = HealthThresholds[ThresholdName];

/** A threshold in the unit of its field: `10` for a share of 0.1. */
export function printThreshold(value: Value, { scale }: ThresholdField): string {
  if (typeof value !== 'number') return '';
  // 0.07 * 100 is 7.000000000000001.
  return String(Number((value * scale).toPrecision(12)));
}

/** As the core tells them. */
export type OwnThresholds = { readonly [Name in ThresholdName]?: HealthThresholds[Name] | undefined };

/** The form as it begins. `own`: of the link alone; absent for the general ones. */
export function draftOf(thresholds: HealthThresholds, own?: OwnThresholds): ThresholdDraft {
  const entry = (field: ThresholdField): ThresholdEntry => {
    const value = thresholds[field.name];
    const text = printThreshold(value, field);
    if (own !== undefined && own[field.name] === undefined) return { mode: 'general', text };
    return { mode: value === null || value === false ? 'never' : 'value', text };
  };
  return Object.fromEntries(FIELDS.map(field => [field.name, entry(field)])) as Record<ThresholdName, ThresholdEntry>;
}

export interface ReadDraft {
  /** Those that are not as for all links. */
  readonly thresholds: Partial<HealthThresholds>;
  readonly problems: Readonly<Partial<Record<ThresholdName, ThresholdProblem>>>;
}

export function readDraft(draft: ThresholdDraft): ReadDraft {
  const thresholds: Partial<Record<ThresholdName, Value>> = {};
  const problems: Partial<Record<ThresholdName, ThresholdProblem>> = {};
  for (const field of FIELDS) {
    const { mode, text } = draft[field.name];
    if (mode === 'general') continue;
    if (field.unit === 'none') thresholds[field.name] = mode === 'value';
    else if (mode === 'never') thresholds[field.name] = null;
    else {
      const number = readThreshold(text, field);
      if (typeof number === 'number') thresholds[field.name] = number;
      else problems[field.name] = number;
    }
  }
  return { thresholds: thresholds as Partial<HealthThresholds>, problems };
}

/** The number that is kept, or what is wrong with the text. A comma stands for a point. */
export function readThreshold(text: string, field: ThresholdField): number | ThresholdProblem {
  const typed = text.trim().replace(',', '.');
  if (typed === '') return 'missing';
  if (!/^-?\d{1,9}(\.\d{1,6})?$/.test(typed)) return 'noNumber';
  const number = Number(typed);
  if (number < 0 || (number === 0 && !field.zero)) return field.zero ? 'zeroOrMore' : 'aboveZero';
  if (field.whole && !Number.isInteger(number)) return 'whole';
  if (field.most !== undefined && number > field.most) return 'tooMuch';
  return Number((number / field.scale).toPrecision(12));
}

/** Whether two drafts mean the same: what is typed where it does not count is no difference. */
export function sameDraft(left: ThresholdDraft, right: ThresholdDraft): boolean {
  return FIELDS.every(({ name, unit }) => {
    const [one, other] = [left[name], right[name]];
    if (one.mode !== other.mode) return false;
    return one.mode !== 'value' || unit === 'none' || one.text.trim() === other.text.trim();
  });
}
