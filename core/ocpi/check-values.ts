import { readDateTime } from './date-time.ts';
import type { EnumDefinition, Kind, TextDefinition } from './schema.ts';
import { hasControlCharacters, isLongerThan, isPrintableAscii } from './text-rules.ts';
import { readUrl } from './urls.ts';
import { type Check, REJECTED } from './walk.ts';

/** The check for a value that holds no other values; undefined for objects, lists and what may be absent. */
export function scalarCheck(kind: Kind): Check | undefined {
  switch (kind.kind) {
    case 'text':
      return checkText(kind);
    case 'url':
      return checkUrl;
    case 'date-time':
      return checkDateTime;
    case 'number':
      return checkNumber;
    case 'int':
      return checkInt(kind.digits);
    case 'boolean':
      return checkBoolean;
    case 'enum':
      return checkEnum(kind);
    case 'any':
      return value => value;
    default:
      return undefined;
  }
}

/** What 2.2+ allows in place of text that cannot be known, whatever the length of the field (digest 1.9). */
const NOT_AVAILABLE = '#NA';

function checkText({ type, maxLength = Number.POSITIVE_INFINITY, secret, anyLetters }: TextDefinition): Check {
  return (value, walk, depth) => {
    if (typeof value === 'number') {
      // Partners send numbers where short texts are due (T20).
      walk.find('type.number-for-string', depth, secret ? 'a number' : String(value), 'a string');
      return String(value);
    }
    if (typeof value !== 'string') return walk.mismatch(depth, value, 'a string', secret);
    if (value.length > maxLength && isLongerThan(value, maxLength) && value !== NOT_AVAILABLE) {
      const met = secret ? `${value.length} characters` : `${value.length} characters: ${value}`;
      walk.find('text.too-long', depth, met, `up to ${maxLength} characters`);
    }
    if (!isPrintableAscii(value)) {
      const met = secret ? `${value.length} characters` : JSON.stringify(value);
      if (hasControlCharacters(value)) walk.find('text.control-characters', depth, met, 'printable characters');
      else if (!anyLetters && (type === 'CiString' || walk.version === '2.1.1')) {
        walk.find('text.not-ascii', depth, met, 'printable ASCII');
      }
    }
    return value;
  };
}

const PLAIN_URL = /^https?:\/\/[^\s/?#@\\]+(?:[/?#]\S*)?$/i;

const checkUrl: Check = (value, walk, depth) => {
  if (typeof value !== 'string') return walk.mismatch(depth, value, 'a URL');
  if (value.length > 255 || !PLAIN_URL.test(value))
    walk.add(...readUrl(value, { pointer: walk.pointer(depth) }).findings);
  return value;
};

/** Spellings that need no second look: every match exists, and is at most 25 characters long. 29 February is looked at. */
const PLAIN_DATE_TIME =
  /^\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,4})?Z?$/;

const checkDateTime: Check = (value, walk, depth) => {
  if (typeof value !== 'string') return walk.mismatch(depth, value, 'a date and time');
  if (PLAIN_DATE_TIME.test(value)) return value;
  const { epochMs, findings } = readDateTime(value, walk.version, walk.pointer(depth));
  if (findings.length > 0) walk.add(...findings);
  return epochMs === undefined ? REJECTED : value;
};

const NUMERIC = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

const checkNumber: Check = (value, walk, depth) => {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !NUMERIC.test(value.trim())) return walk.mismatch(depth, value, 'a number');
  walk.find('type.string-for-number', depth, JSON.stringify(value), 'a number');
  return Number(value);
};

function checkInt(digits: number | undefined): Check {
  const limit = digits === undefined ? Number.POSITIVE_INFINITY : 10 ** digits;
  return (value, walk, depth) => {
    const number = checkNumber(value, walk, depth);
    if (typeof number !== 'number') return number;
    if (!Number.isInteger(number)) walk.find('number.not-integer', depth, String(number), 'a whole number');
    if (Math.abs(number) >= limit) walk.find('number.too-many-digits', depth, String(number), `up to ${digits} digits`);
    return number;
  };
}

const checkBoolean: Check = (value, walk, depth) => {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (text !== 'true' && text !== 'false') return walk.mismatch(depth, value, 'true or false');
  walk.find('type.string-for-boolean', depth, JSON.stringify(value), 'true or false without quotes');
  return text === 'true';
};

function checkEnum({ name, values, unknown }: EnumDefinition): Check {
  const known = new Set<unknown>(values);
  const bySpelling = new Map(values.map(value => [value.toLowerCase(), value]));
  return (value, walk, depth) => {
    if (known.has(value)) return value;
    if (typeof value !== 'string') return walk.mismatch(depth, value, `a value of ${name}`);
    const meant = bySpelling.get(value.trim().toLowerCase());
    if (meant !== undefined) {
      walk.find('enum.case', depth, value, meant);
      return meant;
    }
    if (unknown === 'accept') return value;
    const reject = unknown === 'reject';
    walk.find(reject ? 'enum.undecidable' : 'enum.unknown', depth, value, `${name}: ${values.join(', ')}`);
    return reject ? REJECTED : value;
  };
}
