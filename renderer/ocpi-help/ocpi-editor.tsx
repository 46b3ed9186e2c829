import { lazy, Suspense } from 'react';
import { useTexts } from '../texts/use-texts.ts';
import type { OcpiEditorProps } from './checked-editor.tsx';
import styles from './field-help.module.css';

const CheckedEditor = lazy(async () => ({ default: (await import('./checked-editor.tsx')).CheckedEditor }));

/**
 * An editor of JSON with the help of the protocol's types: findings at their lines as one types, names and known values
 * with Ctrl+Space, and what the specification says about the field at the cursor. It fills its parent unless it has a
 * height; the types come on demand.
 */
export function OcpiEditor(props: OcpiEditorProps) {
  const t = useTexts('ocpiHelp');
  return (
    <Suspense
      fallback={
        <div className={styles['waiting']} style={{ height: props.height ?? '100%' }} aria-busy>
          {t('editorLoading')}
        </div>
      }
    >
      <CheckedEditor {...props} />
    </Suspense>
  );
}
