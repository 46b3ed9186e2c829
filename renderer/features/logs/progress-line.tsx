import type { LogProgress } from '../../../core/contract/session-log.ts';
import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { shareOf } from '../../ui/share.ts';
import { bytesText } from '../../ui/time-format.ts';
import { doingWords } from './doing-words.ts';

export interface ProgressLineProps {
  /** Absent until the core has said something. */
  readonly progress: LogProgress | undefined;
  /** What it counts: things, or bytes. */
  readonly unit?: 'count' | 'bytes';
  /** Absent where it goes to its end once it has begun. */
  readonly onCancel?: () => void;
}

/** How far something that takes long has come. Where it can be cancelled, nothing half-done stays. */
export function ProgressLine({ progress, unit = 'count', onCancel }: ProgressLineProps) {
  const t = useTexts('logs');
  const numbers = new Intl.NumberFormat(useLanguage());
  if (progress === undefined) return <ProgressBar said={t('beginning')} onCancel={onCancel} />;
  const { doing, done, total } = progress;
  const shown = (value: number) => (unit === 'bytes' ? bytesText(value) : numbers.format(value));
  const far = total === null ? shown(done) : t('doneOf', { done: shown(done), total: shown(total) });
  return (
    <ProgressBar
      said={doingWords(doing, t)}
      share={shareOf(progress)}
      far={done > 0 ? far : undefined}
      onCancel={onCancel}
    />
  );
}
