import { type EditorState, type Extension, Prec, StateEffect, StateField, type Transaction } from '@codemirror/state';
import { EditorView, keymap, showTooltip, type Tooltip } from '@codemirror/view';
import { type JsonCursor, jsonCursor } from './json-cursor.ts';

export interface Suggestion {
  /** Shown, and compared with what is typed. */
  readonly label: string;
  /** Beside it, in few words. */
  readonly detail?: string;
  /** The likely ones. */
  readonly strong?: boolean;
  /** Takes the place of what is typed. */
  readonly insert: string;
  /** Where in it the cursor is left; its end unless said. */
  readonly caret?: number;
  /** Whether something may be suggested there, too. */
  readonly goOn?: boolean;
}

/** What may stand at a place, the likely first. */
export type Suggest = (cursor: JsonCursor) => readonly Suggestion[];

interface Offered {
  readonly cursor: JsonCursor;
  readonly suggestions: readonly Suggestion[];
  readonly chosen: number;
}

const ID = 'editor-suggestions';
/** More than one can look through. */
const MOST = 60;

const ask = StateEffect.define<null>();
const choose = StateEffect.define<number>();
const close = StateEffect.define<null>();

/** A list below the cursor: by itself while a name or known value is typed, at any place with Ctrl+Space. */
export function completion(suggest: Suggest, label: string): Extension {
  const offer = (transaction: Transaction, asked: boolean): Offered | undefined => {
    const cursor = jsonCursor(transaction.newDoc.toString(), transaction.newSelection.main.head);
    if (!asked && cursor.typed === '' && cursor.from === cursor.to) return undefined;
    const suggestions = fitting(suggest(cursor), cursor.typed);
    const [only] = suggestions;
    const whole = suggestions.length === 1 && only?.label === cursor.typed;
    return suggestions.length === 0 || (whole && !asked) ? undefined : { cursor, suggestions, chosen: 0 };
  };
  const offered = StateField.define<Offered | undefined>({
    create: () => undefined,
    update(before, transaction) {
      for (const effect of transaction.effects) {
        if (effect.is(ask)) return offer(transaction, true);
        if (effect.is(close)) return undefined;
        if (effect.is(choose) && before !== undefined) return { ...before, chosen: effect.value };
      }
      if (transaction.docChanged) {
        const typed = transaction.isUserEvent('input.type');
        const goesOn = typed || (before !== undefined && transaction.isUserEvent('delete'));
        return goesOn ? offer(transaction, false) : undefined;
      }
      return transaction.selection === undefined ? before : undefined;
    },
    provide: field => [
      showTooltip.from(field, now => (now === undefined ? null : listOf(now.cursor.from))),
      EditorView.contentAttributes.compute([field], state => attributesOf(state.field(field))),
    ],
  });

  const listOf = (pos: number): Tooltip => ({
    pos,
    create: view => {
      const dom = document.createElement('ul');
      dom.className = 'cm-suggestions';
      dom.id = ID;
      dom.setAttribute('role', 'listbox');
      dom.setAttribute('aria-label', label);
      const show = (state: EditorState) => fill(dom, state.field(offered), at => take(view, at));
      show(view.state);
      return { dom, update: update => show(update.state) };
    },
  });

  const take = (view: EditorView, at: number): boolean => {
    const now = view.state.field(offered);
    const suggestion = now?.suggestions[at];
    if (now === undefined || suggestion === undefined) return false;
    const { cursor } = now;
    const { insert, caret = insert.length, goOn = false } = suggestion;
    const comma = cursor.commaAt === undefined ? [] : [{ from: cursor.commaAt, insert: ',' }];
    const after = cursor.commaAfter && !(cursor.role === 'name' && cursor.colon) ? ',' : '';
    view.dispatch({
      changes: [...comma, { from: cursor.from, to: cursor.to, insert: insert + after }],
      selection: { anchor: cursor.from + comma.length + caret },
      userEvent: 'input.complete',
      effects: close.of(null),
      scrollIntoView: true,
    });
    if (goOn) view.dispatch({ effects: ask.of(null) });
    return true;
  };
  const move = (by: number) => (view: EditorView) => {
    const now = view.state.field(offered);
    if (now === undefined) return false;
    const { length } = now.suggestions;
    view.dispatch({ effects: choose.of((now.chosen + by + length) % length) });
    return true;
  };
  const accept = (view: EditorView) => take(view, view.state.field(offered)?.chosen ?? -1);
  return [
    offered,
    EditorView.contentAttributes.of({ 'aria-autocomplete': 'list', 'aria-haspopup': 'listbox' }),
    Prec.highest(
      keymap.of([
        { key: 'Ctrl-Space', run: view => begin(view) },
        { key: 'ArrowDown', run: move(1) },
        { key: 'ArrowUp', run: move(-1) },
        { key: 'Enter', run: accept },
        { key: 'Tab', run: accept },
        {
          key: 'Escape',
          run: view => {
            if (view.state.field(offered) === undefined) return false;
            view.dispatch({ effects: close.of(null) });
            return true;
          },
        },
      ]),
    ),
    EditorView.domEventHandlers({
      blur: (_, view) => {
        if (view.state.field(offered) !== undefined) view.dispatch({ effects: close.of(null) });
      },
    }),
  ];
}

function begin(view: EditorView): boolean {
  view.dispatch({ effects: ask.of(null) });
  return true;
}

/** Those that begin with what is typed, then those that have it somewhere. */
export function fitting(suggestions: readonly Suggestion[], typed: string): readonly Suggestion[] {
  const sought = typed.toLowerCase();
  const has = (at: (place: number) => boolean) =>
    suggestions.filter(({ label }) => at(label.toLowerCase().indexOf(sought)));
  return [...has(place => place === 0), ...has(place => place > 0)].slice(0, MOST);
}

function attributesOf(now: Offered | undefined): Record<string, string> {
  return now === undefined ? {} : { 'aria-controls': ID, 'aria-activedescendant': `${ID}-${now.chosen}` };
}

function fill(dom: HTMLElement, now: Offered | undefined, take: (at: number) => void): void {
  if (now === undefined) return;
  const options = now.suggestions.map(({ label, detail = '', strong = false }, at) => {
    const option = document.createElement('li');
    option.id = `${ID}-${at}`;
    option.setAttribute('role', 'option');
    option.setAttribute('aria-selected', String(at === now.chosen));
    const name = document.createElement('span');
    name.className = strong ? 'cm-suggested cm-suggested-strong' : 'cm-suggested';
    name.textContent = label;
    const more = document.createElement('span');
    more.className = 'cm-suggested-detail';
    more.textContent = detail;
    option.append(name, more);
    option.addEventListener('mousedown', event => {
      // The editor keeps the focus.
      event.preventDefault();
      take(at);
    });
    return option;
  });
  dom.replaceChildren(...options);
  options[now.chosen]?.scrollIntoView({ block: 'nearest' });
}
