import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import { classNames } from '../../ui/class-names.ts';
import { Spoken } from '../../ui/spoken.tsx';
import { heatOf } from './heat.ts';
import type { TroubleCell, TroubleColumn } from './matrix.ts';
import { momentText } from './row-words.ts';
import styles from './trouble-grid.module.css';

export interface GridCellProps {
  readonly id: string;
  /** Line and column, for who hears of clicks. */
  readonly place: string;
  readonly cell: TroubleCell;
  readonly code: string;
  readonly column: TroubleColumn;
  readonly at: number;
  readonly gridColumn: number;
  readonly most: number;
  /** There is no room for long numbers. */
  readonly narrow: boolean;
  readonly active: boolean;
  readonly selected: boolean;
}

/** How often, darker the more; a corner where it is new, a hatched strip for the share that was on purpose. */
export function GridCell(props: GridCellProps) {
  const { id, place, cell, code, column, at, gridColumn, most, narrow, active, selected } = props;
  const t = useTexts('errors');
  const language = useLanguage();
  const numbers = new Intl.NumberFormat(language);
  const short = new Intl.NumberFormat(language, { notation: 'compact', maximumSignificantDigits: narrow ? 2 : 3 });
  const { count, onPurpose, fresh } = cell;
  const whose =
    column.span === undefined
      ? (column.name ?? t(nameless(column)))
      : momentText(column.span.from, column.span.to - column.span.from < 60_000);
  const marks = [
    ...(fresh ? [t('newSpoken')] : []),
    ...(onPurpose > 0 ? [t('purposeSpoken', { number: numbers.format(onPurpose) })] : []),
  ];
  const said = [t('cellSpoken', { code, column: whose, number: numbers.format(count) }), ...marks].join(', ');
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell.
    // biome-ignore lint/a11y/useSemanticElements: cells stand at places of a grid.
    <div
      id={id}
      role="gridcell"
      aria-colindex={at + 2}
      aria-selected={selected}
      data-place={place}
      title={said}
      className={classNames(
        styles['cell'],
        styles[`heat${heatOf(count, most)}`],
        onPurpose === count && styles['purpose'],
        selected && styles['selected'],
        active && styles['active'],
      )}
      style={{ gridColumn }}
    >
      <span aria-hidden>{count >= (narrow ? 1000 : 10_000) ? short.format(count) : numbers.format(count)}</span>
      <Spoken>{said}</Spoken>
      {fresh && <span className={styles['fresh']} aria-hidden />}
      {onPurpose > 0 && (
        <span className={styles['strip']} style={{ width: `${(onPurpose / count) * 100}%` }} aria-hidden />
      )}
    </div>
  );
}

function nameless({ key }: TroubleColumn): 'noLink' | 'noModule' {
  return key === 'module' ? 'noModule' : 'noLink';
}
