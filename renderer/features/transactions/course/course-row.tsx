import { IconChevronDown, IconChevronRight, IconFlask } from '@tabler/icons-react';
import { memo } from 'react';
import type { TransactionPoint } from '../../../../core/contract/transaction.ts';
import { FindingsChip } from '../../../exchange/findings-chip.tsx';
import { HttpChip, OcpiChip } from '../../../exchange/statuses.tsx';
import type { Texts } from '../../../texts/use-texts.ts';
import { classNames } from '../../../ui/class-names.ts';
import { Duration } from '../../../ui/duration.tsx';
import { Spoken } from '../../../ui/spoken.tsx';
import { durationText, localTime, utcText } from '../../../ui/time-format.ts';
import styles from './course.module.css';
import type { CourseRow, Fold } from './fold.ts';

export interface CourseRowTexts {
  readonly t: Texts<'transactions'>;
  readonly traffic: Texts<'traffic'>;
  /** What the partner is called here. */
  readonly partner: string;
}

export interface CourseLineProps extends CourseRowTexts {
  readonly id: string;
  readonly row: CourseRow;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  /** Milliseconds since the epoch: when all of it began. */
  readonly began: number;
  /** The keys are here. */
  readonly active: boolean;
  /** Its details are open. */
  readonly selected: boolean;
}

/** One arrow between us and the partner, or a run of equal ones. */
export const CourseLine = memo(function CourseLine(props: CourseLineProps) {
  const { id, row, index, top, height, began, active, selected, t, traffic, partner } = props;
  const point = row.kind === 'fold' ? row.fold.first : row.point;
  const why = t('why', { why: point.why });
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and names its active item.
    <div
      id={id}
      role="treeitem"
      aria-level={row.kind === 'point' && row.inside ? 2 : 1}
      aria-posinset={row.place}
      aria-setsize={row.places}
      aria-selected={selected}
      {...(row.kind === 'fold' && { 'aria-expanded': row.open })}
      data-index={index}
      className={classNames(
        styles['row'],
        active && styles['active'],
        selected && styles['selected'],
        row.kind === 'point' && row.inside && styles['inside'],
      )}
      style={{ top, height }}
      title={why}
    >
      <Moment at={point.at} />
      <span className={styles['since']}>+{durationText(Math.max(0, Date.parse(point.at) - began))}</span>
      <span className={styles['lane']} />
      <div className={styles['zone']}>
        {row.kind === 'fold' ? (
          <Folded fold={row.fold} open={row.open} t={t} />
        ) : (
          <Said point={row.point} t={t} traffic={traffic} />
        )}
        <Spoken>{point.direction === 'out' ? t('toThem', { partner }) : t('toUs', { partner })}</Spoken>
        <span
          className={classNames(styles['shaft'], styles[verdictOf(point)])}
          data-to={point.direction === 'out' ? 'right' : 'left'}
          data-many={row.kind === 'fold'}
        />
      </div>
      <span className={styles['lane']} />
    </div>
  );
});

function Moment({ at }: { readonly at: string }) {
  const moment = new Date(at);
  return (
    <time className={styles['time']} dateTime={at} title={utcText(moment)}>
      {localTime(moment)}
    </time>
  );
}

function Said({ point, t, traffic }: { readonly point: TransactionPoint } & Omit<CourseRowTexts, 'partner'>) {
  const { title, said, durationMs, findings, faults } = point;
  return (
    <div className={styles['line']}>
      <strong className={styles['what']}>{title}</strong>
      <span className={styles['said']}>{said}</span>
      <span className={styles['marks']}>
        {faults.length > 0 && (
          <span className={styles['fault']} title={t('faultHere', { kinds: faults.join(', ') })}>
            <IconFlask size={14} stroke={1.7} aria-hidden />
            <Spoken>{t('faultHere', { kinds: faults.join(', ') })}</Spoken>
          </span>
        )}
        <FindingsChip findings={findings} t={traffic} />
        <HttpChip of={point} t={traffic} />
        <OcpiChip status={point.ocpiStatus} />
        <span className={styles['took']}>
          <Duration ms={durationMs} />
        </span>
      </span>
    </div>
  );
}

function Folded({ fold, open, t }: { readonly fold: Fold; readonly open: boolean; readonly t: Texts<'transactions'> }) {
  const { points, first, last } = fold;
  const Icon = open ? IconChevronDown : IconChevronRight;
  const minute = (at: string) => localTime(new Date(at)).slice(0, 8);
  return (
    <div className={styles['line']}>
      <Icon size={14} aria-hidden className={styles['caret'] ?? ''} />
      <strong className={styles['what']}>{t(`fold-${first.kind}`, { count: points.length })}</strong>
      <span className={styles['said']}>
        {t('foldSpan', { from: minute(first.at), to: minute(last.at) })}
        {last.said !== '' && ` · ${t('foldLast', { said: last.said })}`}
      </span>
    </div>
  );
}

function verdictOf({ ok, ended, findings }: TransactionPoint): 'pass' | 'warn' | 'fail' | 'open' {
  if (ended === 'open') return 'open';
  if (!ok) return 'fail';
  return findings.some(({ severity }) => severity !== 'note') ? 'warn' : 'pass';
}
