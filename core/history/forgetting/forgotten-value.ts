import { createHmac } from 'node:crypto';
import { ciKey } from '../../ocpi/ci-string.ts';
import { encodedValue } from './encoded-value.ts';

/**
 * A value that is to be erased, found in texts of one byte a character (UTF-8 read as Latin-1): whatever the case, and
 * whether its characters are written as they are, percent-encoded, escaped as in JSON, in UTF-16, or with what stands around
 * them in Base64. Only where it stands whole: `ABC1` is not found in `ABC12`.
 */
export interface ForgottenValue {
  /** What stands instead, in the case the value was given in; as long as it. */
  readonly pseudonym: string;
  /** It is so short that it is only looked for where a token or a contract is named. */
  readonly onlyNamed: boolean;
  /** Of the same length; undefined where it is not met. */
  replaced(text: string): { readonly text: string; readonly count: number } | undefined;
  /** How often it stands there whole, and how often as a part of something longer. */
  count(text: string): { readonly whole: number; readonly within: number };
}

export interface ForgottenValueOptions {
  readonly value: string;
  /** Without it nobody can tell the value from the pseudonym. */
  readonly salt: string;
  /** Grows where the pseudonym before was taken. */
  readonly attempt: number;
}

/** Shorter values stand in too much that has nothing to do with them. */
export const SHORTEST = 5;

/** Whether there is something in it that can be replaced. */
export function isForgettable(value: string): boolean {
  return /[a-z0-9]/i.test(value);
}

export function forgottenValue({ value, salt, attempt }: ForgottenValueOptions): ForgottenValue {
  const characters = [...value];
  const instead = standIns(value, salt, attempt);
  const onlyNamed = characters.length < SHORTEST;
  const all = characters
    .map((character, at) => (at === 0 ? patternOf(character) : `\\x00?${patternOf(character)}`))
    .join('');
  const pattern = new RegExp(all, 'g');
  const here = new RegExp(all, 'y');
  const tokens = characters.map(character => new RegExp(`\\x00?${patternOf(character)}`, 'y'));
  const stands = onlyNamed ? isNamed : isWhole;

  const replace = (met: string): string => {
    let at = 0;
    return tokens
      .map((token, index) => {
        token.lastIndex = at;
        const [written = ''] = token.exec(met) ?? [];
        at += written.length;
        return rewritten(written, instead[index] ?? '');
      })
      .join('');
  };

  const inBase64 = encodedValue(value, (bytes, start) => {
    here.lastIndex = start;
    const [met] = here.exec(bytes) ?? [];
    if (met === undefined) return undefined;
    const end = start + met.length;
    return { end, isWhole: stands(bytes, start, end), instead: replace(met) };
  });

  return {
    pseudonym: replace(Buffer.from(value, 'utf8').toString('latin1')).replace(/[\x80-\xff]+/g, bytes =>
      Buffer.from(bytes, 'latin1').toString('utf8'),
    ),
    onlyNamed,
    replaced(text) {
      let result = '';
      let copied = 0;
      let count = 0;
      pattern.lastIndex = 0;
      for (let met = pattern.exec(text); met !== null; met = pattern.exec(text)) {
        const end = met.index + met[0].length;
        if (!stands(text, met.index, end)) {
          // What begins inside of it may stand whole.
          pattern.lastIndex = met.index + 1;
          continue;
        }
        result += text.slice(copied, met.index) + replace(met[0]);
        copied = end;
        count++;
      }
      const plain = count === 0 ? text : result + text.slice(copied);
      const inside = inBase64?.replaced(plain);
      count += inside?.count ?? 0;
      return count === 0 ? undefined : { text: inside?.text ?? plain, count };
    },
    count(text) {
      let whole = 0;
      let within = 0;
      pattern.lastIndex = 0;
      for (let met = pattern.exec(text); met !== null; met = pattern.exec(text)) {
        if (stands(text, met.index, met.index + met[0].length)) whole++;
        else within++;
        pattern.lastIndex = met.index + 1;
      }
      const inside = inBase64?.count(text) ?? { whole: 0, within: 0 };
      return { whole: whole + inside.whole, within: within + inside.within };
    },
  };
}

