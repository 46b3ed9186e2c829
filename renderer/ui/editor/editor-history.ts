import { Annotation, type ChangeSet, type EditorSelection, type Extension, StateField } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';

interface Step {
  /** What takes the text back. */
  readonly changes: ChangeSet;
  readonly selection: EditorSelection;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly typing: boolean;
}

interface History {
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
}

/** Beyond these the oldest steps are forgotten. */
const MOST_STEPS = 300;
/** What is typed without a pause of this length is one step. */
const PAUSE_MS = 600;

const rewound = Annotation.define<'undo' | 'redo'>();

const history = StateField.define<History>({
  create: () => ({ done: [], undone: [] }),
  update({ done, undone }, transaction) {
    if (!transaction.docChanged) return { done, undone };
    const manner = transaction.annotation(rewound);
    const step: Step = {
      changes: transaction.changes.invert(transaction.startState.doc),
      selection: transaction.startState.selection,
      at: Date.now(),
      typing: transaction.isUserEvent('input.type') || transaction.isUserEvent('delete.backward'),
    };
    if (manner === 'undo') return { done: done.slice(0, -1), undone: [...undone, { ...step, typing: false }] };
    if (manner === 'redo') return { done: [...done, { ...step, typing: false }], undone: undone.slice(0, -1) };
    const last = done.at(-1);
    if (last?.typing && step.typing && step.at - last.at < PAUSE_MS) {
      const joined = { ...last, changes: step.changes.compose(last.changes), at: step.at };
      return { done: [...done.slice(0, -1), joined], undone: [] };
    }
    return { done: [...done, step].slice(-MOST_STEPS), undone: [] };
  },
});

function rewind(view: EditorView, manner: 'undo' | 'redo'): boolean {
  const { done, undone } = view.state.field(history);
  const step = (manner === 'undo' ? done : undone).at(-1);
  if (step === undefined) return true;
  view.dispatch({
    changes: step.changes,
    selection: step.selection,
    annotations: rewound.of(manner),
    scrollIntoView: true,
  });
  return true;
}

/** Undo and redo, by key and from a menu of the system. */
export function editorHistory(): Extension {
  return [
    history,
    keymap.of([
      { key: 'Mod-z', run: view => rewind(view, 'undo'), preventDefault: true },
      { key: 'Mod-y', mac: 'Mod-Shift-z', run: view => rewind(view, 'redo'), preventDefault: true },
      { key: 'Ctrl-Shift-z', run: view => rewind(view, 'redo'), preventDefault: true },
    ]),
    EditorView.domEventHandlers({
      beforeinput(event, view) {
        if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return false;
        event.preventDefault();
        return rewind(view, event.inputType === 'historyUndo' ? 'undo' : 'redo');
      },
    }),
  ];
}
