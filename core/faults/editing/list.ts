import type { Draft } from '../draft.ts';
import { editJson, withJson } from './json.ts';
import { type Contents, listSpans, objectText } from './objects.ts';

/** The draft with the text of one object of a list replaced: by nothing, by another, or by several. */
export function replaceObject(draft: Draft, contents: Contents, index: number, texts: readonly string[]): Draft {
  const at = `${contents.at}/${index}`;
  const edit = texts.length === 0 ? { at, drop: true as const } : { at, text: texts.join() };
  return withJson(draft, editJson(contents.text, [edit]));
}

/** The draft with one object standing twice in its list, one behind the other. */
export function repeatObject(draft: Draft, contents: Contents, index: number): Draft {
  const text = objectText(contents, index);
  return replaceObject(draft, contents, index, [text, text]);
}

/** The draft without these objects of its list; what stood between the others stays. */
export function dropObjects(draft: Draft, { text, at }: Contents, indexes: ReadonlySet<number>): Draft {
  const spans = listSpans(text, at);
  const [first, last] = [spans[0], spans.at(-1)];
  if (first === undefined || last === undefined) return draft;
  let written = text.slice(0, first.start);
  let isFirst = true;
  for (const [index, { start, end }] of spans.entries()) {
    if (indexes.has(index)) continue;
    if (!isFirst) written += text.slice(spans[index - 1]?.end, start);
    written += text.slice(start, end);
    isFirst = false;
  }
  return withJson(draft, written + text.slice(last.end));
}
