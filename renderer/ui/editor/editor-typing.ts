import type { EditorState, Extension, SelectionRange } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';

const CLOSING: Readonly<Record<string, string>> = { '"': '"', '{': '}', '[': ']' };

/** Whether a place lies in a string: none of JSON goes on beyond its line. */
function inString(state: EditorState, at: number): boolean {
  const line = state.doc.lineAt(at);
  const quotes = line.text
    .slice(0, at - line.from)
    .replace(/\\./g, '')
    .match(/"/g);
  return (quotes?.length ?? 0) % 2 === 1;
}

/** What is opened is closed by itself, and typing what stands there already goes past it. */
function pair(view: EditorView, from: number, to: number, text: string): boolean {
  const { state } = view;
  if (text.length !== 1 || from !== to) return false;
  const next = state.sliceDoc(to, to + 1);
  const quoted = inString(state, from);
  const past = next === text && ((text === '"' && quoted) || (/[}\]]/.test(text) && !quoted));
  const closing = CLOSING[text];
  if (past) view.dispatch({ selection: { anchor: to + 1 }, userEvent: 'input.type' });
  else if (closing !== undefined && !quoted && (next === '' || /[\s,}\]]/.test(next))) {
    view.dispatch({
      changes: { from, insert: text + closing },
      selection: { anchor: from + 1 },
      userEvent: 'input.type',
    });
  } else return false;
  return true;
}

/** A new line begins as deep as the one before, and deeper behind what opens. */
function newLine(view: EditorView): boolean {
  const { from, to } = view.state.selection.main;
  const line = view.state.doc.lineAt(from);
  const indent = /^\s*/.exec(line.text)?.[0] ?? '';
  const opens = /[{[]\s*$/.test(line.text.slice(0, from - line.from));
  const closes = opens && /^\s*[}\]]/.test(view.state.sliceDoc(to, view.state.doc.lineAt(to).to));
  const begun = `\n${indent}${opens ? '  ' : ''}`;
  view.dispatch({
    changes: { from, to, insert: closes ? `${begun}\n${indent}` : begun },
    selection: { anchor: from + begun.length },
    userEvent: 'input',
    scrollIntoView: true,
  });
  return true;
}

/** An empty pair goes as a whole. */
function unpair(view: EditorView): boolean {
  const { from, to } = view.state.selection.main;
  const before = view.state.sliceDoc(from - 1, from);
  if (from !== to || from === 0 || CLOSING[before] !== view.state.sliceDoc(to, to + 1)) return false;
  view.dispatch({ changes: { from: from - 1, to: to + 1 }, userEvent: 'delete.backward' });
  return true;
}

/**
 * What is selected goes, or what lies between the cursor and where it would move to. Left to itself a browser joins lines
 * by writing styles into them, which the page's Content-Security-Policy refuses.
 */
function erase(userEvent: string, move: (view: EditorView, from: SelectionRange) => SelectionRange) {
  return (view: EditorView): boolean => {
    const range = view.state.selection.main;
    const end = range.empty ? move(view, range).head : range.anchor;
    const [from, to] = [Math.min(range.head, end), Math.max(range.head, end)];
    if (from < to) view.dispatch({ changes: { from, to }, userEvent, scrollIntoView: true });
    return true;
  };
}

const byChar = (forward: boolean) => (view: EditorView, from: SelectionRange) => view.moveByChar(from, forward);
const byWord = (forward: boolean) => (view: EditorView, from: SelectionRange) => view.moveByGroup(from, forward);

/** What makes JSON quick to write. Tab leaves the editor, as it does any field. */
export function typing(): Extension {
  return [
    EditorView.inputHandler.of(pair),
    keymap.of([
      { key: 'Enter', run: newLine, shift: newLine },
      { key: 'Backspace', run: unpair },
      {
        key: 'Backspace',
        run: erase('delete.backward', byChar(false)),
        shift: erase('delete.backward', byChar(false)),
      },
      { key: 'Delete', run: erase('delete.forward', byChar(true)) },
      { key: 'Mod-Backspace', mac: 'Alt-Backspace', run: erase('delete.backward', byWord(false)) },
      { key: 'Mod-Delete', mac: 'Alt-Delete', run: erase('delete.forward', byWord(true)) },
    ]),
    EditorView.domEventHandlers({
      beforeinput(event, view) {
        if (event.inputType !== 'insertText' || event.data === null || view.state.selection.main.empty) return false;
        event.preventDefault();
        view.dispatch(view.state.replaceSelection(event.data), { userEvent: 'input.type', scrollIntoView: true });
        return true;
      },
    }),
  ];
}
