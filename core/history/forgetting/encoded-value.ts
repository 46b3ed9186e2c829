/** Whether the value stands at a place of what a text in Base64 says; `instead`: of the same length. */
export type MeetsAt = (
  bytes: string,
  start: number,
) => { readonly end: number; readonly isWhole: boolean; readonly instead: string } | undefined;

/** A value as it stands in Base64, in either alphabet: between other bytes, in any case, at any of the three places in a group. */
export interface EncodedValue {
  replaced(text: string): { readonly text: string; readonly count: number } | undefined;
  count(text: string): { readonly whole: number; readonly within: number };
}

/** Bytes of the value before the first group that lies in it whole, by which bytes of another group it begins with. */
const BEFORE_GROUP = [0, 2, 1] as const;
/** Characters looked at around, to tell whether it stands whole: some groups. */
const AROUND = 12;
const IN_BASE64 = /[A-Za-z0-9+/_-]/;
const ASCII = /^[\x20-\x7e]+$/;

/** Undefined where it cannot be told from anything else: of fewer than five characters, or beyond ASCII. */
export function encodedValue(value: string, meetsAt: MeetsAt): EncodedValue | undefined {
  if (value.length < 5 || !ASCII.test(value)) return undefined;
  const groups = BEFORE_GROUP.map(before => `(${groupsOf(value.slice(before, before + 3)).join('|')})`);
  const pattern = new RegExp(groups.join('|'), 'g');
  const needed = Math.ceil((value.length * 4) / 3) + AROUND;

  /** Gives what stands at each place, and lets the text be another from there on. */
  const each = (given: string, met: (place: Place) => void): string => {
    let text = given;
    pattern.lastIndex = 0;
    for (let hit = pattern.exec(text); hit !== null; hit = pattern.exec(text)) {
      const at = hit.index;
      pattern.lastIndex = at + 1;
      const before = BEFORE_GROUP[hit.slice(1).findIndex(group => group !== undefined)] ?? 0;
      const from = at - 4 * Math.floor(reach(text, at, -1, AROUND + 4) / 4);
      const to = at + 4 + reach(text, at + 3, 1, needed);
      const written = text.slice(from, to);
      const bytes = Buffer.from(written, 'base64').toString('latin1');
      const start = ((at - from) / 4) * 3 - before;
      // As nobody writes it: what stands there is something else.
      if (start < 0 || encoded(bytes, written) !== written) continue;
      const found = meetsAt(bytes, start);
      if (found === undefined) continue;
      met({ isWhole: found.isWhole });
      if (!found.isWhole) continue;
      const changed = bytes.slice(0, start) + found.instead + bytes.slice(found.end);
      text = text.slice(0, from) + encoded(changed, written) + text.slice(to);
    }
    return text;
  };

  return {
    replaced(text) {
      let count = 0;
      const changed = each(text, ({ isWhole }) => {
        if (isWhole) count++;
      });
      return count === 0 ? undefined : { text: changed, count };
    },
    count(text) {
      let whole = 0;
      let within = 0;
      each(text, ({ isWhole }) => {
        if (isWhole) whole++;
        else within++;
      });
      return { whole, within };
    },
  };
}

interface Place {
  readonly isWhole: boolean;
}

/** How three bytes may be written, in any case and either alphabet. */
function groupsOf(three: string): string[] {
  const cases = [...three].reduce<string[]>(
    (made, character) =>
      [...new Set([character.toLowerCase(), character.toUpperCase()])].flatMap(one => made.map(text => text + one)),
    [''],
  );
  return cases.map(text =>
    Buffer.from(text, 'latin1').toString('base64').replaceAll('+', '[+-]').replaceAll('/', '[/_]'),
  );
}

/** How many characters of Base64 lie beside a place. */
function reach(text: string, at: number, step: 1 | -1, most: number): number {
  let count = 0;
  while (count < most && IN_BASE64.test(text.charAt(at + step * (count + 1)))) count++;
  return count;
}

/** In the alphabet of what was written, as long as it: without the padding, which stays where it is. */
function encoded(bytes: string, written: string): string {
  const url = /[-_]/.test(written);
  return Buffer.from(bytes, 'latin1')
    .toString(url ? 'base64url' : 'base64')
    .slice(0, written.length);
}
