import { type ReactNode, useState } from 'react';
import { Chip } from '../chip.tsx';
import { useUiTexts } from '../ui-texts.ts';
import { CodeBox } from './code-box.tsx';
import type { Suggest } from './editor-completion.ts';
import type { JsonCursor } from './json-cursor.ts';
import type { JsonMark } from './json-marks.ts';
import styles from './object-editor.module.css';

export interface ObjectEditorProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** What the text is. */
  readonly label: string;
  readonly height?: number | string;
  /** Shown at their lines. */
  readonly marks: readonly JsonMark[];
  /** Listed below, each leading to its place. */
  readonly findings: readonly JsonMark[];
  /** Above that list: how many there are, or that all is well. */
  readonly verdict: ReactNode;
  readonly suggest: Suggest;
  /** What may be said about the place the cursor is at. */
  readonly describe: (cursor: JsonCursor) => ReactNode;
  /** JSON pointer of where one begins to write; the editor takes the focus. Nowhere unless said. */
  readonly beginAt?: string | undefined;
  readonly texts: { readonly suggestions: string; readonly field: string; readonly findings: string };
}

/** The verdict has their number; more than these nobody reads one by one. */
const MOST = 200;
const TONES = { error: 'bad', warning: 'warn', note: 'plain' } as const;

/** An editor of JSON that knows what may stand where, says what is wrong at its line, and explains the field at the cursor. */
export function ObjectEditor(props: ObjectEditorProps) {
  const {
    value,
    onChange,
    label,
    height = '100%',
    marks,
    findings,
    verdict,
    suggest,
    describe,
    beginAt,
    texts,
  } = props;
  const [cursor, setCursor] = useState<JsonCursor>();
  const [reveal, setReveal] = useState<Pick<JsonMark, 'pointer' | 'at'> | undefined>(() =>
    beginAt === undefined ? undefined : { pointer: beginAt },
  );
  const words = useUiTexts();
  return (
    <div className={styles['editor']} style={{ height }}>
      <div className={styles['text']}>
        <CodeBox
          text={value}
          marks={marks}
          label={label}
          height="100%"
          onChange={onChange}
          help={{ suggest, label: texts.suggestions, onCursor: setCursor }}
          reveal={reveal}
        />
      </div>
      <div className={styles['foot']}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard. */}
        <section className={styles['field']} aria-label={texts.field} tabIndex={0}>
          {cursor !== undefined && describe(cursor)}
        </section>
        <section className={styles['findings']} aria-label={texts.findings}>
          <div className={styles['verdict']}>{verdict}</div>
          <ul className={styles['list']}>
            {findings.slice(0, MOST).map(mark => (
              <li key={`${mark.pointer} ${mark.message}`}>
                <button type="button" className={styles['finding']} onClick={() => setReveal({ ...mark })}>
                  <Chip tone={TONES[mark.severity]}>{words[mark.severity]}</Chip>
                  {mark.pointer !== '' && <code className={styles['pointer']}>{mark.pointer}</code>}
                  <span>{mark.message}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </div>
  );
}
