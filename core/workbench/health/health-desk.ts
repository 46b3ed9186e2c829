import type * as z from 'zod';
import type { Clock } from '../../clock.ts';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type {
  HealthThresholds,
  healthContract,
  LinkHealth,
  LocationHealth,
  LocationsHealthInput,
  Notice,
} from '../../contract/health.ts';
import type { Link } from '../../contract/link.ts';
import type { History } from '../../history/history.ts';
import type { StoredNotice } from '../../history/notices.ts';
import { notOfImported } from '../imported-link.ts';
import type { LinkDesk } from '../link-desk.ts';
import type { PullSchedules } from '../pull-schedules.ts';
import type { FactsDesk } from '../reports/facts-desk.ts';
import { storeOutcome } from '../storage.ts';
import { createFigures } from './figures.ts';
import { createKeptThresholds, type OwnThresholds, withoutUnset } from './kept-thresholds.ts';
import { createLinkObserving } from './link-observing.ts';
import { createLocationAsking, type LocationView } from './location-asking.ts';
import { createLooking } from './looking.ts';
import { createStatusAsking } from './status-asking.ts';
import { createTurns } from './turns.ts';
import { linkHealthView, noticeView } from './views.ts';

type Input<Name extends keyof typeof healthContract> = z.output<
  NonNullable<(typeof healthContract)[Name]['~orpc']['inputSchema']>
>;
interface Thresholds {
  readonly thresholds: HealthThresholds;
  readonly own: Partial<HealthThresholds>;
}

/** Whether partners and their locations are well. */
export interface HealthDesk {
  links(input: Input<'links'>, signal?: AbortSignal): Promise<Outcome<{ links: LinkHealth[]; behind: number }>>;
  locations(
    input: z.output<typeof LocationsHealthInput>,
    signal?: AbortSignal,
  ): Promise<Outcome<{ count: number; rows: LocationHealth[]; behind: number }>>;
  location(input: Input<'location'>, signal?: AbortSignal): Promise<Outcome<LocationView>>;
  thresholds(input: Input<'thresholds'>): Outcome<Thresholds>;
  setThresholds(input: Input<'setThresholds'>): Outcome<Thresholds>;
  notices(input: Input<'notices'>): Outcome<{ count: number; open: number; unseen: number; notices: Notice[] }>;
  acknowledge(input: Input<'acknowledge'>): Outcome<{ changed: number }>;
  look(input: Input<'look'>): Promise<Outcome<{ notices: Notice[] }>>;
  /** Before the history is closed. */
  close(): Promise<void>;
}

export interface HealthParts {
  readonly history: History;
  readonly links: LinkDesk;
  readonly schedules: PullSchedules;
  readonly facts: Pick<FactsDesk, 'ask'>;
  readonly clock: Clock;
  readonly onTrouble: (what: string, error: unknown) => void;
  /** Notices or thresholds changed. */
  readonly onChange: () => void;
  /** Looks only when asked: the built-in partner, a file that is looked at. */
  readonly onlyWhenAsked: boolean;
}

/** Open notices told at once, of one link or of all. */
const MOST_TOLD = 1000;

