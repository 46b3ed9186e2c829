import { endOfString } from './scan-json.ts';

/** As much of a list as a text that breaks off still has whole. */
export interface Beginning {
  /** Up to the last whole element, without what closes the list. */
  readonly text: string;
  /** What would close all that is open there, innermost first: `]}`. */
  readonly closing: string;
  /** Objects and lists of it that are whole. */
  readonly elements: number;
  /** Names of the outermost object's members that stand in `text`. */
  readonly members: readonly string[];
}

/**
 * The beginning of a JSON text whose outermost list, at the root or a member of the root, breaks off. Undefined where
 * there is no such list: nothing can be left of the text that is JSON.
 */
export function beginningOf(text: string): Beginning | undefined {
  const open: string[] = [];
  const members: string[] = [];
  let list: { readonly depth: number; elements: number; end: number; readonly closing: string } | undefined;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') {
      const end = endOfString(text, at);
      if (text[end - 1] !== '"' || end - at < 2) break;
      const isName = open.length === 1 && open[0] === '}' && /^\s*:/.test(text.slice(end, end + 20));
      if (isName) members.push(text.slice(at + 1, end - 1));
      at = end - 1;
    } else if (sign === '{' || sign === '[') {
      open.push(sign === '{' ? '}' : ']');
      if (sign === '[' && list === undefined && open.length <= 2) {
        list = { depth: open.length, elements: 0, end: at + 1, closing: [...open].reverse().join('') };
      }
    } else if (sign === '}' || sign === ']') {
      open.pop();
      // The list is whole: what breaks off is something else.
      if (list !== undefined && open.length < list.depth) return undefined;
      if (list !== undefined && open.length === list.depth) {
        list.elements++;
        list.end = at + 1;
      }
    }
  }
  if (list === undefined) return undefined;
  return { text: text.slice(0, list.end), closing: list.closing, elements: list.elements, members };
}
