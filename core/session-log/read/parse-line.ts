import type { ZodError } from 'zod';
import { jsonFault } from '../../ocpi/json-fault.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { EndLine, HeaderLine, LogRecord } from '../format/records.ts';
import { type FormatStep, stepped } from './steps.ts';

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  /** A clause: `it is no JSON: ...`. */
  | { readonly ok: false; readonly reason: string };

const TYPES: ReadonlySet<unknown> = new Set(LogRecord.options.map(option => option.shape.type.value));
/** No line of ours is as deep; what is passed on runs nobody out of stack. */
const DEEPEST = 100;
const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The JSON object of a line. Never throws, whatever the bytes are. */
export function parseObject(bytes: Uint8Array): Parsed<JsonObject> {
  const text = decoded(bytes);
  if (text === undefined) return { ok: false, reason: 'it is no UTF-8' };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, reason: noJson(text) };
  }
  if (!isJsonObject(json)) return { ok: false, reason: 'it is JSON but no object' };
  const hostile = hostility(json);
  return hostile === undefined ? { ok: true, value: json } : { ok: false, reason: hostile };
}

/** What no writer writes and no reader should have to be ready for. Bodies are texts here: what is in them does not matter. */
function hostility(value: object, depth = 0): string | undefined {
  if (depth > DEEPEST) return 'its JSON is nested too deeply';
  if (Object.hasOwn(value, '__proto__')) return 'it has a member called __proto__';
  if (Array.isArray(value)) {
    for (const inner of value as readonly unknown[]) {
      const found = typeof inner === 'object' && inner !== null ? hostility(inner, depth + 1) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }
  for (const name in value) {
    const inner = (value as JsonObject)[name];
    const found = typeof inner === 'object' && inner !== null ? hostility(inner, depth + 1) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return UTF_8.decode(bytes);
  } catch {
    return undefined;
  }
}

function noJson(text: string): string {
  const fault = jsonFault(text);
  return fault === undefined
    ? 'its JSON is nested too deeply'
    : `it is no JSON: column ${fault.column}: ${fault.met} where ${fault.expected} is due`;
}

export function parseHeader(line: JsonObject): Parsed<HeaderLine> {
  return checked(HeaderLine.safeParse(line));
}

export function parseEnd(line: JsonObject): Parsed<EndLine> {
  return checked(EndLine.safeParse(line));
}

/** A line between the header and the end; undefined for one of a type that nobody knows, which is passed over. */
export function parseRecord(
  line: JsonObject,
  { format, steps }: { readonly format: number; readonly steps: readonly FormatStep[] },
): Parsed<LogRecord> | undefined {
  const now = stepped(line, format, steps);
  if (now['type'] === 'ocpilog') return { ok: false, reason: 'a second first line' };
  if (typeof now['type'] !== 'string') return { ok: false, reason: 'it has no type' };
  if (!TYPES.has(now['type'])) return undefined;
  return checked(LogRecord.safeParse(now));
}

function checked<T>(
  result: { readonly success: true; readonly data: T } | { readonly success: false; readonly error: ZodError },
): Parsed<T> {
  if (result.success) return { ok: true, value: result.data };
  const [issue] = result.error.issues;
  const where = issue?.path.map(String).join('.') ?? '';
  const message = issue?.message ?? 'it is not as the format has it';
  return { ok: false, reason: where === '' ? message : `${where}: ${message}` };
}
