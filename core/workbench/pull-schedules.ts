import * as z from 'zod';
import type { Clock } from '../clock.ts';
import { done, type Outcome } from '../contract/failure.ts';
import { PulledModule } from '../contract/objects.ts';
import type { PullSchedule, SetSchedule } from '../contract/pulls.ts';
import { repeat } from '../flows/pull/schedule.ts';
import type { History } from '../history/history.ts';
import { notOfImported } from './imported-link.ts';
import type { LinkDesk } from './link-desk.ts';
import type { PullDesk } from './pull-desk.ts';
import type { RunDesk } from './run-desk.ts';

/** A pull of a link as it is to be repeated; milliseconds, and a share of them. */
export type RepeatedPull = Pick<PullSchedule, 'module' | 'every' | 'jitter'>;

/** Pulls that are repeated while the workbench serves. */
export interface PullSchedules {
  list(): PullSchedule[];
  /** Of one link, by module. */
  of(linkId: number): RepeatedPull[];
  /** All of one link, inside of a transaction, `follow` after it. Throws what SQLite throws. */
  put(linkId: number, wanted: readonly RepeatedPull[]): void;
  /** Repeats what is kept by now. */
  follow(): void;
  /** All schedules as they are then. */
  set(input: SetSchedule): Outcome<PullSchedule[]>;
  /** Begins to pull what is scheduled. */
  begin(): void;
  /** Ends the waiting; pulls under way go on, as runs of their own. */
  end(): void;
}

export interface PullSchedulesOptions {
  readonly history: History;
  readonly clock: Clock;
  readonly random: () => number;
  readonly links: LinkDesk;
  readonly pulls: PullDesk;
  readonly runs: RunDesk;
  readonly onTrouble: (what: string, error: unknown) => void;
}

const NAME = 'pull.schedules';
const Kept = z.array(
  z.object({ linkId: z.int(), module: PulledModule, every: z.number(), jitter: z.number(), failures: z.int() }),
);
type Kept = z.infer<typeof Kept>[number];

export function createPullSchedules(options: PullSchedulesOptions): PullSchedules {
  const { history, clock, random, links, pulls, runs, onTrouble } = options;
  const { settings, transaction } = history;
  const repeating = new Map<string, { readonly abort: AbortController; dueAt: number }>();
  /** What each of those was begun with. */
  const told = new Map<string, Kept>();
  let on = false;

  const read = () => (settings.get(NAME, Kept) ?? []).filter(({ linkId }) => history.links.get(linkId) !== undefined);
  /** As read outside of any transaction, by links as they were then: what is asked for again and again is not read again. */
  let remembered:
    | { readonly all: readonly Kept[]; readonly byLink: ReadonlyMap<number, readonly Kept[]>; readonly links: object }
    | undefined;
  const remember = () => {
    const links = history.links.revision();
    if (remembered?.links === links) return remembered;
    const all = read();
    remembered = { all, byLink: Map.groupBy(all, ({ linkId }) => linkId), links };
    return remembered;
  };
  const kept = (): readonly Kept[] => remember().all;
  /** Inside of a transaction, which may be taken back: nothing of it is remembered. */
  const write = (all: readonly Kept[]) => {
    settings.set(NAME, all);
    remembered = undefined;
  };
  const find = (key: string) => kept().find(one => keyOf(one) === key);

  const pullOnce = async ({ linkId, module }: Kept): Promise<boolean> => {
    const name = history.links.get(linkId)?.name ?? '';
    const started = pulls.start({ name, module });
    // Somebody else pulls it now, which is as good.
    if (!started.ok) return started.failure.code === 'BUSY';
    let state = 'running';
    for await (const run of runs.watch(started.value)) state = run.state;
    return state === 'done';
  };

  const note = (key: string, ok: boolean) => {
    transaction(() =>
      write(read().map(one => (keyOf(one) === key ? { ...one, failures: ok ? 0 : one.failures + 1 } : one))),
    );
  };

  const stop = (key: string) => {
    repeating.get(key)?.abort.abort();
    repeating.delete(key);
    told.delete(key);
  };

  const go = (one: Kept) => {
    const key = keyOf(one);
    stop(key);
    const state = { abort: new AbortController(), dueAt: clock.now() };
    repeating.set(key, state);
    told.set(key, one);
    repeat({
      clock,
      random,
      signal: state.abort.signal,
      schedule: () => find(key),
      due: at => {
        state.dueAt = at;
      },
      pull: () => pullOnce(one),
      ended: ok => note(key, ok),
    }).catch(error => onTrouble(`the schedule of ${one.module} ended with a defect`, error));
  };

  const list = (): PullSchedule[] =>
    kept().map(({ linkId, ...one }) => ({
      ...one,
      link: history.links.get(linkId)?.name ?? '',
      nextAt: repeating.get(keyOf({ linkId, module: one.module }))?.dueAt ?? null,
    }));

  return {
    list,
    of: linkId =>
      (remember().byLink.get(linkId) ?? [])
        .map(({ module, every, jitter }) => ({ module, every, jitter }))
        .sort((left, right) => (left.module < right.module ? -1 : 1)),
    put(linkId, wanted) {
      const before = read();
      const own = wanted.map(({ module, every, jitter }): Kept => {
        const same = before.find(one => one.linkId === linkId && one.module === module && one.every === every);
        return { linkId, module, every, jitter, failures: same?.failures ?? 0 };
      });
      write([...before.filter(one => one.linkId !== linkId), ...own]);
    },
    follow() {
      if (!on) return;
      const now = new Map(kept().map(one => [keyOf(one), one]));
      for (const key of [...repeating.keys()]) if (!now.has(key)) stop(key);
      for (const [key, one] of now) {
        const before = told.get(key);
        if (before?.every !== one.every || before.jitter !== one.jitter) go(one);
      }
    },
    set: ({ name, module, every, jitter = 0.1 }) => {
      const found = links.find(name);
      if (!found.ok) return found;
      if (every !== null && history.logs.ofLink(found.value.id) !== undefined) return notOfImported(found.value.name);
      const key = keyOf({ linkId: found.value.id, module });
      const others = kept().filter(one => keyOf(one) !== key);
      const own = every === null ? [] : [{ linkId: found.value.id, module, every, jitter, failures: 0 }];
      const stored = transaction(() => write([...others, ...own]));
      if (!stored.ok) return stored;
      stop(key);
      if (on) for (const one of own) go(one);
      return done(list());
    },
    begin: () => {
      if (on) return;
      on = true;
      for (const one of kept()) go(one);
    },
    end: () => {
      on = false;
      for (const key of [...repeating.keys()]) stop(key);
    },
  };
}

function keyOf({ linkId, module }: Pick<Kept, 'linkId' | 'module'>): string {
  return `${linkId} ${module}`;
}
