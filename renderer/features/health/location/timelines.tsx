import { type KeyboardEvent, useRef, useState } from 'react';
import type { EvseTimeline } from '../../../../core/contract/health.ts';
import { StatusMark } from '../../../evse/status-mark.tsx';
import shapes from '../../../evse/status-shape.module.css';
import { shapeOf } from '../../../evse/status-shape.ts';
import { type Texts, useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { localDate, localTime } from '../../../ui/time-format.ts';
import { percentText } from '../percent.ts';
import { spanText } from '../span-text.ts';
import { type Band, bandAt, bandsOf, type Shown, ticksOf } from './bands.ts';
import styles from './timelines.module.css';

const TICKS = 6;
const DAY_MS = 86_400_000;

export interface TimelinesProps {
  readonly timelines: readonly EvseTimeline[];
  readonly shown: Shown;
}

/**
 * A band an EVSE: what it said over time. Arrow keys go along a band and from one to the next; what a piece says stands
 * beneath, and is its name.
 */
export function Timelines({ timelines, shown }: TimelinesProps) {
  const t = useTexts('health');
  const language = useLanguage();
  const frame = useRef<HTMLDivElement>(null);
  const rows = timelines.map(timeline => ({ timeline, bands: bandsOf(timeline.spans, shown) }));
  const [place, setPlace] = useState({ row: 0, band: -1 });
  const [pointed, setPointed] = useState<string>();
  const day = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric' });
  const tick = (moment: Date) => (shown.to - shown.from > DAY_MS ? day.format(moment) : localTime(moment).slice(0, 5));
  const current = (row: number): number => {
    const last = (rows[row]?.bands.length ?? 0) - 1;
    if (row !== place.row || place.band < 0) return last;
    return Math.min(place.band, last);
  };
  const focus = (row: number, band: number) => {
    setPlace({ row, band });
    frame.current?.querySelector<HTMLElement>(`[data-place="${row}/${band}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const bands = rows[place.row]?.bands ?? [];
    const at = current(place.row);
    const along = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: bands.length - 1 }[event.key];
    const across = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (along !== undefined && bands[along] !== undefined) {
      event.preventDefault();
      focus(place.row, along);
    } else if (across !== undefined) {
      event.preventDefault();
      const next = rows[place.row + across];
      const here = bands[at];
      if (next === undefined || here === undefined) return;
      const band = bandAt(next.bands, (here.from + here.to) / 2);
      if (band >= 0) focus(place.row + across, band);
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the pieces in it.
    <div className={styles['frame']} ref={frame} role="presentation" onKeyDown={onKeyDown}>
      {rows.map(({ timeline, bands }, row) => (
        <div key={timeline.evse} className={styles['row']}>
          <EvseName timeline={timeline} />
          <fieldset className={styles['track']} aria-label={evseName(timeline)}>
            {bands.map((band, at) => {
              const isNow = at === bands.length - 1 && band.status === timeline.status;
              const said = bandText(isNow ? { ...band, from: Date.parse(timeline.since) } : band, t, isNow);
              return (
                <BandPiece
                  key={`${band.from} ${band.status}`}
                  band={band}
                  place={`${row}/${at}`}
                  said={said}
                  reachable={row === place.row && at === current(row)}
                  onShow={() => {
                    setPlace({ row, band: at });
                    setPointed(`${evseName(timeline)}: ${said}`);
                  }}
                  onPoint={isOver => setPointed(isOver ? `${evseName(timeline)}: ${said}` : undefined)}
                />
              );
            })}
          </fieldset>
          <span className={styles['share']}>
            {timeline.availability === null ? (
              <span className={styles['dim']}>{t('unknown')}</span>
            ) : (
              percentText(timeline.availability, language)
            )}
          </span>
        </div>
      ))}
      <div className={styles['row']} aria-hidden>
        <span />
        <div className={styles['ticks']}>
          {ticksOf(shown, TICKS).map(moment => (
            <span key={moment}>{tick(new Date(moment))}</span>
          ))}
        </div>
        <span className={styles['share']}>{t('now')}</span>
      </div>
      <p className={styles['told']} aria-hidden>
        {pointed ?? t('bandHint')}
      </p>
    </div>
  );
}

/** As its owner names it: the id people know, else the one the systems do. */
export function evseName({ evse, evseId }: EvseTimeline): string {
  return evseId ?? evse;
}

function EvseName({ timeline }: { readonly timeline: EvseTimeline }) {
  const t = useTexts('health');
  const { status, stuck } = timeline;
  return (
    <div className={styles['name']}>
      <span className={styles['evse']} title={timeline.evse}>
        {evseName(timeline)}
      </span>
      <span className={styles['now']}>
        <StatusMark status={status} />
        <span aria-hidden className={styles['status']}>
          {status}
        </span>
        {stuck && <Chip tone="warn">{t('isStuck')}</Chip>}
      </span>
    </div>
  );
}

interface BandPieceProps {
  readonly band: Band;
  readonly place: string;
  readonly said: string;
  readonly reachable: boolean;
  readonly onShow: () => void;
  readonly onPoint: (isOver: boolean) => void;
}

function BandPiece({ band, place, said, reachable, onShow, onPoint }: BandPieceProps) {
  const { status, left, width } = band;
  const { letter, tone, filled } = shapeOf(status);
  return (
    <button
      type="button"
      data-place={place}
      tabIndex={reachable ? 0 : -1}
      aria-label={said}
      title={said}
      className={classNames(
        styles['band'],
        shapes[tone],
        status === null ? styles['nothing'] : filled ? styles['filled'] : styles['hollow'],
      )}
      style={{ left: `${left}%`, width: `${width}%` }}
      onFocus={onShow}
      onPointerEnter={() => onPoint(true)}
      onPointerLeave={() => onPoint(false)}
    >
      <span className={styles['letter']}>{status === null ? '' : letter}</span>
    </button>
  );
}

/** `OUTOFORDER, 10:42 to 11:05, 23 min`. */
function bandText({ status, from, to, several }: Band, t: Texts<'health'>, isNow: boolean): string {
  const moment = (at: number) => `${localDate(new Date(at))} ${localTime(new Date(at)).slice(0, 8)}`;
  return t(several > 1 ? 'bandSeveral' : 'bandSaid', {
    status: status ?? t('nothingKnown'),
    from: moment(from),
    to: isNow ? t('now') : moment(to),
    time: spanText(to - from, t),
    several,
  });
}
