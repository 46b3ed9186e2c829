import { isJsonObject, type JsonObject } from '../ocpi/json-value.ts';

/** A member that is a text; undefined for anything else. */
export function textOf(json: unknown, name: string): string | undefined {
  const value = isJsonObject(json) ? json[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** A member that is a finite number, or a text that writes one. */
export function numberOf(json: unknown, name: string): number | undefined {
  return asNumber(isJsonObject(json) ? json[name] : undefined);
}

export function asNumber(value: unknown): number | undefined {
  if (typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value)) return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function objectOf(json: unknown, name: string): JsonObject | undefined {
  const value = isJsonObject(json) ? json[name] : undefined;
  return isJsonObject(value) ? value : undefined;
}

export function listOf(json: unknown, name: string): readonly unknown[] | undefined {
  const value = isJsonObject(json) ? json[name] : undefined;
  return Array.isArray(value) ? value : undefined;
}

/** Seconds count from here on as milliseconds: 1973 in the one, the year 5138 in the other. */
const FEWEST_MILLISECONDS = 1e11;

/** A moment as milliseconds since the epoch: RFC 3339, seconds or milliseconds; undefined where it says none. */
export function momentOf(value: unknown): number | undefined {
  const number = asNumber(value);
  if (number !== undefined) return number > 0 ? (number < FEWEST_MILLISECONDS ? number * 1000 : number) : undefined;
  if (typeof value !== 'string') return undefined;
  const parsed = Date.parse(value.trim());
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** Bytes of a Base64 text; undefined where it is none. */
export function base64Bytes(text: string): Uint8Array | undefined {
  return /^[A-Za-z0-9+/_\s-]*={0,2}\s*$/.test(text) ? new Uint8Array(Buffer.from(text, 'base64')) : undefined;
}

export function textBytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf8'));
}

/** `[{ name, value }]`, `[[name, value]]`, `{ name: value or values }`, or the lines of a head; undefined for nothing. */
export function headersOf(value: unknown): [string, string][] | undefined {
  if (typeof value === 'string') {
    return value.split(/\r?\n/).flatMap(line => {
      const colon = line.indexOf(':');
      return colon > 0 ? [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]] : [];
    });
  }
  if (Array.isArray(value)) return value.flatMap(headerLine);
  if (!isJsonObject(value)) return undefined;
  return Object.entries(value).flatMap(([name, given]) =>
    (Array.isArray(given) ? given : [given]).flatMap((one): [string, string][] =>
      one === null || typeof one === 'object' ? [] : [[name, String(one)]],
    ),
  );
}

function headerLine(line: unknown): [string, string][] {
  if (typeof line === 'string') return headersOf(line) ?? [];
  const [name, value] = Array.isArray(line)
    ? line
    : [textOf(line, 'name'), isJsonObject(line) ? line['value'] : undefined];
  if (typeof name !== 'string' || name === '') return [];
  return [[name, typeof value === 'string' ? value : value === undefined || value === null ? '' : String(value)]];
}
