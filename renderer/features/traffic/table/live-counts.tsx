import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import styles from '../traffic-page.module.css';
import type { LiveRows } from './live-rows.ts';
import { useLiveState } from './use-live-rows.ts';

/** How many fit, and how many of them failed; they may come later than the rows. */
export function LiveCounts({ live, filtered }: { readonly live: LiveRows; readonly filtered: boolean }) {
  const t = useTexts('traffic');
  const numbers = new Intl.NumberFormat(useLanguage());
  const { counted, loading, behind, failure } = useLiveState(live);
  if (failure !== undefined) return null;
  const shown =
    counted === undefined || loading
      ? t('counting')
      : t(filtered ? 'fitting' : 'counted', { count: counted.count, number: numbers.format(counted.count) });
  return (
    <span className={styles['counts']}>
      {shown}
      {counted !== undefined && counted.errors > 0 && !loading && (
        <span className={styles['errors']}>
          {t('ofThemErrors', { count: counted.errors, number: numbers.format(counted.errors) })}
        </span>
      )}
      {behind > 0 && <span>{t('behind', { count: behind, number: numbers.format(behind) })}</span>}
    </span>
  );
}
