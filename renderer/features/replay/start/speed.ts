import type { ReplayOptions } from '../../../../core/contract/replay.ts';

export type Speed = NonNullable<ReplayOptions['speed']>;

/** Those that stand as buttons. */
export const SPEEDS = ['1', '10', 'fast'] as const;
export type UsualSpeed = (typeof SPEEDS)[number];

const SLOWEST = 0.1;
const FASTEST = 1000;

/** `1`, `10x`, `2,5`, `fast`; undefined for anything else. */
export function readSpeed(text: string): Speed | undefined {
  const plain = text.trim().toLowerCase();
  if (plain === 'fast') return 'fast';
  const number = /^(\d+(?:[.,]\d+)?)\s*[x×]?$/.exec(plain)?.[1];
  if (number === undefined) return undefined;
  const speed = Number(number.replace(',', '.'));
  return speed >= SLOWEST && speed <= FASTEST ? speed : undefined;
}

export function printSpeed(speed: Speed): string {
  return String(speed);
}

/** `10×`; undefined where a word says it. */
export function speedWord(speed: Speed): string | undefined {
  return speed === 'fast' ? undefined : `${speed}×`;
}
