import { useCallback, useDeferredValue, useMemo } from 'react';
import { findType } from '../../core/ocpi/types.ts';
import type { Version } from '../../core/ocpi/versions.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Chip } from '../ui/chip.tsx';
import type { Suggest } from '../ui/editor/editor-completion.ts';
import type { JsonCursor } from '../ui/editor/json-cursor.ts';
import { ObjectEditor } from '../ui/editor/object-editor.tsx';
import { findingsIn, jsonFindings, listedFindings, markedFindings } from './checking.ts';
import styles from './field-help.module.css';
import { FieldHelp } from './field-help.tsx';
import { suggestionsAt } from './suggestions.ts';

export interface OcpiEditorProps {
  readonly version: Version;
  /** Name of a type of that version: `Location`, `StartSession`. Of one nobody knows, only the JSON is checked. */
  readonly type: string;
  /** A part of the object, as a PATCH has it. */
  readonly partial?: boolean;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** What the text is. */
  readonly label: string;
  readonly height?: number | string;
  /** JSON pointer of where one begins to write; the editor takes the focus. Nowhere unless said. */
  readonly beginAt?: string;
}

export function CheckedEditor({ version, type: name, partial = false, value, ...rest }: OcpiEditorProps) {
  const t = useTexts('ocpiHelp');
  const type = useMemo(() => findType(version, name), [version, name]);
  // Checked when there is time for it: what is typed shows at once.
  const text = useDeferredValue(value);
  const { marks, listed, errors } = useMemo(() => {
    const findings = type === undefined ? jsonFindings(text) : findingsIn(text, { type, partial });
    const words = {
      missing: (fields: string) => t('missing', { fields }),
      expected: (expected: string, met: string) =>
        met === '' ? t('expectedNothing', { expected }) : t('expected', { expected, met }),
    };
    return {
      marks: markedFindings(text, findings, words),
      listed: listedFindings(text, findings, words),
      errors: findings.filter(({ severity }) => severity === 'error').length,
    };
  }, [text, type, partial, t]);
  const suggest = useCallback<Suggest>(
    cursor => {
      if (type === undefined) return [];
      const words = { optional: t('optional'), listOf: (of: string) => t('listOf', { type: of }), now: t('now') };
      return suggestionsAt(type.schema, cursor, { words, now: nowText() });
    },
    [type, t],
  );
  const describe = (cursor: JsonCursor) =>
    type === undefined ? <p className={styles['line']}>{t('noType')}</p> : <FieldHelp type={type} cursor={cursor} />;
  const others = listed.length - errors;
  const against = { type: type?.name ?? name, version };
  const verdict = (
    <span className={styles['head']}>
      {listed.length > 0 ? (
        <>
          {errors > 0 && <Chip tone="bad">{t('errors', { count: errors })}</Chip>}
          {others > 0 && <Chip tone="warn">{t('others', { count: others })}</Chip>}
          {type !== undefined && <span>{t('against', against)}</span>}
        </>
      ) : type === undefined ? (
        t(text.trim() === '' ? 'empty' : 'jsonWell', against)
      ) : (
        <Chip tone="ok">{t(partial ? 'allWellPartial' : 'allWell', against)}</Chip>
      )}
    </span>
  );
  return (
    <ObjectEditor
      {...rest}
      value={value}
      marks={marks}
      findings={listed}
      verdict={verdict}
      suggest={suggest}
      describe={describe}
      texts={{ suggestions: t('suggestions'), field: t('field'), findings: t('findings') }}
    />
  );
}

/** To the second, as the specification writes moments. */
export function nowText(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
}