export function createHealthDesk(parts: HealthParts): HealthDesk {
  const { history, links, schedules, facts, clock, onChange } = parts;
  const askStatuses = createStatusAsking(facts);
  const { notices } = history;
  const thresholds = createKeptThresholds(history);
  const observing = createLinkObserving(parts);
  const figures = createFigures({ file: history.file, clock });
  const looking = createLooking({ ...parts, observing, thresholds, figures, askStatuses });
  const locations = createLocationAsking({ history, thresholds, askStatuses, clock });

  /** The link of this name, or all that are looked at. */
  const named = (name: string | undefined): Outcome<Link[]> => {
    if (name === undefined) return done(observing.links());
    const found = links.find(name);
    return found.ok ? done([found.value]) : found;
  };
  const view = (notice: StoredNotice) => noticeView(notice, history.links.nameOf(notice.linkId) ?? '');
  /** Numbers of all links that have or had this name: of a removed one its notices stay. */
  const idsOf = (name: string | undefined): Outcome<readonly number[] | undefined> => {
    const ids = name === undefined ? undefined : history.links.idsNamed(name);
    if (ids?.length !== 0) return done(ids);
    const advice = `Known: ${
      history.links
        .list()
        .map(link => link.name)
        .join(', ') || 'none yet'
    }.`;
    return failed('NOT_FOUND', `there is no link "${name}"`, advice);
  };
  const thresholdsOf = (linkId: number | undefined): Thresholds => ({
    thresholds: thresholds.of(linkId),
    own: thresholds.own(linkId),
  });
  const idOf = (name: string | undefined): Outcome<number | undefined> => {
    const found = name === undefined ? undefined : links.find(name);
    if (found === undefined) return done(undefined);
    return found.ok ? done(found.value.id) : found;
  };

  return {
    async links({ link: name }, signal) {
      const found = named(name);
      if (!found.ok) return found;
      const ids = found.value.map(({ id }) => id);
      const [counted, answered] = await Promise.all([
        figures.of(ids),
        askStatuses({ kind: 'statuses-of-links', linkIds: ids }, signal),
      ]);
      if (!counted.ok) return counted;
      if (!answered.ok) return answered;
      const { answer } = answered.value;
      if (answer.kind !== 'statuses-of-links') throw new Error(`asked for statuses, answered with ${answer.kind}`);
      const now = clock.now();
      const own = Map.groupBy(schedules.list(), ({ link }) => link);
      const told: LinkHealth[] = [];
      const turn = createTurns(clock);
      for (const [at, link] of found.value.entries()) {
        const statuses = answer.links[at];
        const figure = counted.value.links[at];
        if (statuses === undefined || figure === undefined) throw new Error('there are fewer answers than links');
        told.push(
          linkHealthView({
            ...{ link, now, statuses, figures: figure, schedules: own.get(link.name) ?? [] },
            lastHeard: observing.lastHeard(link, figure),
            tokens: observing.tokensOf(link),
            changes: observing.changesOf(link, now),
            notices: notices.open(link.id).slice(-MOST_TOLD).reverse().map(view),
          }),
        );
        await turn();
      }
      return done({ links: told, behind: counted.value.behind + answered.value.behind });
    },
    async locations({ link: name, ...input }, signal) {
      const found = named(name);
      return found.ok ? locations.page(found.value, input, signal) : found;
    },
    async location({ link: name, ...input }, signal) {
      const found = links.find(name);
      return found.ok ? locations.one(found.value, input, signal) : found;
    },
    thresholds({ link: name }) {
      const id = idOf(name);
      return id.ok ? done(thresholdsOf(id.value)) : id;
    },
    setThresholds({ link: name, thresholds: given, whole = false }) {
      const id = idOf(name);
      if (!id.ok) return id;
      if (given !== null && name !== undefined && id.value !== undefined && history.logs.ofLink(id.value) !== undefined)
        return notOfImported(name);
      const stored = storeOutcome(history, () => {
        const own: OwnThresholds | null =
          given === null ? null : { ...(whole ? {} : thresholds.own(id.value)), ...withoutUnset(given) };
        thresholds.set(own, id.value);
        return done(thresholdsOf(id.value));
      });
      if (stored.ok) {
        looking.soon();
        onChange();
      }
      return stored;
    },
    notices({ link: name, open, offset, limit }) {
      const ids = idsOf(name);
      if (!ids.ok) return ids;
      const linkIds = ids.value;
      return done({
        count: notices.count({ linkIds, open }),
        open: notices.count({ linkIds, open: true }),
        unseen: notices.count({ linkIds, open: true, unseen: true }),
        notices: notices.page({ linkIds, open, offset, limit }).map(view),
      });
    },
    acknowledge({ ids }) {
      const changed = storeOutcome(history, () => done({ changed: notices.acknowledge(ids, clock.now()) }));
      if (changed.ok && changed.value.changed > 0) onChange();
      return changed;
    },
    async look({ link: name }) {
      const ids = idsOf(name);
      if (!ids.ok) return ids;
      const looked = await looking.look();
      if (!looked.ok) return looked;
      const open = notices.page({ linkIds: ids.value, open: true, offset: 0, limit: MOST_TOLD });
      return done({ notices: open.map(view) });
    },
    close: looking.close,
  };
}
