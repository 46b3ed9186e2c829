import { STATUSES_BY_URGENCY } from '../../core/ocpi/evse-urgency.ts';

/** How a status is drawn: never by colour alone. */
export interface StatusShape {
  readonly letter: string;
  readonly tone: 'ok' | 'warn' | 'bad' | 'plain';
  /** SVG path in a square of 20. */
  readonly path: string;
  readonly filled: boolean;
}

const CIRCLE = 'M10 1.5a8.5 8.5 0 1 1 0 17a8.5 8.5 0 1 1 0-17z';
const SQUARE = 'M4 2h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2z';
const DIAMOND = 'M10 0.8L19.2 10L10 19.2L0.8 10z';
const OCTAGON = 'M6.4 1.5h7.2L18.5 6.4v7.2L13.6 18.5H6.4L1.5 13.6V6.4z';

const SHAPES: Readonly<Record<string, StatusShape>> = {
  AVAILABLE: { letter: 'A', tone: 'ok', path: CIRCLE, filled: false },
  CHARGING: { letter: 'C', tone: 'ok', path: SQUARE, filled: true },
  RESERVED: { letter: 'R', tone: 'warn', path: DIAMOND, filled: false },
  BLOCKED: { letter: 'B', tone: 'warn', path: DIAMOND, filled: true },
  OUTOFORDER: { letter: 'O', tone: 'bad', path: OCTAGON, filled: true },
  INOPERATIVE: { letter: 'I', tone: 'bad', path: OCTAGON, filled: false },
  UNKNOWN: { letter: '?', tone: 'plain', path: CIRCLE, filled: false },
  PLANNED: { letter: 'P', tone: 'plain', path: SQUARE, filled: false },
  REMOVED: { letter: 'X', tone: 'plain', path: SQUARE, filled: true },
};

const NONE: StatusShape = { letter: '–', tone: 'plain', path: CIRCLE, filled: false };
const UNHEARD: StatusShape = { letter: '?', tone: 'plain', path: DIAMOND, filled: false };

/** `null`: a location without any EVSE that has a status. */
export function shapeOf(status: string | null): StatusShape {
  return status === null ? NONE : (SHAPES[status.toUpperCase()] ?? UNHEARD);
}

/** Statuses with their counts, the one that wants attention most first; those no version knows last. */
export function byUrgency(statuses: Readonly<Record<string, number>>): readonly (readonly [string, number])[] {
  const rank = (status: string) => {
    const at = STATUSES_BY_URGENCY.indexOf(status);
    return at < 0 ? STATUSES_BY_URGENCY.length : at;
  };
  return Object.entries(statuses).sort(([one], [other]) => rank(one) - rank(other));
}
