import type { LinkHealth, Notice } from '../../contract/health.ts';
import type { Link } from '../../contract/link.ts';
import type { PullSchedule } from '../../contract/pulls.ts';
import type { LinkStatuses } from '../../history/facts/status-reading.ts';
import type { StoredNotice } from '../../history/notices.ts';
import type { OfferChange, TokenObservation } from '../../insight/health/observations.ts';
import type { LinkFigures } from './figures-messages.ts';

const DAY = 24 * 3_600_000;

/** `name`: of the link, which may be removed. */
export function noticeView({ linkId: _, since, until, ...notice }: StoredNotice, name: string): Notice {
  return { ...notice, link: name, since: stamp(since), until: until === null ? null : stamp(until) };
}

export interface LinkHealthParts {
  readonly link: Link;
  readonly figures: LinkFigures;
  /** Milliseconds since the epoch; null: never. */
  readonly lastHeard: number | null;
  /** Of the link. */
  readonly schedules: readonly PullSchedule[];
  readonly tokens: readonly TokenObservation[];
  readonly changes: readonly OfferChange[];
  readonly statuses: LinkStatuses;
  readonly notices: readonly Notice[];
  readonly now: number;
}

export function linkHealthView(parts: LinkHealthParts): LinkHealth {
  const { link, figures, lastHeard, schedules, tokens, changes, statuses, notices, now } = parts;
  const { exchanges, failed, p95Ms } = figures.hour;
  const { name, organisation, environment, state, version = null } = link;
  const modules = [...new Set([...figures.pulls, ...schedules].map(({ module }) => module))].sort();
  return {
    ...{ link: name, organisation, environment, state, version },
    lastHeard: stampOf(lastHeard),
    pulls: modules.map(module => {
      const pull = figures.pulls.find(one => one.module === module);
      return {
        module,
        lastGood: stampOf(pull?.lastGood),
        last: stampOf(pull?.last),
        lastOk: pull?.lastOk ?? null,
        runId: pull?.runId ?? null,
        schedule: schedules.find(one => one.module === module) ?? null,
      };
    }),
    hours: figures.hours.map(({ at, ...counts }) => ({ at: stamp(at), ...counts })),
    ...{ exchanges, failed, p95Ms },
    errorRate: exchanges === 0 ? null : failed / exchanges,
    overdue: figures.overdue.map(({ due, ...one }) => ({ ...one, due: stamp(due) })),
    tokens: tokens.map(({ issuedAt, ...token }) => ({
      ...token,
      issuedAt: stamp(issuedAt),
      days: Math.max(0, Math.floor((now - issuedAt) / DAY)),
    })),
    changes: changes.map(({ at, ...change }) => ({ at: stamp(at), ...change })),
    locations: statuses.locations,
    evses: statuses.evses,
    statuses: { ...statuses.statuses },
    notices: [...notices],
  };
}

function stampOf(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : stamp(at);
}

function stamp(at: number): string {
  return new Date(at).toISOString();
}
