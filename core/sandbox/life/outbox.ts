import type { Clock } from '../../clock.ts';
import type { LifeAnswer } from './ports.ts';

/** Something that is to be told to a partner. */
export interface Parcel {
  readonly linkId: number;
  /** What is told of one thing goes out one after the other: the next when the one before has been answered. */
  readonly lane: string;
  /** One that waits is replaced by a newer one of its kind: what it would have told is told with that. */
  readonly kind: string;
  /** For people: `session SES1, PATCH`. */
  words(): string;
  /** Sends what is to be told by then; undefined where there is nothing any more. */
  send(): Promise<LifeAnswer> | undefined;
  settled?(answer: LifeAnswer): void;
}

export interface Outbox {
  put(parcel: Parcel): void;
  /** Parcels that wait or are under way. */
  waiting(): number;
  counts(): { readonly sent: number; readonly failed: number };
  /** Nothing leaves any more, and nothing that comes to its end from now on is told to anybody. */
  halt(): void;
  /** What was under way has come to its end. */
  ended(): Promise<void>;
}

export interface OutboxParts {
  readonly clock: Clock;
  readonly repeatsFailed: (linkId: number) => boolean;
  readonly onFailure: (linkId: number, what: string, answer: LifeAnswer) => void;
  readonly onTrouble: (what: string, error: unknown) => void;
}

/** Calls under way to one partner. */
const AT_ONCE = 16;
/** Real milliseconds before a failed push is repeated, where that is done at all, and how often. */
const AGAIN_AFTER = 2_000;
const MOST_TRIES = 20;

interface Lane {
  readonly key: string;
  readonly linkId: number;
  readonly waiting: Parcel[];
  /** It is under way, or stands in the queue of its link. */
  taken: boolean;
  tries: number;
}

interface Gate {
  underWay: number;
  readonly ready: Lane[];
}

export function createOutbox({ clock, repeatsFailed, onFailure, onTrouble }: OutboxParts): Outbox {
  const lanes = new Map<string, Lane>();
  const gates = new Map<number, Gate>();
  const underWay = new Set<Promise<void>>();
  const counts = { sent: 0, failed: 0 };
  let waiting = 0;
  let closed = false;

  const queue = (lane: Lane) => {
    const gate = gates.get(lane.linkId) ?? { underWay: 0, ready: [] };
    gates.set(lane.linkId, gate);
    lane.taken = true;
    gate.ready.push(lane);
    open(gate);
  };

  const open = (gate: Gate) => {
    while (!closed && gate.underWay < AT_ONCE) {
      const lane = gate.ready.shift();
      if (lane === undefined) return;
      gate.underWay++;
      const going: Promise<void> = sendNext(lane)
        .catch(error => {
          onTrouble(`what was to be told about ${lane.key} was not`, error);
          return 0;
        })
        .then(pause => {
          underWay.delete(going);
          gate.underWay--;
          if (pause > 0) clock.deadline(pause, () => queue(lane));
          else if (lane.waiting.length > 0) queue(lane);
          else {
            lane.taken = false;
            lanes.delete(lane.key);
          }
          open(gate);
        });
      underWay.add(going);
    }
  };

  /** How long the lane rests before it goes on. */
  const sendNext = async (lane: Lane): Promise<number> => {
    const parcel = lane.waiting.shift();
    if (parcel === undefined) return 0;
    waiting--;
    const sending = parcel.send();
    if (sending === undefined) return 0;
    waiting++;
    const answer = await sending;
    waiting--;
    if (closed) return 0;
    counts[answer.ok ? 'sent' : 'failed']++;
    if (!answer.ok) onFailure(parcel.linkId, parcel.words(), answer);
    parcel.settled?.(answer);
    if (answer.ok || !repeatsFailed(lane.linkId) || ++lane.tries >= MOST_TRIES) {
      lane.tries = 0;
      return 0;
    }
    if (!lane.waiting.some(({ kind }) => kind === parcel.kind)) {
      lane.waiting.unshift(parcel);
      waiting++;
    }
    return AGAIN_AFTER;
  };

  return {
    put: parcel => {
      if (closed) return;
      const known = lanes.get(parcel.lane);
      const lane = known ?? { key: parcel.lane, linkId: parcel.linkId, waiting: [], taken: false, tries: 0 };
      if (known === undefined) lanes.set(parcel.lane, lane);
      const same = lane.waiting.findIndex(({ kind }) => kind === parcel.kind);
      if (same >= 0) lane.waiting[same] = parcel;
      else {
        lane.waiting.push(parcel);
        waiting++;
      }
      if (!lane.taken) queue(lane);
    },
    waiting: () => waiting,
    counts: () => counts,
    halt: () => {
      closed = true;
    },
    ended: async () => {
      await Promise.all(underWay);
    },
  };
}
