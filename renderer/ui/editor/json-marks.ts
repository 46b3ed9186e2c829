import { jsonLanguage } from '@codemirror/lang-json';

export interface JsonMark {
  /** RFC 6901; empty for the whole text. */
  readonly pointer: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: string;
  /** Of text that is no JSON, where it stops to be, in characters from the beginning: the pointer leads nowhere. */
  readonly at?: number;
}

export interface PlacedMark extends JsonMark {
  /** Characters from the beginning. */
  readonly from: number;
  readonly to: number;
}

type Node = ReturnType<typeof jsonLanguage.parser.parse>['topNode'];

const VALUES = new Set(['Object', 'Array', 'String', 'Number', 'True', 'False', 'Null']);

/**
 * Where the marks stand in a text, in its order. A mark whose place is missing stands at the nearest parent that is
 * there (that is where the member should have been); of text that is no JSON, at its beginning.
 */
export function placeMarks(text: string, marks: readonly JsonMark[]): PlacedMark[] {
  if (marks.length === 0) return [];
  const top = children(jsonLanguage.parser.parse(text).topNode)[0];
  return marks
    .map(mark => ({
      ...mark,
      ...(mark.at === undefined ? placeOf(text, top, mark.pointer) : character(text, mark.at)),
    }))
    .sort((left, right) => left.from - right.from || left.to - right.to);
}

/** The character at a place; at the end of the text, the last one. */
function character(text: string, at: number): { from: number; to: number } {
  const from = Math.max(0, Math.min(at, text.length - 1));
  return { from, to: Math.min(from + 1, text.length) };
}

function placeOf(text: string, top: Node | undefined, pointer: string): { from: number; to: number } {
  if (top === undefined) return { from: 0, to: Math.min(1, text.length) };
  let node = top;
  let name: Node | undefined;
  for (const step of steps(pointer)) {
    const next = child(text, node, step);
    if (next === undefined) return opening(name ?? node);
    node = next.value;
    name = next.name;
  }
  return node.name === 'Object' || node.name === 'Array' ? opening(name ?? node) : { from: node.from, to: node.to };
}

/** Of something long only its name or bracket is marked. */
function opening(node: Node): { from: number; to: number } {
  return node.name === 'PropertyName' ? { from: node.from, to: node.to } : { from: node.from, to: node.from + 1 };
}

function child(text: string, node: Node, step: string): { value: Node; name: Node | undefined } | undefined {
  if (node.name === 'Array') {
    const value = /^\d+$/.test(step) ? children(node)[Number(step)] : undefined;
    return value && { value, name: undefined };
  }
  for (let property = node.firstChild; property !== null; property = property.nextSibling) {
    const name = property.name === 'Property' ? property.getChild('PropertyName') : null;
    if (name === null || nameOf(text.slice(name.from, name.to)) !== step) continue;
    const [value] = children(property);
    if (value !== undefined) return { value, name };
  }
  return undefined;
}

function children(node: Node): Node[] {
  const found: Node[] = [];
  for (let at = node.firstChild; at !== null; at = at.nextSibling) if (VALUES.has(at.name)) found.push(at);
  return found;
}

function nameOf(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}

function steps(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
