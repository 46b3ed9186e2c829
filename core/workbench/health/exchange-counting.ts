import type { Clock } from '../../clock.ts';
import type { ExchangeFigure, ExchangeFigures } from '../../history/figures/exchange-figures.ts';
import { createLinkTally, type LinkTally, talliedSince } from '../../insight/health/link-tally.ts';

/** Exchanges of the last day, counted as they come; those of a database with millions are read once. */
export interface ExchangeCounting {
  /** For about so many milliseconds; gives how many exchanges are left. */
  count(now: number, time: number): number;
  tallyOf(linkId: number): LinkTally;
  /** Milliseconds since the epoch; null: never. */
  lastHeard(linkId: number): number | null;
}

/** Read at once. */
const ROWS = 2000;

export function createExchangeCounting(exchanges: ExchangeFigures, clock: Pick<Clock, 'elapsed'>): ExchangeCounting {
  const tallies = new Map<number, LinkTally>();
  const heard = new Map<number, number | null>();
  /** Met open: they are counted when they have ended. */
  const open = new Set<number>();
  let begunAt: number | undefined;
  let upTo = 0;

  const tallyOf = (linkId: number) => {
    const tally = tallies.get(linkId) ?? createLinkTally();
    tallies.set(linkId, tally);
    return tally;
  };
  const lastHeard = (linkId: number) => {
    const known = heard.get(linkId);
    if (known !== undefined) return known;
    const before = begunAt === undefined ? null : exchanges.heardBefore(linkId, begunAt);
    heard.set(linkId, before);
    return before;
  };
  const hear = ({ linkId, isIncoming, isAnswered, startedAt, duration }: ExchangeFigure) => {
    if (!isIncoming && !isAnswered) return;
    const at = isIncoming ? startedAt : startedAt + (duration ?? 0);
    heard.set(linkId, Math.max(at, lastHeard(linkId) ?? at));
  };
  const take = (figure: ExchangeFigure) => {
    const { id, linkId, isOpen, isFaulty, isIncoming, isAnswered, isFailed, startedAt, duration } = figure;
    if (isOpen) {
      open.add(id);
      // Whoever asks is heard, whatever is answered.
      if (isIncoming) hear(figure);
      return;
    }
    open.delete(id);
    hear(figure);
    if (isFaulty) return;
    const answeredIn = !isIncoming && isAnswered ? duration : null;
    tallyOf(linkId).add({ startedAt, failed: isFailed, answeredIn });
  };

  return {
    count(now, time) {
      const until = clock.elapsed() + time;
      if (begunAt === undefined) {
        begunAt = exchanges.firstSince(talliedSince(now));
        upTo = begunAt - 1;
      }
      for (const id of [...open]) {
        const figure = exchanges.get(id);
        if (figure === undefined) open.delete(id);
        else take(figure);
      }
      const newest = exchanges.newest();
      while (upTo < newest) {
        const some = exchanges.after(upTo, ROWS);
        for (const figure of some.figures) take(figure);
        // What was deleted in the end of them is passed over.
        upTo = some.upTo === upTo ? newest : some.upTo;
        if (clock.elapsed() >= until) break;
      }
      for (const tally of tallies.values()) tally.forget(now);
      return Math.max(0, newest - upTo);
    },
    tallyOf,
    lastHeard,
  };
}
