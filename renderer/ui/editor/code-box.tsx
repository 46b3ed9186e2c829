import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useUiTexts } from '../ui-texts.ts';
import styles from './code-box.module.css';
import type { EditorHelp, OpenEditor } from './code-mirror.ts';
import type { JsonMark } from './json-marks.ts';
import { useCodeMirror } from './use-code-mirror.ts';

export interface CodeBoxProps {
  readonly text: string;
  readonly marks: readonly JsonMark[];
  readonly label: string;
  readonly height?: number | string;
  readonly onChange?: (text: string) => void;
  readonly help?: EditorHelp;
  /** A place to be brought into view, whenever another one is given. */
  readonly reveal?: Pick<JsonMark, 'pointer' | 'at'> | undefined;
}

/** Until the editor has come the text shows plain, in the same place. */
export function CodeBox({ text, marks, label, height, onChange, help, reveal }: CodeBoxProps) {
  const codeMirror = useCodeMirror();
  const texts = useUiTexts();
  const { editorPhrases: phrases } = texts;
  const parent = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<OpenEditor>();
  const written = onChange !== undefined;
  const helped = help?.label;
  /** What was handed on, and has not come back as the text yet. */
  const told = useRef<readonly string[]>([]);
  const changed = useEffectEvent((text: string) => {
    told.current = [...told.current, text];
    onChange?.(text);
  });
  const suggest = useEffectEvent<EditorHelp['suggest']>(cursor => help?.suggest(cursor) ?? []);
  const moved = useEffectEvent<EditorHelp['onCursor']>(cursor => help?.onCursor(cursor));
  const beginning = useEffectEvent(() => text);
  useEffect(() => {
    if (codeMirror === undefined || parent.current === null) return;
    const opened = codeMirror.openEditor({
      parent: parent.current,
      text: beginning(),
      label,
      phrases,
      ...(written && { onChange: text => changed(text) }),
      ...(helped !== undefined && {
        help: { label: helped, suggest: cursor => suggest(cursor), onCursor: cursor => moved(cursor) },
      }),
    });
    setEditor(opened);
    return () => {
      setEditor(undefined);
      opened.close();
    };
  }, [codeMirror, label, written, phrases, helped]);
  useEffect(() => {
    // What comes back of what was typed is older than what is typed by then.
    const heard = told.current.lastIndexOf(text);
    told.current = told.current.slice(heard + 1);
    if (heard < 0) editor?.setText(text);
  }, [editor, text]);
  const words = { error: texts.error, warning: texts.warning, note: texts.note };
  const { error, warning, note } = words;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has its marks elsewhere.
  useEffect(() => editor?.setMarks(marks, { error, warning, note }), [editor, marks, text, error, warning, note]);
  useEffect(() => {
    if (reveal !== undefined) editor?.goTo(reveal);
  }, [editor, reveal]);
  return (
    <div
      className={styles['box']}
      ref={parent}
      style={{ height }}
      // The editor is reached by itself; plain text has to be scrolled from here.
      tabIndex={codeMirror === undefined ? 0 : undefined}
    >
      {codeMirror === undefined && <pre className={styles['plain']}>{text}</pre>}
    </div>
  );
}
