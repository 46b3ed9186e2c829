import type * as z from 'zod';
import { type Checker, compileChecker, compilePatchChecker } from './check.ts';
import { readEnvelope } from './envelope.ts';
import { type Finding, finding } from './findings.ts';
import { jsonFault } from './json-fault.ts';
import { jsonPlaces, withNumberTexts } from './json-text.ts';
import { isJsonObject } from './json-value.ts';
import { receiveJson, receiveText } from './received.ts';
import { definitionOf } from './schema.ts';
import type { OcpiType } from './types.ts';

/** A finding and where in the file it is. Lines and columns count from 1. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly line: number;
  readonly column: number;
}

export interface CheckedDocument {
  /** How many objects of the type were looked at. */
  readonly objects: number;
  /** In the order of the file. */
  readonly findings: readonly PlacedFinding[];
}

export interface DocumentType {
  readonly type: OcpiType;
  /** The body of a PATCH: any part of the object. Only for types that are objects. */
  readonly patch?: boolean;
}

/**
 * Checks a file or body that holds objects of one type: one, a list, an answer's envelope around either, or one on each
 * line (JSON lines, of which pointers count the lines that hold something). What is not JSON is an error finding.
 */
export function checkDocument(bytes: Uint8Array, { type, patch = false }: DocumentType): CheckedDocument {
  const { text, findings } = receiveText(bytes);
  const before = findings.map(found => ({ finding: found, ...BEGINNING }));
  const checker = patch ? compilePatchChecker(type.schema as z.ZodObject) : compileChecker(type.schema);
  const read = { type, checker };
  const lines = linesOf(text);
  const { objects, findings: found } = lines === undefined ? checkWhole(text, read) : checkLines(lines, read);
  return { objects, findings: [...before, ...found].sort(byPlace) };
}

const BEGINNING = { line: 1, column: 1 } as const;

interface Reading {
  readonly type: OcpiType;
  readonly checker: Checker<unknown>;
}

interface Line {
  readonly number: number;
  readonly text: string;
}

/** The lines that hold something, where a text that is not JSON as a whole seems to be JSON line by line. */
function linesOf(text: string): readonly Line[] | undefined {
  if (isJson(text)) return undefined;
  const lines = text
    .replace(/^\ufeff/, '')
    .split('\n')
    .map((line, at) => ({ number: at + 1, text: line.replace(/\r$/, '') }))
    .filter(line => line.text.trim() !== '');
  const [first] = lines;
  return first !== undefined && lines.length > 1 && /^\s*[[{]/.test(first.text) && isJson(first.text)
    ? lines
    : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function checkLines(lines: readonly Line[], read: Reading): CheckedDocument {
  const checked = lines.map(({ number, text }, at) => {
    const { objects, findings } = checkWhole(text, read);
    const moved = findings.map(({ finding: found, column }) => ({
      finding: { ...found, pointer: `/${at}${found.pointer}`, met: found.met.replace(/^line 1,/, `line ${number},`) },
      line: number,
      column,
    }));
    return { objects, findings: moved };
  });
  return {
    objects: checked.reduce((sum, { objects }) => sum + objects, 0),
    findings: checked.flatMap(({ findings }) => findings),
  };
}

function checkWhole(text: string, read: Reading): CheckedDocument {
  const { view: json, findings: before } = receiveJson(text);
  if (json === undefined) return { objects: 0, findings: before.map(found => placeOfFault(found, text)) };
  const { objects, findings } = checkJson(json, read);
  const shown = withNumberTexts(findings, text);
  const places = jsonPlaces(
    text,
    shown.map(({ pointer }) => pointer),
  );
  const placed = shown.map(found => {
    const { line, column } = places.get(found.pointer) ?? BEGINNING;
    return { finding: found, line, column };
  });
  return { objects, findings: [...before.map(found => ({ finding: found, ...BEGINNING })), ...placed] };
}

function checkJson(json: unknown, read: Reading): { objects: number; findings: readonly Finding[] } {
  if (!isEnvelopeOf(json, read)) return checkValues(json, '', read);
  const { view, findings } = readEnvelope(JSON.stringify(json), read.type.version);
  // Without data there is nothing to be of the type, as in the answer to a PUT or in one that tells of an error.
  if (view?.data === undefined || view.data === null) return { objects: 0, findings };
  const checked = checkValues(view.data, '/data', read);
  return { objects: checked.objects, findings: [...findings, ...checked.findings] };
}

function checkValues(json: unknown, pointer: string, { type, checker }: Reading) {
  const { version } = type;
  if (!Array.isArray(json)) return { objects: 1, findings: checker(json, { version, pointer }).findings };
  const findings = json.flatMap(
    (item: unknown, at) => checker(item, { version, pointer: `${pointer}/${at}` }).findings,
  );
  return { objects: json.length, findings };
}

/** An answer's envelope, unless that is the type itself, or what the type knows as a mistake (T5). */
function isEnvelopeOf(json: unknown, { type }: Reading): boolean {
  if (!isJsonObject(json) || type.name === 'ResponseEnvelope') return false;
  if (json['status_code'] === undefined || (json['data'] === undefined && json['timestamp'] === undefined))
    return false;
  return definitionOf(type.schema).adapt?.(json)?.flaw?.code !== 'command.enveloped';
}

/** Where there is no JSON there is nothing of the type, so that an empty file is an error here. */
function placeOfFault(found: Finding, text: string): PlacedFinding {
  const fault = found.code === 'body.json' ? jsonFault(text.replace(/^\ufeff/, '')) : undefined;
  const { line, column } = fault ?? BEGINNING;
  if (found.code !== 'body.empty') return { finding: found, line, column };
  const { met, expected } = found;
  return { finding: finding('body.empty', { met, expected, severity: 'error' }), line, column };
}

function byPlace(left: PlacedFinding, right: PlacedFinding): number {
  return left.line - right.line || left.column - right.column;
}
