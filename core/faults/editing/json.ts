import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { Draft, Message } from '../draft.ts';
import { bodyText, withBody } from './body.ts';
import { type JsonSpan, locate, locator } from './json-spans.ts';

/** A JSON body: its text, which is what is edited, and what it says. */
export interface JsonBody {
  readonly text: string;
  readonly json: unknown;
}

/** The body as JSON; undefined where it is none. */
export function jsonBody(message: Pick<Message, 'headers' | 'body'>): JsonBody | undefined {
  const text = bodyText(message);
  if (text === undefined) return undefined;
  try {
    return { text, json: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** A body that is a JSON object. */
export interface ObjectBody extends JsonBody {
  readonly json: JsonObject;
}

export function objectBody(message: Pick<Message, 'headers' | 'body'>): ObjectBody | undefined {
  const body = jsonBody(message);
  return body !== undefined && isJsonObject(body.json) ? { text: body.text, json: body.json } : undefined;
}

/** The draft with another JSON text as its body. */
export function withJson(draft: Draft, text: string): Draft {
  return withBody(draft, text);
}

/**
 * One change of a JSON text, at a JSON pointer (RFC 6901). Of a name that occurs twice the last one is meant.
 * - `set`: the value there becomes this one; a member that is missing is added behind the others of its object, and `-` or the
 *   index behind the last is added to a list.
 * - `text`: as `set`, with JSON text: numbers keep their spelling.
 * - `drop`: the member or element goes, with its comma.
 * - `rename`: the member has another name.
 */
export type JsonEdit = { readonly at: string } & (
  | { readonly set: unknown }
  | { readonly text: string }
  | { readonly drop: true }
  | { readonly rename: string }
);

/**
 * The text with these changes; every other byte stays as it is. Pointers speak of the text as it was and must neither nest nor
 * name the same place twice. Changes that lead nowhere are left out. `text` has to be JSON.
 */
export function editJson(text: string, edits: readonly JsonEdit[]): string {
  const find = locator(text);
  const placed = edits.map(edit => ({ edit, at: find(edit.at) }));
  const inOrder = placed.sort((left, right) => (left.at?.start ?? -1) - (right.at?.start ?? -1));
  const replaced = replaceAll(text, inOrder);
  if (replaced !== undefined) return replaced;
  // Each change is made on the text the one before left, backwards, so that the indexes of a list count as they did. What
  // is added in one place is added in the order given.
  const ends = Map.groupBy(inOrder, ({ at }) => at?.start ?? -1);
  return [...ends.values()]
    .toReversed()
    .flat()
    .reduce((edited, { edit }) => editOne(edited, edit), text);
}

interface PlacedEdit {
  readonly edit: JsonEdit;
  readonly at: JsonSpan | undefined;
}

/** Where values become others and nothing else, one pass is enough; undefined where there is more to do. */
function replaceAll(text: string, edits: readonly PlacedEdit[]): string | undefined {
  let written = '';
  let done = 0;
  for (const { edit, at } of edits) {
    if (at === undefined) continue;
    if (at.kind === 'missing' || 'drop' in edit || 'rename' in edit) return undefined;
    written += text.slice(done, at.start) + valueText(edit);
    done = at.end;
  }
  return written + text.slice(done);
}

function valueText(edit: { readonly set: unknown } | { readonly text: string }): string {
  return 'text' in edit ? edit.text : JSON.stringify(edit.set);
}

function editOne(text: string, edit: JsonEdit): string {
  const place = locate(text, edit.at);
  if (place === undefined) return text;
  if ('drop' in edit) {
    if (place.kind !== 'there' || place.from === undefined) return text;
    return text.slice(0, place.from) + text.slice(place.to);
  }
  if ('rename' in edit) {
    if (place.kind !== 'there' || place.name === undefined) return text;
    return text.slice(0, place.name.start) + JSON.stringify(edit.rename) + text.slice(place.name.end);
  }
  const written = valueText(edit);
  if (place.kind === 'there') return text.slice(0, place.start) + written + text.slice(place.end);
  const member = place.name === undefined ? written : `${JSON.stringify(place.name)}:${written}`;
  return `${text.slice(0, place.start)}${place.empty ? '' : ','}${member}${text.slice(place.start)}`;
}

/** A step of a JSON pointer, escaped. */
export function pointerStep(name: string | number): string {
  return `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
