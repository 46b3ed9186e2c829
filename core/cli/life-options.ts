import { SetLife } from '../contract/life.ts';
import { usageFailure } from './command.ts';

export interface LifeFlags {
  readonly speed?: string;
  readonly charges?: string;
  readonly arrivals?: string;
}

const MEANING = {
  speed: 'A number from 1 to 1000.',
  charges: 'A whole number from 0 to 10000.',
  arrivals: 'A number from 0 to 60.',
} as const;

/** `--speed`, `--charges` and `--arrivals`, as far as they are given. */
export function readLife(flags: LifeFlags): SetLife {
  const read: Record<string, number> = {};
  for (const name of ['speed', 'charges', 'arrivals'] as const) {
    const text = flags[name];
    if (text === undefined) continue;
    const value = SetLife.shape[name].safeParse(text.trim() === '' ? Number.NaN : Number(text));
    if (!value.success || value.data === undefined) {
      throw usageFailure(`--${name} ${text} is out of range`, MEANING[name]);
    }
    read[name] = value.data;
  }
  return read;
}
