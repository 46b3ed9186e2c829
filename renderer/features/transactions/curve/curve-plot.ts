import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { localDate, localTime } from '../../../ui/time-format.ts';
import type { CurveLine, CurveSeries } from './series.ts';

export interface CurvePlotOptions {
  readonly element: HTMLElement;
  readonly series: CurveSeries;
  readonly labels: Readonly<Record<'kwh' | 'kw', string>>;
  readonly format: (value: number) => string;
  /** The pointer is over a moment, milliseconds since the epoch; undefined where it left. */
  readonly onPoint: (moment: number | undefined) => void;
  readonly onClick: (moment: number) => void;
}

/** Colours of the page, by what a line tells; who tells it is told by dashes. */
const COLOURS = { kwh: '--wb-accent', kw: '--wb-fault' } as const;
const LEAST_SPAN_MS = 60_000;
const DAY_MS = 86_400_000;
const LEAST_ROOM = { width: 240, height: 160 };

/** The chart itself: drawn on a canvas, so that thousands of points cost nothing. */
export class CurvePlot {
  readonly #plot: uPlot;
  readonly #element: HTMLElement;
  #moments: readonly number[];

  constructor(options: CurvePlotOptions) {
    const { element, series, labels, format, onPoint, onClick } = options;
    this.#element = element;
    this.#moments = series.moments;
    const colour = (name: string) => () => getComputedStyle(element).getPropertyValue(name).trim();
    const font = `12px ${getComputedStyle(element).getPropertyValue('--wb-mono')}`;
    const axis = {
      font,
      labelFont: `12px ${getComputedStyle(element).getPropertyValue('--wb-sans')}`,
      stroke: colour('--wb-dim'),
      grid: { stroke: colour('--wb-line'), width: 1 },
      ticks: { stroke: colour('--wb-line'), width: 1 },
    };
    const values = (_: uPlot, splits: readonly number[]) => splits.map(format);
    this.#plot = new uPlot(
      {
        ...this.#room(),
        ms: 1,
        legend: { show: false },
        padding: [12, 8, 0, 0],
        cursor: {
          y: false,
          // What is not told there has no mark there.
          hover: { prox: 8 },
          drag: { x: false, y: false, setScale: false },
          points: {
            size: 9,
            width: 2,
            fill: colour('--wb-bg'),
            stroke: (_, at) => colour(COLOURS[series.lines[at - 1]?.what ?? 'kwh'])(),
          },
        },
        scales: {
          x: { time: true, range: spanOf },
          kwh: { range: fromNothing },
          kw: { range: fromNothing },
        },
        axes: [
          {
            ...axis,
            size: 36,
            values: (_, splits) => splits.map((at, index) => momentText(at, splits[index - 1], splits[1])),
          },
          { ...axis, scale: 'kwh', side: 3, label: labels.kwh, size: 58, values },
          { ...axis, scale: 'kw', side: 1, label: labels.kw, size: 58, values, grid: { show: false } },
        ],
        series: [{}, ...series.lines.map(line => this.#line(line, colour))],
        hooks: {
          setCursor: [
            ({ cursor }) => onPoint(cursor.idx === null || cursor.idx === undefined ? undefined : this.#at(cursor.idx)),
          ],
        },
      },
      aligned(series),
      element,
    );
    this.#plot.over.addEventListener('click', () => {
      const { idx } = this.#plot.cursor;
      const moment = idx === null || idx === undefined ? undefined : this.#at(idx);
      if (moment !== undefined) onClick(moment);
    });
  }

  /** More points of the same lines. */
  update(series: CurveSeries): void {
    this.#moments = series.moments;
    this.#plot.setData(aligned(series));
  }

  /** A line by its place among them. */
  show(index: number, shown: boolean): void {
    this.#plot.setSeries(index + 1, { show: shown });
  }

  /** Puts the mark over a moment, as if the pointer were there. */
  point(moment: number): void {
    const left = this.#plot.valToPos(moment, 'x');
    this.#plot.setCursor({ left, top: this.#plot.over.clientHeight / 2 }, false);
  }

  fit(): void {
    this.#plot.setSize(this.#room());
  }

  /** The page's colours are others now. */
  recolour(): void {
    this.#plot.redraw(false, true);
  }

  end(): void {
    this.#plot.destroy();
  }

  #at(index: number): number | undefined {
    return this.#moments[index];
  }

  #room(): { readonly width: number; readonly height: number } {
    const { clientWidth, clientHeight } = this.#element;
    return { width: Math.max(LEAST_ROOM.width, clientWidth), height: Math.max(LEAST_ROOM.height, clientHeight) };
  }

  #line({ teller, what }: CurveLine, colour: (name: string) => () => string): uPlot.Series {
    const stepped = what === 'kw' ? uPlot.paths.stepped?.({ align: 1 }) : undefined;
    return {
      scale: what,
      stroke: colour(COLOURS[what]),
      width: what === 'kwh' ? 2 : 1.5,
      ...(teller === 'cdr' && { dash: [6, 4] }),
      ...(what === 'kwh' && { spanGaps: true }),
      ...(stepped !== undefined && { paths: stepped }),
      points: { size: 5, fill: colour('--wb-bg') },
    };
  }
}

function aligned({ moments, lines }: CurveSeries): uPlot.AlignedData {
  return [[...moments], ...lines.map(({ values }) => [...values])];
}

/** One moment alone has some time around it. */
function spanOf(_: uPlot, min: number, max: number): [number, number] {
  const missing = Math.max(0, LEAST_SPAN_MS - (max - min)) / 2;
  return [min - missing, max + missing];
}

/** From nothing on, with some air above; below nothing where energy is given back. */
function fromNothing(_: uPlot, min: number | null, max: number | null): [number, number] {
  const [low, high] = [Math.min(0, min ?? 0), Math.max(0, max ?? 0)];
  const span = high - low;
  return span === 0 ? [0, 1] : [low === 0 ? 0 : low - span * 0.08, high + span * 0.08];
}

/** `10:42`, with seconds where the marks are less than a minute apart, with its day where that is another one. */
function momentText(at: number, before: number | undefined, second: number | undefined): string {
  const moment = new Date(at);
  const step = before === undefined ? (second ?? at) - at : at - before;
  const time = localTime(moment).slice(0, step > 0 && step < LEAST_SPAN_MS ? 8 : 5);
  const dated = step >= DAY_MS || (before !== undefined && new Date(before).getDate() !== moment.getDate());
  return dated ? `${localDate(moment).slice('2026-'.length)} ${time}` : time;
}
