import { placeholderRanges } from '../../http/placeholder.ts';
import type { Entry } from './values.ts';

/** What is put in the place of a range of a text. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly entry: Entry;
}

/**
 * The text with its edits, and those that were made: of ranges that begin together the longest, of ranges that overlap the first.
 * The placeholders of tokens stay unharmed.
 */
export function applyEdits(text: string, edits: readonly Edit[]): { readonly text: string; readonly made: Edit[] } {
  if (edits.length === 0) return { text, made: [] };
  const standing = placeholderRanges(text);
  const sorted = [...edits].sort((left, right) => left.start - right.start || right.end - left.end);
  const made: Edit[] = [];
  let written = '';
  let copied = 0;
  for (const edit of sorted) {
    if (edit.start < copied) continue;
    if (standing.some(({ start, end }) => start < edit.end && edit.start < end)) continue;
    written += text.slice(copied, edit.start) + edit.text;
    copied = edit.end;
    made.push(edit);
  }
  return { text: written + text.slice(copied), made };
}
