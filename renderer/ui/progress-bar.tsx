import { Button, Progress } from '@mantine/core';
import styles from './progress-bar.module.css';
import { useUiTexts } from './ui-texts.ts';

export interface ProgressBarProps {
  /** What is being done. */
  readonly said: string;
  /** From 0 to 100; absent while nobody knows how much there is. */
  readonly share?: number | undefined;
  /** How far it is, in words: `12 of 40`. */
  readonly far?: string | undefined;
  /** Absent where it goes to its end once it has begun. */
  readonly onCancel?: (() => void) | undefined;
  /** `Cancel` unless said. */
  readonly cancel?: string;
}

/** How far something that takes long has come. */
export function ProgressBar({ said, share, far, onCancel, cancel }: ProgressBarProps) {
  const texts = useUiTexts();
  return (
    <div className={styles['progress']}>
      <span className={styles['said']} role="status">
        {said}
      </span>
      <Progress
        className={styles['bar'] ?? ''}
        value={share ?? 100}
        animated={share === undefined}
        aria-label={said}
        {...(share === undefined && { 'aria-valuetext': said })}
      />
      {far !== undefined && <span className={styles['far']}>{far}</span>}
      {onCancel !== undefined && (
        <Button variant="default" onClick={onCancel}>
          {cancel ?? texts.cancel}
        </Button>
      )}
    </div>
  );
}
