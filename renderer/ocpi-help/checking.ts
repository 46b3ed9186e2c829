import type * as z from 'zod';
import { type Checker, compileChecker, compilePatchChecker } from '../../core/ocpi/check.ts';
import { type Finding, finding } from '../../core/ocpi/findings.ts';
import { jsonFault } from '../../core/ocpi/json-fault.ts';
import { receive } from '../../core/ocpi/received.ts';
import type { OcpiType } from '../../core/ocpi/types.ts';
import type { JsonMark } from '../ui/editor/json-marks.ts';

export interface CheckedAs {
  readonly type: OcpiType;
  /** Part of an object, as a PATCH has it. */
  readonly partial: boolean;
}

const checkers = {
  whole: new WeakMap<z.ZodType, Checker<unknown>>(),
  part: new WeakMap<z.ZodType, Checker<unknown>>(),
};

function checkerOf({ type: { schema, kind }, partial }: CheckedAs): Checker<unknown> {
  const known = partial ? checkers.part : checkers.whole;
  const made =
    known.get(schema) ??
    (partial && kind === 'object' ? compilePatchChecker(schema as z.ZodObject) : compileChecker(schema));
  known.set(schema, made);
  return made;
}

/** What is wrong with a text, as the core would find it in a message; the worst first, then in the order of the type. */
export function findingsIn(text: string, checked: CheckedAs): readonly Finding[] {
  const { findings } = receive(text, checkerOf(checked), { version: checked.type.version });
  return findings.toSorted((left, right) => WEIGHT[left.severity] - WEIGHT[right.severity]);
}

/** Of a text whose type nobody knows: only whether it is JSON. */
export function jsonFindings(text: string): readonly Finding[] {
  if (text.trim() === '') return [];
  const fault = jsonFault(text);
  if (fault === undefined) return [];
  const met = `line ${fault.line}, column ${fault.column}: ${fault.met}`;
  return [finding('body.json', { met, expected: fault.expected })];
}

const WEIGHT = { error: 0, warning: 1, note: 2 } as const;

export interface FindingWords {
  readonly missing: (fields: string) => string;
  readonly expected: (expected: string, met: string) => string;
}

/** For the list: one line each, in a few words. `text` is what was checked. */
export function listedFindings(text: string, findings: readonly Finding[], words: FindingWords): readonly JsonMark[] {
  return findings.map(({ pointer, severity, code, met, expected }) => {
    const message = code === 'field.missing' ? words.missing(lastStep(pointer)) : words.expected(expected, met);
    const at = code === 'body.json' ? jsonFault(text)?.offset : undefined;
    return { pointer, severity, message, ...(at !== undefined && { at }) };
  });
}

/** For the lines of the text: what is missing from one object is told once, where it begins. */
export function markedFindings(text: string, findings: readonly Finding[], words: FindingWords): readonly JsonMark[] {
  const missing = new Map<string, string[]>();
  const others: Finding[] = [];
  for (const found of findings) {
    if (found.code !== 'field.missing') others.push(found);
    else {
      const around = found.pointer.slice(0, found.pointer.lastIndexOf('/'));
      missing.set(around, [...(missing.get(around) ?? []), lastStep(found.pointer)]);
    }
  }
  const told = [...missing].map(([pointer, fields]) => ({
    pointer,
    severity: 'error' as const,
    message: words.missing(fields.join(', ')),
  }));
  return [...told, ...listedFindings(text, others, words)];
}

function lastStep(pointer: string): string {
  return pointer
    .slice(pointer.lastIndexOf('/') + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
}
