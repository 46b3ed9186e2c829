import { IconFlag } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/use-texts.ts';
import styles from './explanation.module.css';
import { useExplanation } from './use-explanation.ts';

export interface ExplanationLineProps {
  readonly id: number;
  /** The way to the whole of it. */
  readonly more: ReactNode;
}

/** What happened, in one sentence; nothing where all is well. */
export function ExplanationLine({ id, more }: ExplanationLineProps) {
  const t = useTexts('explanation');
  const { data } = useExplanation(id);
  const [worst] = data?.problems ?? [];
  const purpose = data?.onPurpose[0];
  if (worst === undefined && purpose === undefined) return null;
  return (
    <div className={styles['line']}>
      {purpose !== undefined && (
        <p className={styles['purposeLine']}>
          <IconFlag size={13} className={styles['flag'] ?? ''} aria-hidden /> {t('onPurpose')}:{' '}
          <span lang="en">{purpose}</span>
        </p>
      )}
      {worst !== undefined && <p lang="en">{worst.sentence}</p>}
      {more}
    </div>
  );
}
