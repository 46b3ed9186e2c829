import { useEffect, useEffectEvent, useRef, useState } from 'react';
import styles from './code-box.module.css';
import type { OpenEditor } from './code-mirror.ts';
import type { JsonMark } from './json-marks.ts';
import { useUiTexts } from './ui-texts.ts';
import { useCodeMirror } from './use-code-mirror.ts';

export interface CodeBoxProps {
  readonly text: string;
  readonly marks: readonly JsonMark[];
  readonly label: string;
  readonly height?: number | string;
  readonly onChange?: (text: string) => void;
}

/** Until the editor has come the text shows plain, in the same place. */
export function CodeBox({ text, marks, label, height, onChange }: CodeBoxProps) {
  const codeMirror = useCodeMirror();
  const texts = useUiTexts();
  const { editorPhrases: phrases } = texts;
  const parent = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<OpenEditor>();
  const written = onChange !== undefined;
  const changed = useEffectEvent((text: string) => onChange?.(text));
  const beginning = useEffectEvent(() => text);
  useEffect(() => {
    if (codeMirror === undefined || parent.current === null) return;
    const opened = codeMirror.openEditor({
      parent: parent.current,
      text: beginning(),
      label,
      phrases,
      ...(written && { onChange: text => changed(text) }),
    });
    setEditor(opened);
    return () => {
      setEditor(undefined);
      opened.close();
    };
  }, [codeMirror, label, written, phrases]);
  useEffect(() => editor?.setText(text), [editor, text]);
  const words = { error: texts.error, warning: texts.warning, note: texts.note };
  const { error, warning, note } = words;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has its marks elsewhere.
  useEffect(() => editor?.setMarks(marks, { error, warning, note }), [editor, marks, text, error, warning, note]);
  return (
    <div className={styles['box']} ref={parent} style={{ height }}>
      {codeMirror === undefined && <pre className={styles['plain']}>{text}</pre>}
    </div>
  );
}
