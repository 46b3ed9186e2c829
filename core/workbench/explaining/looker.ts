import type { Clock } from '../../clock.ts';
import type { FindingsChange } from '../../history/insight/findings-store.ts';
import type { ObservedRow, ObservedRows } from '../../history/insight/observed-rows.ts';
import { detect } from '../../insight/detect/detect.ts';
import { merge, withoutDoubles } from '../../insight/detect/merge.ts';
import { createFlowDetection } from '../../insight/flows/flow-detection.ts';
import { createRecent } from '../../insight/flows/recent.ts';
import type { FlowFinding } from '../../insight/observed.ts';
import type { Finding } from '../../ocpi/findings.ts';
import type { Look, Looked } from './looking-messages.ts';

/** Looks at exchanges with every detector, some at a time. What flows remember lasts as long as it does. */
export interface Looker {
  look(wanted: Look): Looked;
}

export interface LookerOptions {
  readonly rows: ObservedRows;
  readonly clock: Clock;
}

const ROWS = 64;
const LONGEST_OPEN_MS = 5 * 60_000;
/** Flows begin with as many exchanges before those that are new: what they remember is nowhere else. */
const WARMED_UP = 2000;
/** What flows found is remembered for as many exchanges, to be put back where somebody overwrote it. */
const MOST_REMEMBERED = 5000;

export function createLooker({ rows, clock }: LookerOptions): Looker {
  const flows = createFlowDetection();
  const found = createRecent<readonly Finding[]>(MOST_REMEMBERED);
  /** Met open, so that flows have not seen them yet; with when they began. */
  const unseen = new Map<number, number>();
  /** Flows have met every exchange up to here: what could not be stored is asked for again, and would mislead them twice. */
  let metUpTo = 0;
  let warm = false;

  const remember = ({ exchangeId, finding }: FlowFinding) => {
    const key = String(exchangeId);
    found.set(key, withoutDoubles([...(found.get(key) ?? []), finding]));
  };
  const warmUp = (after: number) => {
    warm = true;
    metUpTo = after;
    for (let at = Math.max(0, after - WARMED_UP); at < after; ) {
      const some = rows.after(at, ROWS).filter(({ observed }) => observed.id <= after);
      for (const { observed } of some) {
        if (observed.ended.how === 'open') unseen.set(observed.id, observed.startedAt);
        else for (const one of flows.see(observed)) remember(one);
      }
      at = some.at(-1)?.observed.id ?? after;
    }
  };

  return {
    look({ after, again, time, now }) {
      const until = clock.elapsed() + time;
      if (!warm) warmUp(after);
      const changes = createChanges(rows);
      const open: number[] = [];
      const broken: { id: number; reason: string }[] = [];

      const say = (more: readonly FlowFinding[]) => {
        for (const one of more) {
          remember(one);
          changes.add(one.exchangeId, [one.finding]);
        }
      };
      const consider = (row: ObservedRow) => {
        const { observed } = row;
        const { id } = observed;
        const isNew = id > metUpTo;
        if (isNew) metUpTo = id;
        if (observed.ended.how === 'open') {
          open.push(id);
          unseen.set(id, observed.startedAt);
          return;
        }
        try {
          changes.put(row, withoutDoubles([...merge(observed, detect(observed)), ...(found.get(String(id)) ?? [])]));
          if (isNew || unseen.delete(id)) say(flows.see(observed));
        } catch (error) {
          broken.push({ id, reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
        }
      };

      const left = [...again];
      while (left.length > 0 && clock.elapsed() < until) {
        const row = rows.one(left.shift() ?? 0);
        if (row !== undefined) consider(row);
      }
      let upTo = after;
      let more = true;
      while (more && clock.elapsed() < until) {
        const some = rows.after(upTo, ROWS);
        more = some.length === ROWS;
        // What was open a moment ago may have ended before these began, and then has to be seen before them.
        for (const id of open.splice(Math.max(0, open.length - ROWS))) {
          const row = rows.one(id);
          if (row !== undefined) consider(row);
        }
        for (const row of some) {
          consider(row);
          upTo = row.observed.id;
          if (clock.elapsed() >= until) break;
        }
      }
      const behind = Math.max(0, rows.newest() - upTo);
      if (behind === 0) say(flows.tick(seenUntil(now, unseen.values())));
      return { kind: 'looked', upTo, left, open, changes: changes.all(), behind, broken };
    },
  };
}

/** What is still open may be just what a flow waits for; what hangs for longer is not waited for. */
function seenUntil(now: number, open: Iterable<number>): number {
  let until = now;
  for (const began of open) if (began > now - LONGEST_OPEN_MS) until = Math.min(until, began);
  return until;
}

interface Changes {
  /** What stands beside an exchange from now on. */
  put(row: ObservedRow, findings: readonly Finding[]): void;
  /** With what is known of it, or stands beside it. */
  add(id: number, findings: readonly Finding[]): void;
  all(): FindingsChange[];
}

function createChanges(rows: ObservedRows): Changes {
  const byId = new Map<number, { readonly before: string | null; now: readonly Finding[]; was: readonly Finding[] }>();
  return {
    put({ observed, findings: before }, now) {
      byId.set(observed.id, { before, now, was: observed.findings });
    },
    add(id, findings) {
      const known = byId.get(id);
      if (known !== undefined) {
        known.now = withoutDoubles([...known.now, ...findings]);
        return;
      }
      const row = rows.one(id);
      if (row === undefined) return;
      const { findings: was } = row.observed;
      byId.set(id, { before: row.findings, was, now: withoutDoubles([...was, ...findings]) });
    },
    all: () =>
      [...byId].flatMap(([id, { before, now, was }]) =>
        saysTheSame(was, now) ? [] : [{ id, before, now: now.length === 0 ? null : JSON.stringify(now) }],
      ),
  };
}

/** But for the version of the detector: rewriting what says the same would only cost. */
function saysTheSame(left: readonly Finding[], right: readonly Finding[]): boolean {
  return (
    left.length === right.length &&
    left.every((one, at) => {
      const other = right[at];
      return (
        other !== undefined &&
        one.code === other.code &&
        one.pointer === other.pointer &&
        one.severity === other.severity &&
        one.met === other.met &&
        one.expected === other.expected
      );
    })
  );
}
