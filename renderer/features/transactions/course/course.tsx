import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { type MouseEvent, useId, useRef } from 'react';
import type { TransactionView } from '../../../../core/contract/transaction.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import styles from './course.module.css';
import { CourseLine } from './course-row.tsx';
import { useCourse } from './use-course.ts';

export interface CourseProps {
  readonly transaction: TransactionView;
  /** Whose details are open. */
  readonly selected: number | undefined;
  readonly onOpen: (exchangeId: number) => void;
}

const ROW = 42;

/** Us on the left, the partner on the right, and every exchange of the charge as an arrow between them; grows at its end. */
export function Course({ transaction, selected, onOpen }: CourseProps) {
  const t = useTexts('transactions');
  const traffic = useTexts('traffic');
  const numbers = new Intl.NumberFormat(useLanguage());
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { points, link } = transaction;
  const course = useCourse(scroller, { points, selected, onOpen, rowHeight: ROW });
  const { rows, view, active } = course;
  const partner = link ?? t('partner');
  const began = Date.parse(points[0]?.at ?? transaction.startedAt);
  const onClick = (event: MouseEvent) => {
    const found = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    const row = rows[Number(found?.dataset['index'] ?? -1)];
    if (row !== undefined) course.take(row);
  };
  const drawn = rows.slice(view.first, view.end);
  return (
    <div className={styles['course']}>
      <div className={styles['tools']}>
        <span className={styles['count']}>
          {t('exchangesHere', { count: points.length, number: numbers.format(points.length) })}
        </span>
        {course.hasFolds && (
          <Button variant="subtle" size="compact-xs" onClick={() => course.unfoldAll(!course.allOpen)}>
            {course.allOpen ? t('foldAll') : t('unfoldAll')}
          </Button>
        )}
        {!view.atEnd && (
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconArrowDown size={13} aria-hidden />}
            onClick={view.toEnd}
          >
            {t('toEnd')}
          </Button>
        )}
      </div>
      <div className={styles['heads']} aria-hidden="true">
        <span className={styles['time']}>{t('columnTime')}</span>
        <span className={styles['since']}>{t('columnSince')}</span>
        <span className={styles['us']}>{t('us')}</span>
        <span className={styles['them']}>{partner}</span>
      </div>
      <div
        ref={scroller}
        className={styles['scroller']}
        role="tree"
        tabIndex={0}
        aria-label={t('course')}
        aria-description={t('courseKeys')}
        aria-activedescendant={active >= view.first && active < view.end ? `${id}-${active}` : undefined}
        onKeyDown={course.onKeyDown}
        onClick={onClick}
      >
        <div className={styles['rows']} style={{ height: rows.length * ROW }} role="presentation">
          {drawn.map((row, at) => (
            <CourseLine
              key={row.key}
              id={`${id}-${view.first + at}`}
              row={row}
              index={view.first + at}
              top={(view.first + at) * ROW}
              height={ROW}
              began={began}
              active={view.first + at === active}
              selected={row.kind === 'point' && row.point.exchangeId === selected}
              t={t}
              traffic={traffic}
              partner={partner}
            />
          ))}
        </div>
      </div>
    </div>
  );
}
