import { json } from '@codemirror/lang-json';
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  syntaxHighlighting,
} from '@codemirror/language';
import { MergeView } from '@codemirror/merge';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Annotation, EditorState, type Extension, Prec, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  WidgetType,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { pageNonce } from '../nonce.ts';
import { completion, type Suggest } from './editor-completion.ts';
import { editorHistory } from './editor-history.ts';
import { typing } from './editor-typing.ts';
import { type JsonCursor, jsonCursor } from './json-cursor.ts';
import { type JsonMark, placeMarks } from './json-marks.ts';

// The colours are the page's variables: light and dark come by themselves.
const highlight = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--wb-accent)' },
  { tag: tags.string, color: 'var(--wb-text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--wb-fault)' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: 'var(--wb-dim)' },
  { tag: tags.invalid, color: 'var(--wb-bad)' },
]);

const look = EditorView.theme({
  '&': { backgroundColor: 'var(--wb-panel)', color: 'var(--wb-text)', fontSize: '12px', height: '100%' },
  '&.cm-focused': { outline: '2px solid var(--wb-accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--wb-mono)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--wb-text)' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--wb-text)' },
  '.cm-gutters': { backgroundColor: 'var(--wb-panel)', color: 'var(--wb-faint)', border: 'none' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--wb-accent-bg)',
  },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--wb-accent-bg)' },
  '.cm-foldPlaceholder': { background: 'var(--wb-row)', border: 'none', color: 'var(--wb-dim)' },
  '.cm-panels': { backgroundColor: 'var(--wb-row)', color: 'var(--wb-text)' },
  '.cm-textfield': { backgroundColor: 'var(--wb-panel)', color: 'var(--wb-text)', borderColor: 'var(--wb-line)' },
  '.cm-button': { backgroundImage: 'none', backgroundColor: 'var(--wb-panel)', color: 'var(--wb-text)' },
  '.cm-searchMatch': { backgroundColor: 'var(--wb-warn-bg)' },
  '.cm-searchMatch.cm-searchMatch-selected': { outline: '1px solid var(--wb-warn)' },
  '.cm-mark-error': { textDecoration: 'underline wavy var(--wb-bad)', textUnderlineOffset: '3px' },
  '.cm-mark-warning': { textDecoration: 'underline wavy var(--wb-warn)', textUnderlineOffset: '3px' },
  '.cm-mark-note': { textDecoration: 'underline dotted var(--wb-dim)', textUnderlineOffset: '3px' },
  '.cm-said': { fontFamily: 'var(--wb-sans)', fontSize: '11.5px', marginLeft: '14px', whiteSpace: 'normal' },
  '.cm-said-error': { color: 'var(--wb-bad)' },
  '.cm-said-warning': { color: 'var(--wb-warn)' },
  '.cm-said-note': { color: 'var(--wb-dim)' },
  '.cm-changedText': { background: 'var(--wb-warn-bg) !important', textDecoration: 'none' },
  '.cm-changedLine, .cm-deletedChunk': { backgroundColor: 'var(--wb-row) !important' },
  '.cm-collapsedLines': { background: 'var(--wb-row)', color: 'var(--wb-dim)' },
  '.cm-collapsedLines::before, .cm-collapsedLines::after': { content: '"⋯" !important' },
  '.cm-tooltip:has(> .cm-suggestions), .cm-tooltip.cm-suggestions': {
    border: '1px solid var(--wb-line)',
    borderRadius: '6px',
    backgroundColor: 'var(--wb-panel)',
    boxShadow: '0 4px 14px rgb(0 0 0 / 18%)',
    zIndex: '300',
  },
  '.cm-suggestions': {
    maxHeight: '230px',
    minWidth: '220px',
    maxWidth: '460px',
    margin: '0',
    padding: '3px',
    overflow: 'auto',
    listStyle: 'none',
    fontFamily: 'var(--wb-mono)',
  },
  '.cm-suggestions > li': {
    display: 'flex',
    gap: '18px',
    justifyContent: 'space-between',
    padding: '2px 7px',
    borderRadius: '4px',
    cursor: 'pointer',
  },
  '.cm-suggestions > li[aria-selected=true]': { backgroundColor: 'var(--wb-accent-bg)' },
  '.cm-suggested-strong': { fontWeight: '600' },
  '.cm-suggested-detail': { color: 'var(--wb-dim)', fontFamily: 'var(--wb-sans)', fontSize: '11.5px' },
});

/** What severities are called, in the language of the page. */
export type SeverityWords = Readonly<Record<JsonMark['severity'], string>>;

class Said extends WidgetType {
  readonly #mark: JsonMark;
  readonly #word: string;

  constructor(mark: JsonMark, word: string) {
    super();
    this.#mark = mark;
    this.#word = word;
  }

  override eq(other: Said): boolean {
    return other.#mark.message === this.#mark.message && other.#mark.severity === this.#mark.severity;
  }

  override toDOM(): HTMLElement {
    const said = document.createElement('span');
    said.className = `cm-said cm-said-${this.#mark.severity}`;
    said.textContent = `${this.#word}: ${this.#mark.message}`;
    return said;
  }
}

