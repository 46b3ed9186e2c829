import { LinkName } from '../../links/link-name.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { classNames } from '../../ui/class-names.ts';
import { firstColumn, type GridLayout } from './grid-layout.ts';
import type { TroubleColumn } from './matrix.ts';
import { isShort, momentText } from './row-words.ts';
import type { By } from './search.ts';
import styles from './trouble-grid.module.css';

export interface GridHeadProps {
  readonly columns: readonly TroubleColumn[];
  readonly by: By;
  readonly layout: GridLayout;
  readonly production: ReadonlySet<string>;
}

/** Names of the columns; upright where they are narrow. Of stretches of time every fourth says when it begins. */
export function GridHead({ columns, by, layout, production }: GridHeadProps) {
  const t = useTexts('errors');
  const first = firstColumn(layout);
  const [start, end] = [columns[0]?.span?.from ?? 0, columns.at(-1)?.span?.to ?? 0];
  const short = isShort(start, end);
  const names = { unknown: by === 'module' ? t('noModule') : t('noLink'), production: t('production') };
  const plain = (text: string, className?: string | undefined) => (
    // biome-ignore lint/a11y/useFocusableInteractive: headings do nothing.
    // biome-ignore lint/a11y/useSemanticElements: rows of a grid of divs.
    <div role="columnheader" className={classNames(styles['heading'], className)}>
      {text}
    </div>
  );
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: headings do nothing.
    // biome-ignore lint/a11y/useSemanticElements: rows of a grid of divs.
    <div
      className={classNames(styles['row'], styles['head'], layout.upright && styles['tall'])}
      role="row"
      aria-rowindex={1}
    >
      {plain(t('columnCode'), styles['pinned'])}
      {layout.meaning && plain(t('columnMeaning'))}
      {plain(t('columnCount'), styles['end'])}
      {layout.overTime && plain(t('columnTime'))}
      {layout.last && plain(t('columnLast'), styles['end'])}
      {columns.map((column, at) => (
        // biome-ignore lint/a11y/useFocusableInteractive: headings do nothing.
        // biome-ignore lint/a11y/useSemanticElements: rows of a grid of divs.
        <div
          key={column.key}
          role="columnheader"
          aria-colindex={at + 2}
          className={classNames(styles['name'], by === 'time' && styles['when'])}
          style={{ gridColumn: first + at }}
        >
          {column.span === undefined ? (
            <span className={styles['named']}>
              <LinkName
                link={column.name}
                production={by === 'link' && column.name !== null && production.has(column.name)}
                words={names}
              />
            </span>
          ) : (
            <span
              title={momentText(column.span.from, short)}
              className={at % 4 === 0 ? styles['tick'] : styles['noTick']}
            >
              {momentText(column.span.from, short)}
            </span>
          )}
        </div>
      ))}
    </div>
  );
}
