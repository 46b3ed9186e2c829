import type { Link } from '../../contract/link.ts';
import type { History } from '../../history/history.ts';
import type { LinkObservation, OfferChange, TokenObservation } from '../../insight/health/observations.ts';
import { offerChanges, sameOffer } from '../../insight/health/offer-changes.ts';
import type { PullSchedules } from '../pull-schedules.ts';
import type { LinkFigures } from './figures-messages.ts';

const DAY = 24 * 3_600_000;

/** What is seen of links besides exchanges and runs. Everything here is in memory, or a row by its key. */
export interface LinkObserving {
  /** Links somebody may expect something of: those of imported logs are not among them. */
  links(): Link[];
  observe(link: Link, figures: LinkFigures, now: number): LinkObservation;
  tokensOf(link: Link): TokenObservation[];
  changesOf(link: Link, now: number): OfferChange[];
  /** By exchanges, and where those are deleted by its token; milliseconds since the epoch, null: never. */
  lastHeard(link: Link, figures: LinkFigures): number | null;
  /** Remembers what the version and the endpoints of a link are now; undefined: they are as they were. Throws what SQLite throws. */
  changedOffer(link: Link, now: number): (() => void) | undefined;
}

export interface LinkObservingParts {
  readonly history: Pick<History, 'links' | 'logs' | 'tokens' | 'offers'>;
  readonly schedules: Pick<PullSchedules, 'of'>;
}

type Ledger = ReturnType<History['tokens']['ledger']>;

export function createLinkObserving({ history, schedules }: LinkObservingParts): LinkObserving {
  const { links, logs, tokens, offers } = history;

  const inUse = (ledger: Ledger): TokenObservation[] =>
    ledger
      .filter(({ state }) => state === 'active')
      .map(({ kind, direction, id: tokenId, issuedBy, createdAt }) => ({
        label: `${kind} ${tokenId} (${direction === 'incoming' ? 'they call us' : 'we call them'})`,
        issuedBy,
        issuedAt: createdAt,
      }));
  const heard = (ledger: Ledger, figures: LinkFigures): number | null => {
    const used = ledger.map(({ direction, lastUsedAt }) => (direction === 'incoming' ? lastUsedAt : undefined));
    const known = [...used, figures.lastHeard].filter(at => at !== undefined && at !== null);
    return known.length === 0 ? null : Math.max(...known);
  };
  const changesOf = ({ id }: Link, now: number) => offerChanges(offers.since(id, now - DAY), now - DAY);

  return {
    links: () => links.list().filter(({ id }) => logs.ofLink(id) === undefined),
    lastHeard: ({ id }, figures) => heard(tokens.ledger(id), figures),
    observe(link, figures, now) {
      const { hour, overdue, pulls } = figures;
      const ledger = tokens.ledger(link.id);
      return {
        ...{ state: link.state, createdAt: link.createdAt, hour, overdue },
        lastHeard: heard(ledger, figures),
        pulls: schedules.of(link.id).map(({ module, every }) => {
          const pulled = pulls.find(pull => pull.module === module);
          return { lastGood: null, last: null, lastOk: null, runId: null, ...pulled, module, every };
        }),
        tokens: inUse(ledger),
        changes: changesOf(link, now),
      };
    },
    tokensOf: ({ id }) => inUse(tokens.ledger(id)),
    changesOf,
    changedOffer({ id, version = null, endpoints }, now) {
      // While a link has none, nothing is known: what comes then is compared with what was there before.
      if (endpoints.length === 0) return undefined;
      const before = offers.newest(id);
      if (before !== undefined && sameOffer(before, { version, endpoints })) return undefined;
      return () => offers.add(id, { at: now, version, endpoints });
    },
  };
}
