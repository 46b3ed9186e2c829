import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import styles from './health.module.css';

/** How much was not looked at yet; nothing where all was. */
export function BehindNote({ behind }: { readonly behind: number }) {
  const t = useTexts('health');
  const numbers = new Intl.NumberFormat(useLanguage());
  if (behind === 0) return null;
  return (
    <p className={styles['behind']} role="status">
      {t('behind', { count: behind, number: numbers.format(behind) })}
    </p>
  );
}
