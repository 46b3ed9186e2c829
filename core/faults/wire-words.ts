import type { Draft, WireStep } from './draft.ts';

/** `3,000`. The format is made when it is needed first, as it takes 10 ms. */
export function grouped(count: number): string {
  number ??= new Intl.NumberFormat('en-US');
  return number.format(count);
}
let number: Intl.NumberFormat | undefined;

export const FOLLOW_UP_FIRST = 'what follows upon it first';

/** `3,000 ms`. */
export function milliseconds(ms: number): string {
  return `${grouped(Math.round(ms))} ms`;
}

/** What a draft does on the wire, in words, in order: `waited 3,000 ms`, `head`, `120 of 900 bytes`, `reset`. */
export function wireWords(draft: Draft): string[] {
  const { withheld, later, again = [], followUpFirst, handshake, message } = draft;
  if (withheld) return ['kept back'];
  const words: string[] = [];
  if (later !== undefined) {
    words.push(
      later.behindNext
        ? `left behind the next request for the same object, or after ${milliseconds(later.ms)}`
        : `left ${milliseconds(later.ms)} later`,
    );
  }
  if (handshake !== undefined) words.push(`TLS handshake with ${HANDSHAKES[handshake]}`);
  if (followUpFirst !== undefined) words.push(FOLLOW_UP_FIRST, `waited ${milliseconds(followUpFirst)}`);
  for (const step of draft.steps) words.push(...stepWords(step, message.body.length));
  return [...words, ...againWords(again)];
}

export function againWords(again: readonly number[]): string[] {
  return again.map(ms => `again after ${milliseconds(ms)}`);
}

const HANDSHAKES: Readonly<Record<NonNullable<Draft['handshake']>, string>> = {
  version: 'TLS 1.0 alone',
  cipher: 'ciphers that do not encrypt',
  alpn: 'a protocol nobody speaks',
};

/** `length`: of the message's body. */
export function stepWords(step: WireStep, length: number): string[] {
  switch (step.do) {
    case 'wait':
      return [`waited ${milliseconds(step.ms)}`];
    case 'head':
      return ['head'];
    case 'body': {
      const range = rangeOf(step, length);
      return length === 0 ? [] : [bodyWords(range, length) + rateWords(step.perSecond)];
    }
    case 'raw':
      return [`${bytes(step.bytes.length)}, no HTTP`];
    case 'end':
      return ['end'];
    case 'close':
      return ['close'];
    case 'reset':
      return ['reset'];
    case 'hang':
      return [`silence for ${milliseconds(step.ms)}`, 'reset'];
  }
}

/** The bytes of a body that a step sends; places beyond its end stand for the end. */
export function rangeOf({ from, to }: { from: number; to?: number }, length: number): { from: number; to: number } {
  const end = Math.min(Math.max(to ?? length, 0), length);
  return { from: Math.min(Math.max(from, 0), end), to: end };
}

/** `sent` bytes of a range that begins at `from`. */
export function bodyWords({ from, to }: { from: number; to: number }, length: number): string {
  if (from === 0 && to === length) return bytes(length);
  if (from === 0) return `${grouped(to)} of ${bytes(length)}`;
  return `bytes ${grouped(from)} to ${grouped(to)} of ${grouped(length)}`;
}

function rateWords(perSecond: number | undefined): string {
  return perSecond === undefined ? '' : ` at ${bytes(perSecond)}/s`;
}

function bytes(count: number): string {
  return `${grouped(count)} ${count === 1 ? 'byte' : 'bytes'}`;
}
