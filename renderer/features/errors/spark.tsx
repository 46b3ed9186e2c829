import { useTexts } from '../../texts/use-texts.ts';
import { isShort, momentText } from './row-words.ts';
import styles from './spark.module.css';

export interface SparkProps {
  readonly counts: readonly number[];
  /** RFC 3339: what they span. */
  readonly from: string;
  readonly to: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** How often in each stretch of time, as bars. */
export function Spark({ counts, from, to, width, height }: SparkProps) {
  const t = useTexts('errors');
  const most = Math.max(1, ...counts);
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const said = t('spark', {
    from: momentText(start, isShort(start, end)),
    to: momentText(end, isShort(start, end)),
    most: Math.max(0, ...counts),
    count: counts.length,
  });
  return (
    <svg
      className={styles['spark']}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={said}
    >
      <title>{said}</title>
      <path d={`M0 ${height - 0.5}H${width}`} className={styles['ground']} />
      <path d={barsOf(counts, most, { width, height })} className={styles['bars']} />
    </svg>
  );
}

/** One path for all of them: a grid has many. What is there at all is seen. */
function barsOf(counts: readonly number[], most: number, size: { readonly width: number; readonly height: number }) {
  const step = size.width / Math.max(1, counts.length);
  const bar = Math.max(1, step - 1);
  return counts
    .map((count, at) => {
      const tall = count === 0 ? 0 : Math.max(2, (count / most) * size.height);
      return tall === 0
        ? ''
        : `M${(at * step).toFixed(2)} ${size.height}v${-tall.toFixed(2)}h${bar.toFixed(2)}v${tall.toFixed(2)}z`;
    })
    .join('');
}
