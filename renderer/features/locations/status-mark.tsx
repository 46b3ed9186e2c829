import { classNames } from '../../ui/class-names.ts';
import styles from './status-mark.module.css';
import { shapeOf } from './status-shape.ts';

/** The shape and letter of a status. Without hooks: cells of the table call it. */
export function StatusMark({ status, count }: { readonly status: string | null; readonly count?: number }) {
  const { letter, tone, path, filled } = shapeOf(status);
  return (
    <span className={classNames(styles['mark'], styles[tone])} title={status ?? undefined}>
      <svg viewBox="0 0 20 20" className={filled ? styles['filled'] : styles['hollow']} aria-hidden>
        <path d={path} />
        <text x="10" y="14">
          {letter}
        </text>
      </svg>
      {count !== undefined && <span className={styles['count']}>{count}</span>}
      <span className={styles['spoken']}>{status ?? ''}</span>
    </span>
  );
}