/** For each character the small one that stands instead; empty: it stays. Digits stay digits, and hexadecimal stays so. */
function standIns(value: string, salt: string, attempt: number): readonly string[] {
  const letters = /^[^g-z]*$/i.test(value) ? 'abcdef' : 'abcdefghijklmnopqrstuvwxyz';
  for (let more = 0; ; more++) {
    const bytes = createHmac('sha512', salt)
      .update(`${attempt + more * 1000} ${ciKey(value)}`)
      .digest();
    const chosen = [...value].map((character, at) => {
      const drawn = bytes[at % bytes.length] ?? 0;
      if (/[0-9]/.test(character)) return String(drawn % 10);
      return /[a-z]/i.test(character) ? (letters[drawn % letters.length] ?? 'a') : '';
    });
    // A value of one letter could be drawn again.
    if ([...value].some((character, at) => chosen[at] !== '' && chosen[at] !== character.toLowerCase())) return chosen;
  }
}

/** Hexadecimal digits in either case. */
function hexPattern(code: number, digits: number): string {
  return code
    .toString(16)
    .padStart(digits, '0')
    .replace(/[a-f]/g, digit => `[${digit}${digit.toUpperCase()}]`);
}

/** All that may stand for a character. */
function patternOf(character: string): string {
  const cases = [...new Set([character.toLowerCase(), character.toUpperCase(), character])];
  const ways = cases.flatMap(written => {
    const bytes = [...Buffer.from(written, 'utf8')];
    const units = Array.from({ length: written.length }, (_, at) => written.charCodeAt(at));
    return [
      bytes.map(byte => `\\x${byte.toString(16).padStart(2, '0')}`).join(''),
      bytes.map(byte => `%(?:25)*${hexPattern(byte, 2)}`).join(''),
      units.map(unit => `\\\\+u${hexPattern(unit, 4)}`).join(''),
    ];
  });
  return `(?:${[...ways, ...(/["/\\]/.test(character) ? [`\\\\+\\${character}`] : [])].join('|')})`;
}

/** The stand-in, written as what it stands for was. */
function rewritten(written: string, standIn: string): string {
  if (standIn === '') return written;
  if (written.startsWith('\0')) return `\0${rewritten(written.slice(1), standIn)}`;
  if (written.length === 1) return isCapital(written) ? standIn.toUpperCase() : standIn;
  const was = String.fromCharCode(Number.parseInt(written.slice(-2), 16));
  const code = (isCapital(was) ? standIn.toUpperCase() : standIn).charCodeAt(0).toString(16);
  return written.slice(0, -2) + (/[A-F]/.test(written.slice(-2)) ? code.toUpperCase() : code);
}

function isCapital(character: string): boolean {
  return character >= 'A' && character <= 'Z';
}

/** Neither a letter nor a digit goes before or follows. */
function isWhole(text: string, start: number, end: number): boolean {
  const [before, after] = [text.slice(Math.max(0, start - 16), start), text.slice(end, end + 12)];
  const isWide = text.slice(start, end).includes('\0');
  const around = (beside: string) => (isWide ? beside.replaceAll('\0', '') : beside);
  return !endsInWord(around(before).slice(-8)) && !beginsWithWord(around(after).slice(0, 6));
}

function endsInWord(before: string): boolean {
  const [, percent, unicode] = /(?:%([0-9a-f]{2})|\\u([0-9a-f]{4}))$/i.exec(before) ?? [];
  const code = percent ?? unicode;
  if (code !== undefined) return isWordCode(code);
  return !/\\[bfnrt]$/.test(before) && /[a-z0-9]$/i.test(before);
}

function beginsWithWord(after: string): boolean {
  const [, percent, unicode] = /^(?:%([0-9a-f]{2})|\\+u([0-9a-f]{4}))/i.exec(after) ?? [];
  const code = percent ?? unicode;
  return code === undefined ? /^[a-z0-9]/i.test(after) : isWordCode(code);
}

function isWordCode(hex: string): boolean {
  return /[a-z0-9]/i.test(String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Members that hold a token, a contract, or the id of one. */
const NAMED_BEFORE = /(?:uid|token_uid|auth_id|contract_id|emaid|id)\\*"\s*:\s*\\*"$/i;
const IN_PATH_AFTER = /^(?:[/?#\s"\\]|$)/;

/** In JSON as the whole of such a member, in a URL as a whole segment, or all of the text, up to the seam of a key. */
function isNamed(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 40), start);
  const after = text.slice(end, end + 1);
  if (NAMED_BEFORE.test(before)) return after === '"' || after === '\\';
  if (start === 0) return after === '' || after === '\n';
  return before.endsWith('/') && !before.endsWith('//') && IN_PATH_AFTER.test(after);
}

/** UTF-8 as one byte a character. */
export function asBytes(text: string): string {
  return isAscii(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** The other way round. */
export function asText(bytes: string): string {
  return isAscii(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString('utf8');
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}
