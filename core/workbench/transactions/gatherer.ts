import type { Clock } from '../../clock.ts';
import type { Charges } from '../../history/transactions/charges.ts';
import type { Recorded } from '../../history/transactions/recorded.ts';
import type { Observed } from '../../insight/observed.ts';
import { createGathering } from '../../insight/transactions/gathering.ts';
import { rankOf, wholeProblems } from '../../insight/transactions/problems.ts';
import { problemsAt } from '../../insight/transactions/view.ts';
import type { Gathered, ToGather } from './transaction-messages.ts';

/** Puts exchanges together as they stand in the database, some at a time. */
export interface Gatherer {
  gather(wanted: Omit<ToGather, 'now'>): Gathered;
}

export interface GathererOptions {
  readonly recorded: Pick<Recorded, 'rows' | 'relevant' | 'gone'>;
  readonly charges: Pick<Charges, 'rows' | 'together'>;
  readonly clock: Clock;
}

/** Exchanges whose operations are looked at together, and those whose bodies are, in one transaction. */
const LOOKED_AT = 4000;
const ROWS = 128;
/** Deleted ones taken out in one transaction. */
const GONE = 200;

export function createGatherer({ recorded, charges, clock }: GathererOptions): Gatherer {
  const { rows, relevant, gone } = recorded;
  const { rows: store, together } = charges;
  const { leaving } = store;
  const gathering = createGathering(store);
  /** Of those handed over to be looked at again: there was no time for these. */
  let left: number[] = [];

  const rank = (exchange: Parameters<typeof problemsAt>[0]): readonly number[] => {
    const worst = Math.max(0, ...problemsAt(exchange).map(({ severity }) => rankOf(severity)));
    return store.setRank(exchange.id, worst) ? store.chargesOf(exchange.id) : [];
  };
  const see = (observed: Observed): readonly number[] => {
    const seen = gathering.see(observed);
    store.putLater(observed.id, observed.ended.how === 'open');
    return [...seen, ...rank(observed)];
  };

  const nextGone = () => gone.next(leaving.followed() ?? { deletion: 0, at: 0 });
  const isGoneLeft = () => nextGone() !== undefined;
  /** Takes a few deleted exchanges out. */
  const followGone = (say: (changed: ReadonlySet<number>) => void): void => {
    const next = nextGone();
    if (next === undefined) return;
    const members = leaving.membersBetween(next.from, next.to, GONE);
    const { smaller, gone: without } = leaving.leave(gone.goneOf(members));
    leaving.setFollowed({
      deletion: next.deletion,
      at: members.length < GONE ? next.to : (members.at(-1) ?? next.to),
    });
    say(new Set([...smaller, ...without]));
  };

  return {
    gather({ again, time }) {
      const until = clock.elapsed() + time;
      const broken: { id: number; reason: string }[] = [];
      let hasChanged = false;

      const say = (changed: ReadonlySet<number>) => {
        for (const id of changed) {
          const charge = store.charge(id);
          if (charge === undefined) continue;
          // What is overdue is told by its time.
          const whole = wholeProblems(charge, { now: 0, sessionsSince: store.sessionsSince(charge.scope) });
          store.rankCharge(id, Math.max(0, ...whole.map(({ finding }) => rankOf(finding.severity))));
        }
        if (changed.size > 0) hasChanged = true;
      };
      const seeAll = (ids: readonly number[], changed: Set<number>) => {
        for (const { observed } of rows.of(ids)) {
          try {
            for (const id of see(observed)) changed.add(id);
          } catch (error) {
            if (isOfStorage(error)) throw error;
            broken.push({ id: observed.id, reason: reasonOf(error) });
          }
        }
      };
      const lookAtNew = (ids: readonly number[], upTo: number) => {
        const changed = new Set<number>();
        seeAll(ids, changed);
        say(changed);
        store.setUpTo(upTo);
      };
      const lookAgain = (ids: readonly number[]) => {
        const changed = new Set<number>();
        // What has only other findings than before is where it was.
        for (const id of ids) {
          const exchange = store.chargesOf(id).length === 0 ? undefined : relevant.found(id);
          if (exchange !== undefined) for (const charge of rank(exchange)) changed.add(charge);
        }
        say(changed);
      };
      const lookAtEnded = (ids: readonly number[]) => {
        const changed = new Set<number>();
        seeAll(ids, changed);
        say(changed);
      };

      while (isGoneLeft()) {
        together(() => followGone(say));
        if (clock.elapsed() >= until) break;
      }
      const ended = store.later().filter(id => !relevant.isOpen(id));
      if (ended.length > 0) together(() => lookAtEnded(ended));
      const old = [...new Set([...left, ...again])].filter(id => id <= store.upTo());
      left = [];
      for (let at = 0; at < old.length; at += ROWS) {
        if (at > 0 && clock.elapsed() >= until) {
          left = old.slice(at);
          break;
        }
        together(() => lookAgain(old.slice(at, at + ROWS)));
      }
      const newest = rows.newest();
      while (store.upTo() < newest && clock.elapsed() < until) {
        const upTo = store.upTo();
        const end = Math.min(newest, upTo + LOOKED_AT);
        const ids = relevant.between(upTo, end);
        for (let at = 0; at < ids.length && clock.elapsed() < until; at += ROWS) {
          const some = ids.slice(at, at + ROWS);
          const last = at + ROWS >= ids.length;
          together(() => lookAtNew(some, last ? end : (some.at(-1) ?? end)));
        }
        if (ids.length === 0) together(() => lookAtNew([], end));
      }
      const upTo = store.upTo();
      return {
        upTo,
        behind: Math.max(0, newest - upTo) + left.length + (isGoneLeft() ? 1 : 0),
        changed: hasChanged,
        broken,
      };
    },
  };
}

function isOfStorage(error: unknown): boolean {
  return error instanceof Error && error.name === 'SqliteError';
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
