import { HealthThresholds } from '../contract/health.ts';
import { usageFailure } from './command.ts';
import { table } from './terminal.ts';

type Name = keyof HealthThresholds;

const NAMES = Object.keys(HealthThresholds.shape) as Name[];
/** What a threshold is called that nothing is ever over. */
const NEVER = 'never';
const YES_NO: Readonly<Record<string, boolean>> = { yes: true, no: false, true: true, false: false };

/** `silentHours=24`, `p95Ms=never`, `changes=no`, as thresholds. Fails as wrong usage, naming what is wrong. */
export function readThresholds(settings: readonly string[]): Partial<HealthThresholds> {
  const read: Record<string, unknown> = {};
  for (const setting of settings) {
    const [, name = '', text = ''] = /^(\w+)=(.*)$/s.exec(setting) ?? [];
    const known = NAMES.find(one => one.toLowerCase() === name.toLowerCase());
    if (known === undefined)
      throw usageFailure(
        `--set ${setting} names no threshold`,
        `Write NAME=VALUE; NAME is any of ${NAMES.join(', ')}.`,
      );
    read[known] = known === 'changes' ? YES_NO[text.toLowerCase()] : text === NEVER ? null : numberOf(text);
    const checked = HealthThresholds.shape[known].safeParse(read[known]);
    if (!checked.success) throw usageFailure(`--set ${setting} is no value of ${known}`, adviceFor(known));
  }
  return read;
}

function numberOf(text: string): number | undefined {
  return text.trim() === '' ? undefined : Number(text);
}

function adviceFor(name: Name): string {
  if (name === 'changes') return 'Write yes or no.';
  const share = name === 'errorRate' || name === 'availability' ? ', a share up to 1 such as 0.1' : '';
  return `Write a number${share}, or ${NEVER}.`;
}

/** A line each; what is set is marked. */
export function thresholdTable(thresholds: HealthThresholds, own: object, of: string): string {
  return table(NAMES.map(name => [name, wordsOf(thresholds[name]), Object.hasOwn(own, name) ? `set for ${of}` : '']));
}

function wordsOf(value: number | boolean | null): string {
  if (value === null) return NEVER;
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}
