import type { Command } from 'commander';
import type { Retention } from '../../contract/storage.ts';
import { usageFailure } from '../command.ts';
import { readDuration } from '../option-values.ts';
import { readSize, sizeText } from './size-text.ts';

const DAY = 24 * 60 * 60 * 1000;
const NONE = 'none';

export interface BoundTexts {
  readonly age?: string | undefined;
  readonly count?: string | undefined;
  readonly size?: string | undefined;
}

/** The bounds that are named; `none` takes one away. `options`: what they are called. */
export function readBounds(texts: BoundTexts, options: Required<BoundTexts>): Partial<Retention> {
  const bound = <T>(text: string | undefined, read: (text: string) => T): T | null | undefined =>
    text === undefined ? undefined : text === NONE ? null : read(text);
  const age = bound(texts.age, text => readDuration(options.age ?? '', text) / DAY);
  const count = bound(texts.count, text => readCount(options.count ?? '', text));
  const size = bound(texts.size, text => readSize(options.size ?? '', text));
  return {
    ...(age === undefined ? {} : { age }),
    ...(count === undefined ? {} : { count }),
    ...(size === undefined ? {} : { size }),
  };
}

function readCount(option: string, text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count >= 1 && /^\d+$/.test(text)) return count;
  throw usageFailure(`${option} ${text} is no number of exchanges`, 'Write a whole number from 1 on.');
}

/** `exchanges older than 90 days go`. */
export function boundsText({ age, count, size }: Retention): string {
  const bounds = [
    ...(age === null ? [] : [`exchanges older than ${Math.round(age * 100) / 100} days go`]),
    ...(count === null ? [] : [`the newest ${count.toLocaleString('en-US')} stay`]),
    ...(size === null ? [] : [`the oldest go while exchanges take more than ${sizeText(size)}`]),
  ];
  const what = bounds.length === 0 ? 'everything stays' : bounds.join('; ');
  return `${what}. What is pinned or noted stays, and so do imported session logs until they are removed.`;
}

export function withBoundOptions(command: Command): Command {
  return command
    .option('--older-than <age>', 'exchanges older than this go (30d, 12h)')
    .option('--keep <count>', 'so many of the newest stay')
    .option('--max-size <size>', 'the oldest go until exchanges take no more (2GB)');
}
