import type { Finding } from './findings.ts';
import { scanJson } from './scan-json.ts';

/** Where a value begins in a JSON text. Lines and columns count from 1, columns in UTF-16 units. */
export interface JsonPlace {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  /** False where the pointer leads to nothing, and this is the place of the value it would stand in. */
  readonly exact: boolean;
  /** How a number is written: `0.1000`, `1e3`, seventeen digits and more (T45). */
  readonly numberText?: string;
}

/** The wanted pointers as a tree of their steps. */
interface Wanted {
  readonly steps: Map<string, Wanted>;
  offset?: number;
  numberText?: string;
}

/**
 * The places that JSON pointers (RFC 6901) lead to in a text, by pointer. One pass for all of them, without recursion. Of a
 * name that occurs twice the last one counts, as it does for `JSON.parse`; a text that breaks off yields what stands before.
 * A byte order mark at the beginning is passed over.
 */
export function jsonPlaces(text: string, pointers: Iterable<string>): ReadonlyMap<string, JsonPlace> {
  const asked = [...new Set(pointers)];
  const root: Wanted = { steps: new Map() };
  for (const pointer of asked) want(root, stepsOf(pointer));
  scan(text, root);
  const lines = lineBeginnings(text);
  const places = new Map<string, JsonPlace>();
  for (const pointer of asked) {
    const found = nearest(root, stepsOf(pointer));
    if (found) places.set(pointer, placeAt(found, lines));
  }
  return places;
}

/** Findings with the numbers they met as they are written in the text, not as a double shows them. */
export function withNumberTexts(findings: readonly Finding[], text: string): readonly Finding[] {
  const numeric = findings.filter(({ met }) => NUMBER.test(met));
  if (numeric.length === 0) return findings;
  const places = jsonPlaces(
    text,
    numeric.map(({ pointer }) => pointer),
  );
  return findings.map(found => {
    const place = places.get(found.pointer);
    if (!place?.exact || place.numberText === undefined || String(Number(place.numberText)) !== found.met) return found;
    return { ...found, met: place.numberText };
  });
}

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The steps of a JSON pointer; none for the empty one and for what is no pointer (`header:Link`). */
export function stepsOf(pointer: string): string[] {
  if (!pointer.startsWith('/')) return [];
  return pointer
    .slice(1)
    .split('/')
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function want(root: Wanted, steps: readonly string[]): void {
  let at = root;
  for (const step of steps) {
    const next = at.steps.get(step) ?? { steps: new Map() };
    at.steps.set(step, next);
    at = next;
  }
}

interface Nearest {
  readonly offset: number;
  readonly exact: boolean;
  readonly numberText: string | undefined;
}

function nearest(root: Wanted, steps: readonly string[]): Nearest | undefined {
  if (root.offset === undefined) return undefined;
  let at = root;
  for (const step of steps) {
    const next = at.steps.get(step);
    if (next?.offset === undefined) return { offset: at.offset ?? 0, exact: false, numberText: undefined };
    at = next;
  }
  return { offset: at.offset ?? 0, exact: true, numberText: at.numberText };
}

function scan(text: string, root: Wanted): void {
  scanJson<Wanted>(text, {
    root,
    member: (of, name) => {
      const wanted = of.steps.get(name) ?? NOBODY;
      if (wanted !== NOBODY) forget(wanted);
      return wanted;
    },
    element: (of, index) => of.steps.get(String(index)) ?? NOBODY,
    begins: (wanted, start) => {
      if (wanted !== NOBODY) wanted.offset ??= start;
    },
    scalar: (wanted, { start, quoted, value }) => {
      if (!quoted && wanted.offset === start) wanted.numberText = value;
    },
    object: wanted => wanted,
    closed: () => {},
  });
}

/** Stands for values that no pointer leads to. */
const NOBODY: Wanted = { steps: new Map() };

/** What an earlier field of the same name held counts no more. */
function forget(wanted: Wanted): void {
  if (wanted.offset === undefined) return;
  delete wanted.offset;
  delete wanted.numberText;
  for (const next of wanted.steps.values()) forget(next);
}

function lineBeginnings(text: string): readonly number[] {
  const beginnings = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) beginnings.push(at + 1);
  return beginnings;
}

function placeAt({ offset, exact, numberText }: Nearest, lines: readonly number[]): JsonPlace {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lines[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const column = offset - (lines[low] ?? 0) + 1;
  return { offset, line: low + 1, column, exact, ...(numberText !== undefined && { numberText }) };
}
