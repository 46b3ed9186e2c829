/** What stands between `{{` and `}}`, read. */
export type Slot =
  /** A time so many milliseconds after the begin; `each` is added for every repetition. */
  | { readonly kind: 'time'; readonly ms: number; readonly each: number }
  /** One name alone: an id, a value, a party's code. */
  | { readonly kind: 'name'; readonly name: string }
  /** A sum of products of numbers and names of numbers. */
  | { readonly kind: 'sum'; readonly terms: readonly (readonly (number | string)[])[] }
  | { readonly kind: 'wrong'; readonly reason: string };

/** What the slots of one message stand for. */
export interface SlotValues {
  /** Milliseconds since the epoch at which the flow begins. */
  readonly begin: number;
  /** Of the repetition, from 1 on. */
  readonly n: number;
  /** A JSON value; undefined: there is nothing of this name. */
  named(name: string): unknown;
}

const SLOT = /\{\{([^{}]*)\}\}/g;
const ALONE = /^\{\{([^{}]*)\}\}$/;
const TIME = /^at\b/;
const OFFSET = /([+-])(\d{2,}):([0-5]\d):([0-5]\d)(\*n)?/y;
const NAME = /^[a-z][a-z0-9_-]*$/;
const NUMBER = /^-?\d+(\.\d+)?$/;
/** OCPI's numbers have four decimals unless a table says otherwise (digest 5). */
const DECIMALS = 10_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const SECOND_MS = 1000;

/** The slots of a text, in order. */
export function slotsOf(text: string): Slot[] {
  return Array.from(text.matchAll(SLOT), ([, inside = '']) => readSlot(inside));
}

/** Names that have to mean something for a slot to be filled. */
export function namesIn(slot: Slot): string[] {
  if (slot.kind === 'name') return [slot.name];
  return slot.kind === 'sum' ? slot.terms.flat().filter(factor => typeof factor === 'string') : [];
}

/** Every text of a JSON value, with its JSON pointer, names of fields left out. */
export function* textsOf(value: unknown, pointer = ''): Generator<{ readonly text: string; readonly pointer: string }> {
  if (typeof value === 'string') yield { text: value, pointer };
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inside] of Object.entries(value)) {
      yield* textsOf(inside, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    }
  }
}

/** A JSON value with its slots filled; a text that is one slot alone becomes what that stands for. */
export function fill(value: unknown, values: SlotValues): unknown {
  if (typeof value === 'string') {
    const [, alone] = ALONE.exec(value) ?? [];
    return alone === undefined ? fillText(value, values) : fillSlot(readSlot(alone), values);
  }
  if (Array.isArray(value)) return value.map(inside => fill(inside, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, fill(inside, values)]));
}

/** As `fill`, where only a text is of use: in a path, a query, a prompt. */
export function fillText(text: string, values: SlotValues): string {
  return text.replace(SLOT, (_, inside: string) => String(fillSlot(readSlot(inside), values)));
}

function readSlot(inside: string): Slot {
  const text = inside.trim();
  if (TIME.test(text)) return readTime(text);
  if (NAME.test(text)) return { kind: 'name', name: text };
  const terms = text.split('+').map(term => term.split('*').map(factor => readFactor(factor.trim())));
  if (terms.flat().includes(undefined))
    return { kind: 'wrong', reason: 'it is no name, no time and no sum of products' };
  return { kind: 'sum', terms: terms as (number | string)[][] };
}

function readFactor(text: string): number | string | undefined {
  if (NUMBER.test(text)) return Number(text);
  return NAME.test(text) ? text : undefined;
}

function readTime(text: string): Slot {
  let [ms, each] = [0, 0];
  const offsets = text.slice('at'.length).replaceAll(/\s+/g, '');
  OFFSET.lastIndex = 0;
  while (OFFSET.lastIndex < offsets.length) {
    const [, sign, hours, minutes, seconds, repeated] = OFFSET.exec(offsets) ?? [];
    if (sign === undefined) return { kind: 'wrong', reason: 'a time is written as {{at}} or {{at +HH:MM:SS}}' };
    const length = Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS + Number(seconds) * SECOND_MS;
    const signed = sign === '-' ? -length : length;
    if (repeated === undefined) ms += signed;
    else each += signed;
  }
  return { kind: 'time', ms, each };
}

/** A slot that cannot be filled stays as it was written: who reads a scenario has been told (`readScenario`). */
function fillSlot(slot: Slot, { begin, n, named }: SlotValues): unknown {
  const meant = (name: string) => (name === 'n' ? n : named(name));
  if (slot.kind === 'time') return new Date(begin + slot.ms + slot.each * n).toISOString().replace('.000Z', 'Z');
  if (slot.kind === 'name') return meant(slot.name) ?? `{{${slot.name}}}`;
  if (slot.kind === 'wrong') return '';
  const number = (factor: number | string) => Number(typeof factor === 'string' ? meant(factor) : factor);
  const sum = slot.terms.reduce(
    (all, term) => all + term.reduce<number>((product, one) => product * number(one), 1),
    0,
  );
  return Math.round(sum * DECIMALS) / DECIMALS;
}
