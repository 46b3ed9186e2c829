import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { barsOf, type Hour, pathOf, totalOf } from './hour-bars.ts';
import styles from './hour-spark.module.css';

const WIDTH = 96;
const HEIGHT = 18;

/** The last 24 hours of a link in a cell: how busy they were, and how much of it failed. */
export function HourSpark({ hours }: { readonly hours: readonly Hour[] }) {
  const t = useTexts('health');
  const numbers = new Intl.NumberFormat(useLanguage());
  const bars = barsOf(hours, { width: WIDTH, height: HEIGHT });
  const { exchanges, failed } = totalOf(hours);
  const said = t('sparkSaid', {
    count: exchanges,
    number: numbers.format(exchanges),
    failed: numbers.format(failed),
  });
  return (
    <svg
      className={styles['spark']}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={said}
    >
      <title>{said}</title>
      <path d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} className={styles['ground']} />
      <path d={pathOf(bars, 'height', HEIGHT)} className={styles['all']} />
      <path d={pathOf(bars, 'failed', HEIGHT)} className={styles['failed']} />
    </svg>
  );
}
