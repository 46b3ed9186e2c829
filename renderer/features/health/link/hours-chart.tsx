import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { printFilter } from '../../../ui/filter-text.ts';
import { durationText, localTime } from '../../../ui/time-format.ts';
import { barsOf, type Hour } from '../links/hour-bars.ts';
import { percentText } from '../percent.ts';
import styles from './hours-chart.module.css';

const HEIGHT = 92;
const HOUR_MS = 3_600_000;
/** Every so many bars have their hour beneath. */
const LABELLED = 3;

export interface HoursChartProps {
  readonly link: string;
  readonly hours: readonly Hour[];
}

/** A bar an hour: how busy, how much of it failed; each leads to its exchanges. Arrow keys move between them. */
export function HoursChart({ link, hours }: HoursChartProps) {
  const t = useTexts('health');
  const language = useLanguage();
  const numbers = new Intl.NumberFormat(language);
  const list = useRef<HTMLUListElement>(null);
  const [chosen, setChosen] = useState(Math.max(0, hours.length - 1));
  const [shown, setShown] = useState<number>();
  const bars = barsOf(hours, { width: 100, height: HEIGHT });
  const at = Math.min(chosen, hours.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: hours.length - 1 }[event.key];
    if (to === undefined || hours[to] === undefined) return;
    event.preventDefault();
    setChosen(to);
    list.current?.querySelectorAll('a')[to]?.focus();
  };
  const said = ({ at: begin, exchanges, failed, p95Ms }: Hour) => {
    const from = new Date(begin);
    const facts = [
      t('hourExchanges', { count: exchanges, number: numbers.format(exchanges) }),
      ...(exchanges > 0
        ? [t('hourFailed', { number: numbers.format(failed), share: percentText(failed / exchanges, language) })]
        : []),
      ...(p95Ms === null ? [] : [t('hourP95', { time: durationText(p95Ms) })]),
    ];
    const span = `${clock(from)}–${clock(new Date(from.getTime() + HOUR_MS))}`;
    return `${span}: ${facts.join(', ')}`;
  };
  const told = hours[shown ?? at];
  return (
    <div className={styles['chart']}>
      <ul
        className={styles['bars']}
        style={{ height: HEIGHT }}
        ref={list}
        onKeyDown={onKeyDown}
        aria-label={t('hoursLabel')}
      >
        {hours.map((hour, position) => {
          const from = Date.parse(hour.at);
          const filter = printFilter({
            tokens: [
              { name: 'link', value: link },
              { name: 'since', value: new Date(from).toISOString() },
              { name: 'until', value: new Date(from + HOUR_MS).toISOString() },
            ],
            words: '',
          });
          const bar = bars[position];
          return (
            <li key={hour.at} className={styles['hour']}>
              <Link
                to="/traffic"
                search={{ q: filter }}
                className={styles['bar'] ?? ''}
                aria-label={said(hour)}
                tabIndex={position === at ? 0 : -1}
                onFocus={() => {
                  setChosen(position);
                  setShown(position);
                }}
                onPointerEnter={() => setShown(position)}
                onPointerLeave={() => setShown(undefined)}
              >
                <span className={styles['all']} style={{ height: (bar?.height ?? 0) - (bar?.failed ?? 0) }} />
                <span className={styles['failed']} style={{ height: bar?.failed ?? 0 }} />
              </Link>
            </li>
          );
        })}
      </ul>
      <div className={styles['labels']} aria-hidden>
        {hours.map((hour, position) => (
          <span key={hour.at} className={styles['label']}>
            {position % LABELLED === 0 && <span>{clock(new Date(hour.at))}</span>}
          </span>
        ))}
      </div>
      <p className={styles['told']} aria-hidden>
        {told === undefined ? '' : said(told)}
      </p>
    </div>
  );
}

/** `10:00`, local. */
function clock(moment: Date): string {
  return localTime(moment).slice(0, 5);
}
