import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { ReportBy, ReportRow } from '../../../../core/contract/reports.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { classNames } from '../../../ui/class-names.ts';
import { axisOf, placeOf } from './axis.ts';
import styles from './bar-chart.module.css';
import { figureOf, type Measure, measureText } from './measures.ts';
import { axisLabel, labelEvery, spokenKey } from './slot-words.ts';
import { isTime, type Slot } from './slots.ts';

export interface BarChartProps {
  readonly by: ReportBy;
  readonly slots: readonly Slot[];
  readonly measure: Measure;
  /** To its charges. */
  readonly onOpen: (row: ReportRow) => void;
}

const WHOLE = new Set<Measure['what']>(['charges', 'failed']);

/** A bar for each row; arrow keys go from bar to bar, Enter and a click lead to its charges. */
export function BarChart({ by, slots, measure, onOpen }: BarChartProps) {
  const t = useTexts('reports');
  const language = useLanguage();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [activeId, setActiveId] = useState<string>();
  const [hovered, setHovered] = useState<string>();
  const values = useMemo(
    () => new Map(slots.map(({ id: slot, row }) => [slot, row === undefined ? null : figureOf(row, measure)])),
    [slots, measure],
  );
  const axis = useMemo(
    () =>
      axisOf(
        [...values.values()].filter(value => value !== null),
        WHOLE.has(measure.what),
      ),
    [values, measure.what],
  );
  const bars = slots.flatMap((slot, at) => (slot.row === undefined ? [] : [{ ...slot, row: slot.row, at }]));
  const active = bars.findIndex(bar => bar.id === activeId);
  const every = labelEvery(slots.length, isTime(by));
  const name = t('chart', { measure: t(`measure-${measure.what}`), by: t(`by-${by}`) });
  const said = (slot: string, row: ReportRow) => {
    const value = values.get(slot) ?? null;
    const amount =
      value === null
        ? t('notTold')
        : measure.what === 'cost'
          ? `${measureText(value, measure, language)} ${measure.currency}`
          : t(`unit-${measure.what}`, { value: measureText(value, measure, language) });
    return `${spokenKey(by, row, language, t)}: ${amount}`;
  };
  // What is newest is seen first where there is no room for all.
  useEffect(() => {
    const element = scroller.current;
    if (element !== null && isTime(by)) element.scrollLeft = element.scrollWidth;
  }, [by]);

  const reach = (index: number) => {
    const bar = bars[Math.max(0, Math.min(index, bars.length - 1))];
    if (bar === undefined) return;
    setActiveId(bar.id);
    document.getElementById(`${id}-${bar.at}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = Math.max(1, Math.round(bars.length / 10));
    const to = {
      ArrowRight: active + 1,
      ArrowDown: active + 1,
      ArrowLeft: active - 1,
      ArrowUp: active - 1,
      PageDown: active + step,
      PageUp: active - step,
      Home: 0,
      End: bars.length - 1,
    }[event.key];
    const here = bars[active];
    if (to !== undefined) reach(to);
    else if ((event.key === 'Enter' || event.key === ' ') && here !== undefined) onOpen(here.row);
    else return;
    event.preventDefault();
  };
  const zero = placeOf(0, axis);
  const told = bars.find(bar => bar.id === (hovered ?? activeId));
  return (
    <div className={styles['chart']}>
      <p className={styles['told']}>{told === undefined ? t('chartKeys') : said(told.id, told.row)}</p>
      <div className={styles['body']}>
        <div className={styles['ticks']} aria-hidden>
          {axis.ticks.map(tick => (
            <span key={tick} style={{ bottom: `${placeOf(tick, axis) * 100}%` }}>
              {measureText(tick, { what: Number.isInteger(tick) ? 'charges' : measure.what }, language)}
            </span>
          ))}
        </div>
        <div ref={scroller} className={styles['scroller']}>
          <div className={styles['inner']}>
            <div className={styles['grid']} aria-hidden>
              {axis.ticks.map(tick => (
                <span
                  key={tick}
                  className={tick === 0 ? styles['zero'] : undefined}
                  style={{ bottom: `${placeOf(tick, axis) * 100}%` }}
                />
              ))}
            </div>
            <div
              className={classNames(styles['slots'], isTime(by) && styles['time'])}
              role="listbox"
              tabIndex={0}
              aria-label={name}
              aria-description={t('chartKeys')}
              aria-orientation="horizontal"
              aria-activedescendant={active === -1 ? undefined : `${id}-${bars[active]?.at}`}
              onKeyDown={onKeyDown}
              onMouseLeave={() => setHovered(undefined)}
            >
              {slots.map(({ id: slot, key, row }, at) => {
                const label = at % every === 0 ? axisLabel(by, key, row, language, t) : '';
                if (row === undefined) {
                  return (
                    <div key={slot} className={styles['slot']} role="presentation">
                      <span className={styles['tick']} aria-hidden>
                        {label}
                      </span>
                    </div>
                  );
                }
                const value = values.get(slot) ?? 0;
                const height = Math.abs(placeOf(value, axis) - zero);
                return (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the list's own.
                  // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active bar.
                  <div
                    key={slot}
                    id={`${id}-${at}`}
                    role="option"
                    aria-selected={slot === activeId}
                    aria-label={said(slot, row)}
                    className={classNames(styles['slot'], styles['full'], slot === activeId && styles['active'])}
                    onMouseEnter={() => setHovered(slot)}
                    onClick={() => onOpen(row)}
                  >
                    <span
                      className={classNames(styles['bar'], value < 0 && styles['below'])}
                      style={{
                        bottom: `${(value < 0 ? zero - height : zero) * 100}%`,
                        height: `${height * 100}%`,
                      }}
                    />
                    <span className={styles['tick']} aria-hidden>
                      {label}
                    </span>
                  </div>
                );
              })}
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}
