import { Button, Progress } from '@mantine/core';
import type { LogProgress } from '../../../core/contract/session-log.ts';
import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import { bytesText } from '../../ui/time-format.ts';
import { doingWords, shareOf } from './doing-words.ts';
import styles from './logs.module.css';

export interface ProgressLineProps {
  /** Absent until the core has said something. */
  readonly progress: LogProgress | undefined;
  /** What it counts: things, or bytes. */
  readonly unit?: 'count' | 'bytes';
  readonly onCancel: () => void;
}

/** How far something that takes long has come; it can be cancelled, and nothing half-done stays. */
export function ProgressLine({ progress, unit = 'count', onCancel }: ProgressLineProps) {
  const t = useTexts('logs');
  const common = useTexts('common');
  const numbers = new Intl.NumberFormat(useLanguage());
  const said = progress === undefined ? t('beginning') : doingWords(progress.doing, t);
  const share = progress === undefined ? undefined : shareOf(progress);
  const shown = (value: number) => (unit === 'bytes' ? bytesText(value) : numbers.format(value));
  return (
    <div className={styles['progress']}>
      <span className={styles['doing']} role="status">
        {said}
      </span>
      <Progress
        className={styles['bar'] ?? ''}
        value={share ?? 100}
        animated={share === undefined}
        aria-label={said}
        {...(share === undefined && { 'aria-valuetext': said })}
      />
      {progress !== undefined && progress.done > 0 && (
        <span className={styles['far']}>
          {progress.total === null
            ? shown(progress.done)
            : t('doneOf', { done: shown(progress.done), total: shown(progress.total) })}
        </span>
      )}
      <Button variant="default" onClick={onCancel}>
        {common('cancel')}
      </Button>
    </div>
  );
}
