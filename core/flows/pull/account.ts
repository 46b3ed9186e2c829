import type { PageStored } from '../../contract/ingest.ts';
import type { PullBookmark } from '../../contract/pulls.ts';
import type { PullTally } from '../../contract/run.ts';
import { type Finding, finding } from '../../ocpi/findings.ts';
import { type Counted, createFindingTally } from './finding-tally.ts';
import type { PullPorts, PullRun } from './ports.ts';
import { createMeter } from './progress.ts';
import type { PageTaken } from './walk.ts';

type Counts = { -readonly [Key in keyof Omit<PullTally, 'findings' | 'vanished'>]: PullTally[Key] };

/** What one stretch of a list came to, for its step. */
export interface StretchAccount {
  take(page: PageTaken): void;
  /** Of requests that failed, or of the stretch as a whole. */
  notice(exchangeIds: readonly number[], findings: readonly Finding[]): void;
  findings(): Finding[];
  /** The first exchange, the last one, and those that failed; not all of thousands. */
  exchangeIds(): number[];
  pages(): number;
}

/** What a pull came to so far: counts, findings, progress. */
export interface PullAccount {
  readonly counts: Readonly<Counts>;
  tally(vanished: number): PullTally;
  nextPage(): number;
  /** Pages handed to the store so far, those that failed included. */
  pagesAsked(): number;
  /** Begins a stretch; `met`: objects of it that an earlier attempt took over. */
  stretch(met: number): StretchAccount;
  /** What is waited for, in words; undefined when the waiting is over. */
  wait(words: string | undefined): void;
}

const MOST_NAMED = 20;

/** Opens the books of a pull, with what an earlier attempt had written into them. */
export function openAccount(
  { clock, noteAnswer }: Pick<PullPorts, 'clock' | 'noteAnswer'>,
  run: Pick<PullRun, 'progress'>,
  known: PullBookmark | undefined,
): PullAccount {
  const { objects = 0, added = 0, changed = 0, unchanged = 0, pages = 0, page = 0 } = known ?? {};
  const counts: Counts = { objects, added, changed, unchanged, pages };
  const all = createFindingTally(known?.findings);
  const meter = createMeter();
  let number = page;
  let total: number | undefined;
  let waiting: string | undefined;

  const show = () => {
    const measured = meter.read(clock.elapsed(), {
      objects: counts.objects,
      pages: counts.pages,
      ...(total === undefined ? {} : { total }),
    });
    run.progress({ ...measured, ...(waiting === undefined ? {} : { waiting }) });
  };

  return {
    counts,
    tally: vanished => ({ ...counts, vanished, findings: all.lines() }),
    nextPage: () => number++,
    pagesAsked: () => number,
    wait: words => {
      waiting = words;
      show();
    },
    stretch: met => {
      const before = counts.objects - met;
      const own = createFindingTally();
      const named = new Set<number>();
      let last: number | undefined;
      let read = 0;
      const name = (id: number) => {
        if (named.size < MOST_NAMED - 1) named.add(id);
      };
      const notice: StretchAccount['notice'] = (exchangeIds, findings) => {
        for (const id of exchangeIds) name(id);
        own.add(findings);
        all.add(findings);
      };
      return {
        notice,
        take: ({ exchangeIds, head, stored, findings, failed }) => {
          const id = exchangeIds.at(-1);
          last = id;
          if (id !== undefined) {
            if (failed || named.size === 0) name(id);
            const found = [...findings, ...stored.findings.map(({ finding: one }) => one)];
            const { ocpiStatus } = stored;
            noteAnswer(id, { findings: found, ...(ocpiStatus === undefined ? {} : { ocpiStatus }) });
          }
          notice([], findings);
          for (const tally of [own, all]) tally.addCounted([...stored.findings, ...updateFindings(stored)]);
          counts.objects += stored.items - stored.again - stored.unusable;
          counts.added += stored.added;
          counts.changed += stored.changed;
          counts.unchanged += stored.unchanged;
          if (!failed) {
            counts.pages++;
            read++;
          }
          if (head.total !== undefined) total = before + head.total;
          show();
        },
        findings: own.findings,
        exchangeIds: () => [...named, ...(last === undefined || named.has(last) ? [] : [last])],
        pages: () => read,
      };
    },
  };
}

/** failures.md 14: last_updated that moves alone, and changes that leave it where it was. */
function updateFindings({ movedOnly, changedSilently }: PageStored): Counted[] {
  const pointer = '/last_updated';
  const moved = finding('objects.updated-without-change', {
    pointer,
    met: 'another last_updated, everything else as before',
    expected: 'the same last_updated',
  });
  const silent = finding('objects.changed-without-update', {
    pointer,
    met: 'another object with the same last_updated',
    expected: 'a later last_updated',
  });
  return [
    { finding: moved, count: movedOnly },
    { finding: silent, count: changedSilently },
  ];
}
