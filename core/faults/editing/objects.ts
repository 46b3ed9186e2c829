import { answerTypeOf } from '../../ocpi/answer-types.ts';
import { bodyTypeOf } from '../../ocpi/body-types.ts';
import { afterBlanks, endOfValue } from '../../ocpi/json-cut.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { definitionOf, type ObjectDefinition } from '../../ocpi/schema.ts';
import type { OcpiType } from '../../ocpi/types.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { Draft, Message } from '../draft.ts';
import type { Facts } from '../kind.ts';
import { payloadOf } from './envelope.ts';
import { editJson, type JsonEdit, withJson } from './json.ts';
import { locate } from './json-spans.ts';

/** One of the objects a message is about. */
export interface MessageObject {
  /** Place in the list; 0 where it stands alone. */
  readonly index: number;
  readonly type: ObjectDefinition;
  readonly json: JsonObject;
}

/** What a message is about, with the types its operation has for it in the version spoken. */
export interface Contents {
  /** The whole body, which is what is edited. */
  readonly text: string;
  /** Pointer to the object or the list of them. */
  readonly at: '' | '/data';
  readonly version: Version;
  readonly type: OcpiType & { readonly definition: ObjectDefinition };
  /** They stand in a list; what is in it that is no object is left out of `objects`. */
  readonly isList: boolean;
  /** The body of a PATCH: any part of the object, of which nothing is required. */
  readonly isPart: boolean;
  readonly objects: readonly MessageObject[];
}

/** Why there is nothing for kinds that work on objects: a sentence without a full stop. */
export const NO_OBJECTS = 'there is no OCPI object in this message';

/** Undefined where the message holds no object of a type we know. */
export function contentsOf(message: Message, { entry, version }: Facts): Contents | undefined {
  if (entry === undefined || version === undefined) return undefined;
  const type = (message.side === 'answer' ? answerTypeOf : bodyTypeOf)(entry, version);
  const payload = payloadOf(message);
  if (type === undefined || payload === undefined) return undefined;
  const definition = definitionOf(type.schema);
  if (definition.kind !== 'object') return undefined;
  const { text, at, json } = payload;
  const isList = Array.isArray(json);
  const values: readonly unknown[] = isList ? json : [json];
  const objects = values.flatMap((value, index) =>
    isJsonObject(value) ? [{ index, type: definition, json: value }] : [],
  );
  if (objects.length === 0) return undefined;
  const isPart = message.side === 'send' && entry.method === 'PATCH';
  return { text, at, version, type: { ...type, definition }, isList, isPart, objects };
}

/** Changes of one object; their pointers begin at the object. */
export interface ObjectChange {
  readonly index: number;
  readonly edits: readonly JsonEdit[];
}

/** The draft with these objects changed; every other byte stays. One pass over the list, however many there are. */
export function changeObjects(draft: Draft, contents: Contents, changes: readonly ObjectChange[]): Draft {
  const { text, at, isList } = contents;
  const spans = isList ? listSpans(text, at) : alone(text, at);
  let written = '';
  let done = 0;
  for (const { index, edits } of [...changes].sort((left, right) => left.index - right.index)) {
    const span = spans[index];
    if (span === undefined) continue;
    written += text.slice(done, span.start) + editJson(text.slice(span.start, span.end), edits);
    done = span.end;
  }
  return withJson(draft, written + text.slice(done));
}

/** Where a value stands in a text; the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The elements of the list that a pointer leads to. */
export function listSpans(text: string, pointer: string): Span[] {
  const place = locate(text, pointer);
  const spans: Span[] = [];
  if (place?.kind !== 'there' || text[place.start] !== '[') return spans;
  let at = afterBlanks(text, place.start + 1);
  while (at < text.length && text[at] !== ']') {
    const end = endOfValue(text, at);
    spans.push({ start: at, end });
    at = afterBlanks(text, end);
    if (text[at] === ',') at = afterBlanks(text, at + 1);
  }
  return spans;
}

function alone(text: string, pointer: string): Span[] {
  const place = locate(text, pointer);
  return place?.kind === 'there' ? [place] : [];
}

/** The text of one object as it stands in the message. */
export function objectText({ text, at, isList }: Contents, index: number): string {
  const place = locate(text, isList ? `${at}/${index}` : at);
  return place?.kind === 'there' ? text.slice(place.start, place.end) : '';
}

/** Pointer to an object in the body. */
export function objectPointer({ at, isList }: Contents, index: number): string {
  return isList ? `${at}/${index}` : at;
}
