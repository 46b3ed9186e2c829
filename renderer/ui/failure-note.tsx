import { Button } from '@mantine/core';
import styles from './failure-note.module.css';
import { useUiTexts } from './ui-texts.ts';

export interface FailureNoteProps {
  /** What happened and what to do next: `failureOf(error)` of the bridge fits. */
  readonly failure: { readonly message: string; readonly advice: string; readonly details?: string };
  readonly onRetry?: () => void;
}

export function FailureNote({ failure, onRetry }: FailureNoteProps) {
  const texts = useUiTexts();
  return (
    <div className={styles['note']} role="alert">
      <strong>{failure.message}</strong>
      <p className={styles['advice']}>{failure.advice}</p>
      {failure.details !== undefined && <pre className={styles['details']}>{failure.details}</pre>}
      {onRetry !== undefined && (
        <Button variant="default" onClick={onRetry} className={styles['retry'] ?? ''}>
          {texts.retry}
        </Button>
      )}
    </div>
  );
}
