import type { FaultFiring } from '../../contract/fault.ts';
import type { WireAct } from './wire-act.ts';

export interface ToldWire {
  /** What was done on the wire, in words (core/faults/wire-words.ts). */
  readonly words: readonly string[];
  readonly firings: readonly Pick<FaultFiring, 'kind' | 'parameters' | 'applied'>[];
  /** Bytes of the body now: of what left of it, since no more than that is recorded. */
  readonly length: number;
  /** Without waits and slow bodies; silences stay, since they are how it ended. */
  readonly atOnce: boolean;
}

const COUNT = String.raw`([\d,]+)`;
const WAITED = new RegExp(`^waited (?:${COUNT} of )?${COUNT} ms$`);
const SILENCE = new RegExp(`^silence for (?:${COUNT} of )?${COUNT} ms$`);
const RAW = new RegExp(`^${COUNT} bytes?, no HTTP$`);
const WHOLE = new RegExp(`^${COUNT} bytes?(?: at ${COUNT} bytes?/s)?$`);
const BEGINNING = new RegExp(`^${COUNT} of ${COUNT} bytes?(?: at ${COUNT} bytes?/s)?$`);
const MIDDLE = new RegExp(`^bytes ${COUNT} to ${COUNT} of ${COUNT}(?: at ${COUNT} bytes?/s)?$`);

export interface ToldActs {
  readonly acts: readonly WireAct[];
  /** Bytes of the body that left then. */
  readonly left: number;
}

/**
 * An answer as faults had it leave, from the words they left behind; undefined where the words say nothing of it. The recorded
 * body is what left, piece behind piece.
 */
export function toldActs({ words, firings, length, atOnce }: ToldWire): ToldActs | undefined {
  const pieces = words.flatMap(word => pieceOf(word) ?? []);
  const left = pieces.reduce((sum, { bytes }) => sum + bytes, 0);
  const framed = firings.find(({ kind, applied }) => applied && kind === 'transport.malformed-chunk');
  if (framed !== undefined && pieces.length > 0) return { acts: wronglyFramed(framed.parameters, length), left };
  const acts: WireAct[] = [];
  let passed = 0;
  let from = 0;
  for (const word of words) {
    const piece = pieceOf(word);
    if (word === 'head' || word === 'end' || word === 'close') acts.push({ do: word });
    else if (word === 'reset') {
      // A silence ends with its reset by itself.
      if (acts.at(-1)?.do !== 'hang') acts.push({ do: 'reset' });
    } else if (WAITED.test(word)) {
      if (!atOnce) acts.push({ do: 'wait', ms: number(WAITED.exec(word)?.[2]) });
    } else if (SILENCE.test(word)) acts.push({ do: 'hang', ms: number(SILENCE.exec(word)?.[2]) });
    else if (RAW.test(word)) acts.push({ do: 'raw', bytes: noise(number(RAW.exec(word)?.[1])) });
    else if (piece !== undefined) {
      passed += piece.bytes;
      // Addresses that were moved make it longer or shorter than it was then.
      const to = passed === left ? length : Math.round((passed / left) * length);
      const { perSecond } = piece;
      acts.push({ do: 'body', from, to, ...(atOnce || perSecond === undefined ? {} : { perSecond }) });
      from = to;
    }
  }
  return acts.some(act => act.do !== 'wait') ? { acts, left } : undefined;
}

interface Piece {
  readonly bytes: number;
  readonly perSecond?: number;
}

function pieceOf(word: string): Piece | undefined {
  const [whole, all, wholeRate] = WHOLE.exec(word) ?? [];
  if (whole !== undefined) return { bytes: number(all), ...rated(wholeRate) };
  const [beginning, to, , rate] = BEGINNING.exec(word) ?? [];
  if (beginning !== undefined) return { bytes: number(to), ...rated(rate) };
  const [middle, first, last, , middleRate] = MIDDLE.exec(word) ?? [];
  return middle === undefined ? undefined : { bytes: number(last) - number(first), ...rated(middleRate) };
}

function rated(rate: string | undefined): { readonly perSecond?: number } {
  return rate === undefined ? {} : { perSecond: number(rate) };
}

/** A body in chunks that are wrong: recordings tell the length of their frames only, the fault's parameters tell the rest. */
function wronglyFramed({ wrong }: Readonly<Record<string, unknown>>, length: number): WireAct[] {
  const middle = Math.ceil(length / 2);
  const rest = length - middle;
  const size = wrong === 'length' ? Math.floor(rest / 2).toString(16) : wrong === 'end' ? rest.toString(16) : 'xyz';
  const raw = (text: string): WireAct => ({ do: 'raw', bytes: new TextEncoder().encode(text) });
  return [
    { do: 'head' },
    raw(`${middle.toString(16)}\r\n`),
    { do: 'body', from: 0, to: middle },
    raw(`\r\n${size}\r\n`),
    { do: 'body', from: middle },
    raw(wrong === 'end' ? '\r\n' : '\r\n0\r\n\r\n'),
    { do: 'close' },
  ];
}

/** Bytes that nobody takes for HTTP, as many as then: which they were is not recorded. */
function noise(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at === 0 ? 0x80 : (at * 151 + 7) % 256));
}

function number(text: string | undefined): number {
  return Number((text ?? '0').replaceAll(',', ''));
}