/** A text that was given, not typed: nobody has to hear of it. */
const handedIn = Annotation.define<boolean>();

const setMarks = StateEffect.define<{ readonly marks: readonly JsonMark[]; readonly words: SeverityWords }>();

const markField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) return decorate(transaction.state, effect.value.marks, effect.value.words);
    }
    return decorations.map(transaction.changes);
  },
  provide: field => EditorView.decorations.from(field),
});

function decorate(state: EditorState, marks: readonly JsonMark[], words: SeverityWords): DecorationSet {
  const ranges = placeMarks(state.doc.toString(), marks).flatMap(mark => {
    const said = Decoration.widget({ widget: new Said(mark, words[mark.severity]), side: 1 });
    const at = said.range(state.doc.lineAt(mark.from).to);
    if (mark.from >= mark.to) return [at];
    return [Decoration.mark({ class: `cm-mark-${mark.severity}` }).range(mark.from, mark.to), at];
  });
  return Decoration.set(ranges, true);
}

function common(label: string, phrases: Phrases): Extension {
  return [
    EditorView.cspNonce.of(pageNonce()),
    EditorState.phrases.of(phrases),
    lineNumbers(),
    highlightSpecialChars(),
    drawSelection(),
    bracketMatching(),
    highlightSelectionMatches(),
    search({ top: true }),
    syntaxHighlighting(highlight),
    Prec.high(look),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    keymap.of([...searchKeymap, ...foldKeymap]),
  ];
}

function fold(): Extension {
  return [codeFolding(), foldGutter()];
}

/** What the editor itself says, by its English words: `{ next: 'nästa' }`. */
export type Phrases = Readonly<Record<string, string>>;

export interface OpenEditor {
  setText(text: string): void;
  setMarks(marks: readonly JsonMark[], words: SeverityWords): void;
  /** Puts the cursor where a mark stands; of a text, into it. */
  goTo(mark: Pick<JsonMark, 'pointer' | 'at'>): void;
  close(): void;
}

/** What helps to write. */
export interface EditorHelp {
  readonly suggest: Suggest;
  /** What the suggestions are, for those who do not see where they stand. */
  readonly label: string;
  /** Hears where the cursor is, whenever that or the text changes. */
  readonly onCursor: (cursor: JsonCursor) => void;
}

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly label: string;
  readonly phrases: Phrases;
  /** Absent: it can only be read. */
  readonly onChange?: (text: string) => void;
  readonly help?: EditorHelp;
}

/** One text, to be read or edited. */
export function openEditor({ parent, text, label, phrases, onChange, help }: EditorOptions): OpenEditor {
  const writing: Extension =
    onChange === undefined
      ? [EditorState.readOnly.of(true), EditorView.contentAttributes.of({ 'aria-readonly': 'true' })]
      : [
          help === undefined ? [] : completion(help.suggest, help.label),
          typing(),
          editorHistory(),
          EditorView.updateListener.of(update => {
            const ours = update.transactions.some(transaction => transaction.annotation(handedIn) === true);
            if (update.docChanged && !ours) onChange(update.state.doc.toString());
            if (update.docChanged || update.selectionSet) tellCursor(update.view);
          }),
        ];
  const tellCursor = ({ state }: EditorView) =>
    help?.onCursor(jsonCursor(state.doc.toString(), state.selection.main.head));
  const view = new EditorView({
    parent,
    state: EditorState.create({ doc: text, extensions: [common(label, phrases), json(), fold(), markField, writing] }),
  });
  tellCursor(view);
  return {
    setText(text) {
      if (view.state.doc.toString() === text) return;
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        annotations: handedIn.of(true),
      });
    },
    setMarks: (marks, words) => view.dispatch({ effects: setMarks.of({ marks, words }) }),
    goTo(mark) {
      const [place] = placeMarks(view.state.doc.toString(), [{ ...mark, severity: 'note', message: '' }]);
      if (place === undefined) return;
      const quoted = view.state.sliceDoc(place.from, place.from + 1) === '"';
      view.dispatch({
        selection: { anchor: place.from + (quoted ? 1 : 0) },
        effects: EditorView.scrollIntoView(place.from, { y: 'center' }),
      });
      view.focus();
    },
    close: () => view.destroy(),
  };
}

export interface DiffOptions {
  readonly parent: HTMLElement;
  readonly left: string;
  readonly right: string;
  readonly labels: readonly [string, string];
  readonly language: 'json' | 'text';
  readonly phrases: Phrases;
}

/** Two texts beside each other, what is the same folded away. */
export function openDiff({ parent, left, right, labels, language, phrases }: DiffOptions): { close(): void } {
  const reading = [EditorState.readOnly.of(true), language === 'json' ? json() : []];
  const view = new MergeView({
    parent,
    a: { doc: left, extensions: [common(labels[0], phrases), reading] },
    b: { doc: right, extensions: [common(labels[1], phrases), reading] },
    collapseUnchanged: { margin: 3, minSize: 6 },
    highlightChanges: true,
    gutter: true,
  });
  return { close: () => view.destroy() };
}
