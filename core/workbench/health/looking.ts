import type { Clock } from '../../clock.ts';
import { done, type Outcome } from '../../contract/failure.ts';
import { type HealthThresholds, NoticeKind } from '../../contract/health.ts';
import type { Link } from '../../contract/link.ts';
import type { History } from '../../history/history.ts';
import { evseLimits, judgeAvailability, judgeEvses } from '../../insight/health/evse-limits.ts';
import { judgeLink } from '../../insight/health/link-limits.ts';
import { createRounds } from '../rounds.ts';
import type { Figures } from './figures.ts';
import type { KeptThresholds } from './kept-thresholds.ts';
import type { LinkObserving } from './link-observing.ts';
import { createNoticing } from './noticing.ts';
import type { AskStatuses } from './status-asking.ts';
import { createTurns } from './turns.ts';

/** Looks at links and their EVSEs, and writes down what is over its threshold. */
export interface Looking {
  /** Everything once, now; a look that is under way is waited for, and followed by another. */
  look(): Promise<Outcome<undefined>>;
  /** In a moment, if anybody is to look by himself. */
  soon(): void;
  close(): Promise<void>;
}

export interface LookingParts {
  readonly history: History;
  readonly observing: LinkObserving;
  readonly thresholds: KeptThresholds;
  readonly figures: Figures;
  readonly askStatuses: AskStatuses;
  readonly clock: Clock;
  readonly onTrouble: (what: string, error: unknown) => void;
  readonly onChange: () => void;
  readonly onlyWhenAsked: boolean;
}

/** Milliseconds. A command that is done in a moment need not pay for a look. */
const FIRST_PAUSE = 3000;
const PAUSE = 30_000;
/** After something changed: several changes are looked at together. */
const SOON = 500;
/** Questions in a row about EVSEs that are not all looked at yet; each looks at some. */
const MOST_QUESTIONS = 20;

const OF_EVSES: ReadonlySet<NoticeKind> = new Set<NoticeKind>([
  'evse-out-of-order',
  'evse-inoperative',
  'evse-stuck',
  'availability-low',
]);
const OF_LINKS: ReadonlySet<NoticeKind> = new Set(NoticeKind.options.filter(kind => !OF_EVSES.has(kind)));

type LimitsOf = (linkId: number) => HealthThresholds;

export function createLooking(parts: LookingParts): Looking {
  const { history, observing, thresholds, figures, askStatuses, clock, onTrouble, onChange, onlyWhenAsked } = parts;
  const noticing = createNoticing(history);
  let closing = false;
  /** Something changed since the last look began. */
  let isStale = false;

  const lookAtLinks = async (links: readonly Link[], limitsOf: LimitsOf): Promise<Outcome<boolean>> => {
    const turn = createTurns(clock);
    for (const link of links) {
      const change = observing.changedOffer(link, clock.now());
      const noted = change === undefined ? done(undefined) : history.transaction(change);
      if (!noted.ok) return noted;
      await turn();
    }
    const counted = await figures.of(links.map(({ id }) => id));
    if (!counted.ok) return counted;
    let changed = false;
    // Of what is not counted yet nothing is said.
    if (counted.value.behind > 0) return done(changed);
    const now = clock.now();
    for (const [at, link] of links.entries()) {
      const figure = counted.value.links[at];
      if (figure === undefined) throw new Error('there are fewer figures than links');
      const judged = judgeLink(observing.observe(link, figure, now), limitsOf(link.id), now);
      if (await noticing.note({ linkId: link.id, judged, kinds: OF_LINKS, now })) changed = true;
      await turn();
    }
    return done(changed);
  };
  const askUpToDate: AskStatuses = async question => {
    for (let asked = 1; ; asked++) {
      const answered = await askStatuses(question);
      if (!answered.ok || answered.value.behind === 0 || asked === MOST_QUESTIONS || closing) return answered;
    }
  };
  const lookAtEvses = async (links: readonly Link[], limitsOf: LimitsOf): Promise<Outcome<boolean>> => {
    const now = clock.now();
    const active = links.filter(({ state }) => state !== 'suspended' && state !== 'unregistered');
    const limits = active.map(({ id }) => ({ linkId: id, ...evseLimits(limitsOf(id), now) }));
    const answered = await askUpToDate({ kind: 'statuses-over', limits, now });
    if (!answered.ok) return answered;
    const { answer, behind } = answered.value;
    if (answer.kind !== 'statuses-over') throw new Error(`asked for statuses, answered with ${answer.kind}`);
    if (behind > 0) {
      // What is not known yet would look as if it were well.
      isStale = true;
      return done(false);
    }
    const over = new Map(answer.links.map(one => [one.linkId, one]));
    let changed = false;
    const turn = createTurns(clock);
    for (const { id } of links) {
      const { evses = [], locations = [] } = over.get(id) ?? {};
      const own = limitsOf(id);
      const judged = [...judgeEvses(evses, own, now), ...judgeAvailability(locations, own)];
      if (await noticing.note({ linkId: id, judged, kinds: OF_EVSES, now })) changed = true;
      await turn();
    }
    return done(changed);
  };

  const lookOnce = async (): Promise<Outcome<undefined>> => {
    isStale = false;
    const links = observing.links();
    const limitsOf = thresholds.reading();
    const gone = await noticing.forget(
      links.map(({ id }) => id),
      clock.now(),
    );
    const ofLinks = await lookAtLinks(links, limitsOf);
    const ofEvses = await lookAtEvses(links, limitsOf);
    if (gone || (ofLinks.ok && ofLinks.value) || (ofEvses.ok && ofEvses.value)) onChange();
    if (!ofLinks.ok) return ofLinks;
    return ofEvses.ok ? done(undefined) : ofEvses;
  };
  let last: Promise<unknown> = Promise.resolve();
  const look = (): Promise<Outcome<undefined>> => {
    const looked = last.then(lookOnce);
    last = looked.catch(() => {});
    return looked;
  };

  const rounds = createRounds({
    clock,
    run: async () => {
      if (closing) return undefined;
      try {
        const looked = await look();
        if (!looked.ok && !closing) onTrouble('looking at links', new Error(looked.failure.message));
      } catch (error) {
        onTrouble('looking at links', error);
      }
      return PAUSE;
    },
    afterwards: pause => (isStale ? SOON : pause),
    asleep: () => onlyWhenAsked,
  });
  const soon = () => {
    isStale = true;
    rounds.schedule(SOON);
  };
  const stop = history.onChange(change => {
    if (change.kind === 'links' || (change.kind === 'objects' && change.module === 'locations')) soon();
  });
  rounds.schedule(FIRST_PAUSE);
  return {
    look,
    soon,
    async close() {
      closing = true;
      stop();
      await Promise.all([figures.close(), rounds.close()]);
      await last;
    },
  };
}
