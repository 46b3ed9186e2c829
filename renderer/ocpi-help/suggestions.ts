import type * as z from 'zod';
import { definitionOf } from '../../core/ocpi/schema.ts';
import type { Suggestion } from '../ui/editor/editor-completion.ts';
import type { JsonCursor } from '../ui/editor/json-cursor.ts';
import { type Field, fieldAt, isList, isRequired, membersOf, objectAt, typeName } from './field.ts';

export interface SuggestionWords {
  /** `optional`, of a field that may be absent. */
  readonly optional: string;
  /** `list of EVSE`. */
  readonly listOf: (type: string) => string;
  /** The moment it is now. */
  readonly now: string;
}

/** What the tables let stand at the cursor: names that are not there yet, the required first; or known values. */
export function suggestionsAt(
  schema: z.ZodType,
  cursor: JsonCursor,
  { words, now }: { readonly words: SuggestionWords; readonly now: string },
): readonly Suggestion[] {
  if (cursor.role === 'name') return namesAt(schema, cursor, words);
  return cursor.role === 'value' ? valuesAt(fieldAt(schema, cursor.path), { words, now }) : [];
}

function namesAt(schema: z.ZodType, cursor: JsonCursor, words: SuggestionWords): readonly Suggestion[] {
  const { path, present, colon } = cursor;
  const within = cursor.to > cursor.from || cursor.typed !== '' ? path.slice(0, -1) : path;
  const object = objectAt(schema, within);
  if (object === undefined) return [];
  const there = new Set(present);
  const fields = Object.entries(object.shape)
    .filter(([name]) => !there.has(name))
    .map(([name, of]) => ({ owner: object.name, name, element: false, ...membersOf(definitionOf(of)) }));
  return [...fields.filter(isRequired), ...fields.filter(field => !isRequired(field))].map(field => {
    const blank = colon ? undefined : blankOf(field);
    return {
      label: field.name,
      detail: detailOf(field, words),
      strong: isRequired(field),
      insert: `"${field.name}"${blank === undefined ? '' : `: ${blank.text}`}`,
      ...(blank !== undefined && { caret: field.name.length + 4 + blank.caret, goOn: blank.goOn }),
    };
  });
}

function detailOf(field: Field, words: SuggestionWords): string {
  const type = isList(field) ? words.listOf(typeName(field.value)) : typeName(field.value);
  return isRequired(field) ? type : `${type} · ${words.optional}`;
}

/** What stands for a value until it is written, and where in it one goes on. */
function blankOf(field: Field): { readonly text: string; readonly caret: number; readonly goOn: boolean } {
  if (isList(field)) return { text: '[]', caret: 1, goOn: field.value.kind === 'enum' };
  switch (field.value.kind) {
    case 'object':
      return { text: '{}', caret: 1, goOn: true };
    case 'text':
    case 'url':
    case 'date-time':
    case 'enum':
      return { text: '""', caret: 1, goOn: field.value.kind === 'enum' || field.value.kind === 'date-time' };
    default:
      return { text: '', caret: 0, goOn: field.value.kind === 'boolean' };
  }
}

function valuesAt(
  field: Field | undefined,
  { words, now }: { readonly words: SuggestionWords; readonly now: string },
): readonly Suggestion[] {
  if (field === undefined || (isList(field) && !field.element)) return [];
  const { value } = field;
  if (value.kind === 'enum') {
    return value.values.map(label => ({ label, detail: value.name, insert: JSON.stringify(label) }));
  }
  if (value.kind === 'boolean') return ['true', 'false'].map(label => ({ label, insert: label }));
  if (value.kind === 'date-time') return [{ label: now, detail: words.now, insert: JSON.stringify(now) }];
  return [];
}
