import type { Link } from '../contract/link.ts';
import type { History } from '../history/history.ts';
import type { TokenEntry } from '../history/tokens.ts';
import { settleUndone } from './workspace/undo-journal.ts';

type NewState = { readonly row: number; readonly state: TokenEntry['state'] };

/**
 * Ends what a workbench that was killed left in the middle: own data of half a workspace, tokens of a registration that nobody
 * goes on with. Best effort: where nothing can be stored, tokens are as harmless as they were, and own data waits for the next
 * start.
 */
export function settleInterrupted(history: History): void {
  settleUndone(history);
  const { links, tokens, transaction } = history;
  const changes = links.list().flatMap(link => changesOf(history, link));
  if (changes.length === 0) return;
  transaction(() => {
    for (const { row, state } of changes) tokens.setState(row, state);
  });
}

function changesOf(history: History, link: Link): NewState[] {
  const ledger = history.tokens.ledger(link.id);
  const registered = link.state === 'registered' || link.state === 'adopted';
  const strays = ledger
    .filter(({ kind, state }) => kind === 'B' && state === 'pending')
    // Our own token B in the middle of a PUT may be the one the partner switched to (T8).
    .map(({ row, direction }) => ({
      row,
      state: registered && direction === 'incoming' ? ('previous' as const) : ('retired' as const),
    }));
  const invitation = unansweredInvitation(history, { link, ledger });
  return invitation === undefined ? strays : [...strays, { row: invitation.row, state: 'previous' }];
}

/**
 * Token A of a partner that registered with us at the very moment of the end: it may never have got its answer, so it may
 * come again. Token A then dies with the first use of token C, as a predecessor does (T8).
 */
function unansweredInvitation(
  { runs }: History,
  { link, ledger }: { link: Link; ledger: readonly TokenEntry[] },
): TokenEntry | undefined {
  const [last] = runs.list({ linkId: link.id, limit: 1 });
  if (last?.state !== 'interrupted' || last.kind !== 'registration' || last.initiator !== 'them') return undefined;
  const unused = ledger.some(
    ({ direction, kind, state, lastUsedAt }) =>
      direction === 'incoming' && kind === 'C' && state === 'active' && lastUsedAt === undefined,
  );
  if (!unused) return undefined;
  return ledger.findLast(({ direction, kind }) => direction === 'incoming' && kind === 'A');
}
