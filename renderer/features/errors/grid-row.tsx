import { memo } from 'react';
import type { Troubles } from '../../../core/contract/errors.ts';
import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Spoken } from '../../ui/spoken.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { GridCell } from './grid-cell.tsx';
import { firstColumn, type GridLayout, NARROW_CELL, OVER_TIME } from './grid-layout.ts';
import type { TroubleColumn, TroubleRow } from './matrix.ts';
import { saidBy, toneOf } from './row-words.ts';
import { Spark } from './spark.tsx';
import styles from './trouble-grid.module.css';

export interface GridRowProps {
  readonly row: TroubleRow;
  readonly index: number;
  /** A heading above it. */
  readonly section: 'sectionFailed' | 'sectionFound' | undefined;
  readonly columns: readonly TroubleColumn[];
  readonly layout: GridLayout;
  readonly span: Pick<Troubles, 'from' | 'to'>;
  /** Of all cells of its kind. */
  readonly most: number;
  readonly meaning: string | undefined;
  readonly idOf: (column: number) => string;
  /** Which of its places has the keys, or is selected; -1 is the name of the line. */
  readonly active: number | undefined;
  readonly selected: number | undefined;
}

function PlainRow(props: GridRowProps) {
  const { row, index, section, columns, layout, span, most, meaning, idOf, active, selected } = props;
  const t = useTexts('errors');
  const language = useLanguage();
  const numbers = new Intl.NumberFormat(language);
  const first = firstColumn(layout);
  return (
    <>
      {section !== undefined && (
        <div className={styles['section']} role="presentation">
          <span>{t(section)}</span>
        </div>
      )}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell. */}
      {/* biome-ignore lint/a11y/useSemanticElements: cells stand at places of a grid. */}
      <div
        className={classNames(styles['row'], styles['line'], row.failed ? styles['failed'] : styles['found'])}
        role="row"
        aria-rowindex={index + 2}
      >
        {/* biome-ignore lint/a11y/useFocusableInteractive: as above. */}
        {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
        <div
          id={idOf(-1)}
          role="rowheader"
          aria-colindex={1}
          aria-selected={selected === -1}
          data-place={`${index} -1`}
          className={classNames(
            styles['code'],
            styles['pinned'],
            selected === -1 && styles['selected'],
            active === -1 && styles['active'],
          )}
          title={meaning === undefined ? row.code : `${row.code}: ${meaning}`}
        >
          <span className={styles['layer']}>{t(row.layer)}</span>
          <span className={styles['arrow']} title={saidBy(row, t)} aria-hidden>
            {row.direction === 'in' ? '←' : '→'}
          </span>
          <Chip tone={toneOf(row)}>{row.code}</Chip>
          {/* Codes of findings need the room. */}
          {row.failed ? <span className={styles['said']}>{saidBy(row, t)}</span> : <Spoken>{saidBy(row, t)}</Spoken>}
          {row.fresh &&
            (layout.roomy ? (
              <span className={styles['new']}>
                <Chip tone="accent">{t('new')}</Chip>
              </span>
            ) : (
              <NewCorner word={t('newSpoken')} />
            ))}
        </div>
        {layout.meaning && (
          // biome-ignore lint/a11y/useFocusableInteractive: as above.
          // biome-ignore lint/a11y/useSemanticElements: as above.
          <div role="gridcell" className={styles['meaning']} title={meaning} lang="en" data-place={`${index} -1`}>
            {meaning}
          </div>
        )}
        {/* biome-ignore lint/a11y/useFocusableInteractive: as above. */}
        {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
        <div role="gridcell" className={styles['count']} data-place={`${index} -1`}>
          {numbers.format(row.count)}
        </div>
        {layout.overTime && (
          // biome-ignore lint/a11y/useFocusableInteractive: as above.
          // biome-ignore lint/a11y/useSemanticElements: as above.
          <div role="gridcell" className={styles['overTime']} data-place={`${index} -1`}>
            <Spark counts={row.overTime} from={span.from} to={span.to} width={OVER_TIME - 16} height={18} />
          </div>
        )}
        {layout.last && (
          // biome-ignore lint/a11y/useFocusableInteractive: as above.
          // biome-ignore lint/a11y/useSemanticElements: as above.
          <div role="gridcell" className={styles['last']} data-place={`${index} -1`}>
            <TimeText at={row.last} />
          </div>
        )}
        {columns.map((column, at) => {
          const cell = row.cells.get(column.key);
          return (
            cell !== undefined && (
              <GridCell
                key={column.key}
                id={idOf(at)}
                place={`${index} ${at}`}
                cell={cell}
                code={row.code}
                column={column}
                at={at}
                gridColumn={first + at}
                most={most}
                narrow={layout.cell < NARROW_CELL}
                active={active === at}
                selected={selected === at}
              />
            )
          );
        })}
      </div>
    </>
  );
}

function NewCorner({ word }: { readonly word: string }) {
  return (
    <>
      <span className={styles['fresh']} aria-hidden />
      <Spoken>{word}</Spoken>
    </>
  );
}

/** One code on all links. Drawn anew when it changed, or the place with the keys came or went. */
export const GridRow = memo(PlainRow, (before, after) =>
  (Object.keys(after) as (keyof GridRowProps)[]).every(name => name === 'idOf' || before[name] === after[name]),
);
