import { IconFlag } from '@tabler/icons-react';
import { useTexts } from '../texts/use-texts.ts';
import styles from './explanation.module.css';

/** Faults of ours that were at work: what happened is what was wanted. */
export function OnPurpose({ sentences }: { readonly sentences: readonly string[] }) {
  const t = useTexts('explanation');
  if (sentences.length === 0) return null;
  return (
    <section className={styles['purpose']} aria-label={t('onPurpose')}>
      <strong>
        <IconFlag size={14} className={styles['flag'] ?? ''} aria-hidden /> {t('onPurpose')}
      </strong>
      <ul lang="en">
        {sentences.map(sentence => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
