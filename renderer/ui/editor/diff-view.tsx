import { useEffect, useRef } from 'react';
import { useUiTexts } from '../ui-texts.ts';
import styles from './code-box.module.css';
import { useCodeMirror } from './use-code-mirror.ts';

export interface DiffViewProps {
  readonly left: string;
  readonly right: string;
  readonly height?: number | string;
  /** How they are coloured; JSON unless said. */
  readonly language?: 'json' | 'text';
  /** What the two are. */
  readonly labels?: readonly [string, string];
}

/** Two texts beside each other, differences marked. Lay both out alike before (`prettyJson`). */
export function DiffView({ left, right, height, labels, language = 'json' }: DiffViewProps) {
  const codeMirror = useCodeMirror();
  const texts = useUiTexts();
  const { editorPhrases: phrases } = texts;
  const parent = useRef<HTMLDivElement>(null);
  const [first, second] = labels ?? [texts.left, texts.right];
  useEffect(() => {
    if (codeMirror === undefined || parent.current === null) return;
    const labels = [first, second] as const;
    const diff = codeMirror.openDiff({ parent: parent.current, left, right, labels, language, phrases });
    return () => diff.close();
  }, [codeMirror, left, right, first, second, language, phrases]);
  return <div className={styles['diff']} ref={parent} style={{ height }} aria-busy={codeMirror === undefined} />;
}
