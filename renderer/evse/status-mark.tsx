import { classNames } from '../ui/class-names.ts';
import { Spoken } from '../ui/spoken.tsx';
import styles from './status-mark.module.css';
import shapes from './status-shape.module.css';
import { shapeOf } from './status-shape.ts';

/** The shape and letter of a status. Without hooks: cells of the table call it. */
export function StatusMark({ status, count }: { readonly status: string | null; readonly count?: number }) {
  const { letter, tone, path, filled } = shapeOf(status);
  return (
    <span
      className={classNames(shapes['shape'], shapes[tone], shapes[filled ? 'filled' : 'hollow'], styles['mark'])}
      title={status ?? undefined}
    >
      <svg viewBox="0 0 20 20" aria-hidden>
        <path d={path} />
        <text x="10" y="14">
          {letter}
        </text>
      </svg>
      {count !== undefined && <span className={styles['count']}>{count}</span>}
      <Spoken>{status ?? ''}</Spoken>
    </span>
  );
}
