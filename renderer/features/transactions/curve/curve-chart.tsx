import { useComputedColorScheme } from '@mantine/core';
import { type KeyboardEvent, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { CurvePoint } from '../../../../core/contract/transaction.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { classNames } from '../../../ui/class-names.ts';
import { localTime } from '../../../ui/time-format.ts';
import { numberText } from '../amounts.ts';
import styles from './curve.module.css';
import { CurvePlot } from './curve-plot.ts';
import { curveSeries, nearestTo } from './series.ts';

export interface CurveChartProps {
  readonly curve: readonly CurvePoint[];
  readonly selected: number | undefined;
  readonly onOpen: (exchangeId: number) => void;
}

/** Drawn lines; the point that is looked at is told below them, and its exchange opens by click or Enter. */
export function CurveChart({ curve, selected, onOpen }: CurveChartProps) {
  const t = useTexts('transactions');
  const language = useLanguage();
  const scheme = useComputedColorScheme();
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<CurvePlot>(undefined);
  const [active, setActive] = useState(-1);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const series = useMemo(() => curveSeries(curve), [curve]);
  /** Lines that come or go need another chart; points do not. */
  const names = series.lines.map(({ teller, what }) => `${teller}-${what}` as const);
  const kinds = names.join(' ');

  const point = useEffectEvent((moment: number | undefined) => {
    if (moment !== undefined) setActive(nearestTo(curve, moment));
  });
  const click = useEffectEvent((moment: number) => {
    const found = curve[nearestTo(curve, moment)];
    if (found !== undefined) onOpen(found.exchangeId);
  });
  const draw = useEffectEvent(
    (place: HTMLElement): CurvePlot =>
      new CurvePlot({
        element: place,
        series,
        labels: { kwh: t('kwh'), kw: t('kw') },
        format: value => numberText(value, language),
        onPoint: moment => point(moment),
        onClick: moment => click(moment),
      }),
  );
  const hide = useEffectEvent((drawn: CurvePlot) => {
    for (const [at, name] of names.entries()) if (hidden.has(name)) drawn.show(at, false);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other lines or words are another chart.
  useEffect(() => {
    if (element.current === null) return;
    const drawn = draw(element.current);
    plot.current = drawn;
    hide(drawn);
    const observer = new ResizeObserver(() => drawn.fit());
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      drawn.end();
      plot.current = undefined;
    };
  }, [kinds, language]);
  useEffect(() => plot.current?.update(series), [series]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read where they are drawn.
  useEffect(() => plot.current?.recolour(), [scheme]);

  const reach = (index: number) => {
    const to = Math.max(0, Math.min(index, curve.length - 1));
    const found = curve[to];
    if (found === undefined) return;
    setActive(to);
    plot.current?.point(Date.parse(found.at));
    // Once details are open they go with the keys.
    if (selected !== undefined) onOpen(found.exchangeId);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = Math.max(1, Math.round(curve.length / 10));
    const to = {
      ArrowRight: active + 1,
      ArrowUp: active + 1,
      ArrowLeft: active - 1,
      ArrowDown: active - 1,
      PageUp: active + step,
      PageDown: active - step,
      Home: 0,
      End: curve.length - 1,
    }[event.key];
    const here = curve[active];
    if (to !== undefined) reach(to);
    else if ((event.key === 'Enter' || event.key === ' ') && here !== undefined) onOpen(here.exchangeId);
    else return;
    event.preventDefault();
  };
  const toggle = (name: string, index: number) => {
    const next = new Set(hidden);
    if (!next.delete(name)) next.add(name);
    setHidden(next);
    plot.current?.show(index, !next.has(name));
  };
  const here = curve[active];
  const told =
    here === undefined
      ? ''
      : [
          localTime(new Date(here.at)),
          here.kwh !== null && t('pointEnergy', { kwh: numberText(here.kwh, language, 2) }),
          here.kw !== null && t('pointPower', { kw: numberText(here.kw, language, 1) }),
          t(`source-${here.source}`),
        ]
          .filter(part => part !== false)
          .join(' · ');
  return (
    <div className={styles['chart']}>
      <div className={styles['legend']}>
        {names.map((name, index) => (
          <button
            key={name}
            type="button"
            aria-pressed={!hidden.has(name)}
            className={classNames(styles['line'], hidden.has(name) && styles['hidden'])}
            onClick={() => toggle(name, index)}
          >
            <span className={classNames(styles['swatch'], styles[name])} aria-hidden />
            {t(`line-${name}`)}
          </button>
        ))}
      </div>
      <div
        className={styles['plot']}
        ref={element}
        role="slider"
        tabIndex={0}
        aria-label={t('curve')}
        aria-description={t('curveKeys')}
        aria-valuemin={1}
        aria-valuemax={curve.length}
        aria-valuenow={Math.max(1, active + 1)}
        aria-valuetext={told === '' ? undefined : told}
        onKeyDown={onKeyDown}
      />
      <p className={styles['told']}>{told === '' ? t('curveKeys') : told}</p>
    </div>
  );
}
