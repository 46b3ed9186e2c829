import type { Clock } from '../clock.ts';
import type { Link } from '../contract/link.ts';
import type { History } from '../history/history.ts';
import type { TokenEntry } from '../history/tokens.ts';
import type { ExchangeRecord } from '../http/exchange.ts';
import { readAuthorization } from '../ocpi/authorization.ts';
import { type Finding, finding } from '../ocpi/findings.ts';
import { headerValues } from '../ocpi/raw-headers.ts';
import type { Authenticate, Caller } from '../server/caller.ts';
import { newToken } from './registration-ports.ts';
import { createVisits, type Visits } from './visits.ts';

export interface Callers {
  readonly authenticate: Authenticate;
  /** Another value whenever `authenticate` might answer differently. */
  revision(): unknown;
  /** Begins a call of ours to our own server. */
  visit: Visits['begin'];
  /** The ledger row behind a caller, for as long as the caller is remembered. */
  entryOf(caller: Caller): TokenEntry | undefined;
  /** Notes the use of a token; the first call with a successor ends its predecessor (T8). */
  used(caller: Caller): void;
  /** A refused call with a token that was ours once: says whose, and that it is dead. */
  explainRefused(record: ExchangeRecord): ExchangeRecord;
}

/** Tells who calls by the tokens of the ledger. */
export function createCallers({ links, tokens, transaction }: History, clock: Clock): Callers {
  const visits = createVisits({ idOf: tokens.idOf, newToken });
  const entries = new WeakMap<Caller, TokenEntry>();
  // Looked up once for each caller, not for each of its requests: a caller is told anew whenever a token changes.
  const predecessors = new WeakMap<Caller, readonly TokenEntry[]>();
  const endedBy = (caller: Caller, entry: TokenEntry) => {
    // An invitation says nothing about the registration that may still stand, nor does a call back in mid-exchange.
    if (entry.kind === 'A' || entry.state === 'pending') return [];
    let ended = predecessors.get(caller);
    if (ended === undefined) {
      ended = tokens.ledger(entry.linkId).filter(other => isEndedBy(entry, other));
      predecessors.set(caller, ended);
    }
    return ended;
  };
  return {
    authenticate: candidates => {
      const found = tokens.find(candidates);
      if (found === undefined) return visits.authenticate(candidates);
      const { entry, candidate } = found;
      const link = links.get(entry.linkId);
      if (link === undefined || link.state === 'suspended') return undefined;
      const caller: Caller = {
        linkId: link.id,
        linkName: link.name,
        token: { id: entry.id, kind: entry.kind, state: entry.state },
        form: candidate.form,
        registered: entry.kind !== 'A' && entry.state !== 'pending' && ['registered', 'adopted'].includes(link.state),
        parties: link.parties,
      };
      entries.set(caller, entry);
      return caller;
    },
    revision: createRevision([tokens.known, links.revision, visits.revision]),
    visit: visits.begin,
    entryOf: caller => entries.get(caller),
    used: caller => {
      const entry = entries.get(caller);
      if (entry === undefined) return;
      tokens.markUsed(entry.row, caller.form, clock.now());
      const ended = endedBy(caller, entry);
      if (ended.length === 0) return;
      transaction(() => {
        for (const { row } of ended) tokens.setState(row, 'retired');
        // After a PUT whose answer was lost the new token waits as `previous`: its use tells that the partner switched.
        if (entry.state === 'previous') tokens.setState(entry.row, 'active');
      });
    },
    explainRefused: record => {
      const read = readAuthorization(headerValues(record.request.headers, 'authorization'));
      if (read.kind !== 'candidates') return record;
      const ids = new Set(read.candidates.map(({ token }) => tokens.idOf(token)));
      for (const link of links.list()) {
        const known = tokens
          .ledger(link.id)
          .find(({ id, state, direction }) => ids.has(id) && (direction === 'incoming' || state !== 'retired'));
        if (known === undefined) continue;
        const more = refusalFinding(known, link);
        return {
          ...record,
          linkId: link.id,
          findings: more === undefined ? record.findings : [...record.findings, more],
        };
      }
      return record;
    },
  };
}

/** The first call with a token ends those that came before it (T8), but no invitation that is still open. */
function isEndedBy(used: TokenEntry, { row, direction, kind, state }: TokenEntry): boolean {
  if (direction !== 'incoming' || row >= used.row) return false;
  return state === 'previous' || (state === 'active' && kind !== 'A');
}

function refusalFinding({ direction, kind, state }: TokenEntry, link: Link): Finding | undefined {
  const pointer = 'header:Authorization';
  const { name } = link;
  if (direction === 'outgoing') {
    return finding('registration.tokens-swapped', {
      pointer,
      met: `the token with which we call ${name}`,
      expected: 'the token that it received from us',
    });
  }
  if (state === 'retired') {
    return kind === 'A'
      ? finding('registration.token-a-again', {
          pointer,
          met: `the dead token A of ${name}`,
          expected: 'token C, handed out with the registration',
        })
      : finding('registration.dead-token', {
          pointer,
          met: `a dead token of ${name}`,
          expected: 'the newest token it received from us',
        });
  }
  if (link.state !== 'suspended') return undefined;
  return finding('registration.suspended', {
    pointer,
    met: `a token of ${name}`,
    expected: 'a link that is not suspended',
  });
}

/** Another value whenever one of the parts is another object. */
function createRevision(parts: readonly (() => object | readonly unknown[])[]): () => unknown {
  let seen: readonly unknown[] = [];
  let revision = 0;
  return () => {
    let changed = false;
    for (let at = 0; at < parts.length; at++) if (parts[at]?.() !== seen[at]) changed = true;
    if (changed) {
      seen = parts.map(part => part());
      revision++;
    }
    return revision;
  };
}
