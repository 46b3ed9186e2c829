import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../../../texts/use-texts.ts';
import { DateField } from '../../../ui/date-field.tsx';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import type { TokenKind } from '../../../ui/filter-text.ts';
import { localDate } from '../../../ui/time-format.ts';
import { Toolbar } from '../../../ui/toolbar.tsx';
import { ZoneSelect } from '../../../ui/zone-select.tsx';
import styles from '../reports.module.css';
import { type Narrowing, PERIODS, type Period } from '../search.ts';
import { daysOf, periodOf } from './period.ts';

export interface FilterToolsProps {
  readonly narrowing: Narrowing;
  readonly tokens: readonly TokenKind[];
  /** What was typed and narrows nothing. */
  readonly words: string;
  /** All that narrows, as it is now. */
  readonly onChange: (narrowing: Narrowing) => void;
  /** Before the period: what is counted, and by what. */
  readonly before?: ReactNode;
  /** How much there is. */
  readonly status?: ReactNode;
  /** At the end: what can be done with it. */
  readonly after?: ReactNode;
  /** What may be typed. */
  readonly placeholder?: string;
  /** The zone days are counted in matters here. */
  readonly zoned?: boolean;
}

/** What narrows, the same in every view of the area. */
export function FilterTools(props: FilterToolsProps) {
  const { narrowing, tokens, words, onChange, before, status, after, zoned = true } = props;
  const t = useTexts('reports');
  const { placeholder = t('filterPlaceholder') } = props;
  const period = periodOf(narrowing);
  const change = (part: Narrowing) => {
    const { period, from, to, zone, q } = narrowing;
    onChange({ period, from, to, zone, q, ...part });
  };
  const choosePeriod = (next: Period) => {
    if (next !== 'days') return change({ period: next === '30d' ? undefined : next, from: undefined, to: undefined });
    const now = new Date();
    change({ period: undefined, from: daysOf(narrowing, now).from ?? localDate(now), to: localDate(now) });
  };
  const chooseDay = (which: 'from' | 'to', day: string) =>
    change({ period: undefined, [which]: day === '' ? undefined : day });
  return (
    <Toolbar label={t('tools')}>
      {before}
      <NativeSelect
        aria-label={t('period')}
        title={t('period')}
        value={period}
        onChange={event => choosePeriod(event.currentTarget.value as Period)}
        data={PERIODS.map(value => ({ value, label: t(`period-${value}`) }))}
      />
      {period === 'days' &&
        (['from', 'to'] as const).map(which => (
          <DateField
            key={which}
            kind="day"
            compact
            label={t(`day-${which}`)}
            value={narrowing[which] ?? ''}
            onChange={(day, readable) => readable && chooseDay(which, day)}
          />
        ))}
      {zoned && (
        <div className={styles['zone']}>
          <ZoneSelect
            label={t('zone')}
            value={narrowing.zone}
            onChange={zone => change({ zone })}
            usual={t('zoneOwn')}
            near={t('zonesNear')}
            all={t('zonesAll')}
          />
        </div>
      )}
      <div className={styles['filter']}>
        <FilterBar
          value={narrowing.q ?? ''}
          tokens={tokens}
          placeholder={placeholder}
          onChange={q => change({ q: q === '' ? undefined : q })}
        />
      </div>
      {words !== '' && (
        <span className={styles['words']} role="status">
          {t('wordsNarrowNothing', { words })}
        </span>
      )}
      {status}
      {after !== undefined && <span className={styles['after']}>{after}</span>}
    </Toolbar>
  );
}
