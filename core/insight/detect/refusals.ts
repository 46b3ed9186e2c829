import { bodyTypeOf } from '../../ocpi/body-types.ts';
import { type Finding, finding } from '../../ocpi/findings.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { definitionOf } from '../../ocpi/schema.ts';
import { isSuccess } from '../../ocpi/status-codes.ts';
import type { Reading } from '../reading.ts';
import { saidIn } from './answers.ts';

const CONTENT: ReadonlySet<number> = new Set([200, 201, 400, 409, 422, 500]);
/** Enum values are written like this; shorter words stand in any sentence. */
const VALUE = /^[A-Z][A-Z0-9_]{3,}$/;
const MOST_VALUES = 500;
const DEEPEST = 12;

/** An object that was refused for something the specification allows: an optional field left out, a value of its lists. */
export function refusalFindings({ observed, entry, body, answer }: Reading): Finding[] {
  const { version } = observed;
  const code = answer?.envelope.view?.statusCode;
  if (answer === undefined || entry === undefined || version === undefined || !isJsonObject(body?.view)) return [];
  if (!CONTENT.has(answer.status) || (answer.status < 300 && (code === undefined || isSuccess(code)))) return [];
  const said = `${saidIn(answer.envelope.json)} ${placesIn(answer.envelope.json)}`.trim();
  const type = bodyTypeOf(entry, version);
  if (said === '' || type === undefined) return [];
  const definition = definitionOf(type.schema);
  if (definition.kind !== 'object') return [];
  const object = body.view;
  const pointer = (name: string) => `/${name}`;
  for (const [name, field] of Object.entries(definition.shape)) {
    if (definitionOf(field).kind !== 'optional' || (object[name] !== undefined && object[name] !== null)) continue;
    if (!mentions(said, name) || !DEMANDS.test(said)) continue;
    const met = object[name] === null ? `null, answered with "${said}"` : `no field, answered with "${said}"`;
    return [finding('field.optional-demanded', { pointer: pointer(name), met, expected: 'taken without it' })];
  }
  const refused = valuesIn(object).find(({ value }) => mentions(said, value));
  if (refused === undefined) return [];
  const met = `${refused.value}, answered with "${said}"`;
  return [finding('object.refused-for-value', { pointer: refused.pointer, met, expected: 'kept as an unknown value' })];
}

const DEMANDS = /required|missing|must|mandatory|null|blank|empty|not be|expected/i;

/** Names as a whole word: `end_date_time` is not in `charging_end_date_time`. */
function mentions(said: string, name: string): boolean {
  const at = said.indexOf(name);
  if (at < 0) return false;
  const word = /[A-Za-z0-9_]/;
  return !word.test(said[at - 1] ?? '') && !word.test(said[at + name.length] ?? '');
}

/** Frameworks tell the place apart from the words: `{"loc": ["body", "evse_id"]}`. */
function placesIn(json: unknown): string {
  if (Array.isArray(json)) return json.map(placesIn).join(' ');
  if (!isJsonObject(json)) return '';
  const { loc, field, path } = json as { readonly loc?: unknown; readonly field?: unknown; readonly path?: unknown };
  const own = [loc, field, path].flat().filter(part => typeof part === 'string');
  const below = ['detail', 'errors', 'error', 'data'].map(name => placesIn(json[name]));
  return [...own, ...below].join(' ').trim();
}

/** Texts that look like values of a list, and where they stand. */
function valuesIn(object: JsonObject): { readonly pointer: string; readonly value: string }[] {
  const found: { pointer: string; value: string }[] = [];
  const look = (value: unknown, pointer: string, depth: number): void => {
    if (found.length >= MOST_VALUES || depth > DEEPEST) return;
    if (typeof value === 'string') {
      if (VALUE.test(value)) found.push({ pointer, value });
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, below] of Object.entries(value)) look(below, `${pointer}/${name}`, depth + 1);
    }
  };
  look(object, '', 0);
  return found;
}
