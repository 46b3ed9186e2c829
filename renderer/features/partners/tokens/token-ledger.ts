import type { LedgerToken } from '../../../../core/contract/link.ts';
import type { LinkView } from '../../../../core/contract/links.ts';
import { defaultForm } from '../../../../core/ocpi/authorization.ts';

/** What is worth saying beside a token; the words are texts of the page. */
export type TokenHint =
  /** Its key is gone: it has to be entered anew. */
  | 'unreadable'
  /** Written in the form that the version does not foresee. */
  | 'other-form'
  /** Encoded with a line feed at its end. */
  | 'line-feed'
  | 'double'
  | 'url-alphabet'
  | 'unpadded'
  /** Longer than the 64 characters of the specification. */
  | 'long'
  /** In use, and the partner has not called with it yet. */
  | 'never-used'
  /** Valid until the first call with its successor. */
  | 'until-successor';

export interface LedgerLine {
  /** Its row: ids may repeat where two tokens have one value. */
  readonly key: string;
  readonly token: LedgerToken;
  readonly live: boolean;
  readonly hints: readonly TokenHint[];
}

const LONGEST = 64;
const RANK: Readonly<Record<LedgerToken['state'], number>> = { active: 0, pending: 1, previous: 2, retired: 3 };

const FORM_HINTS: Readonly<Record<NonNullable<LedgerToken['lastForm']>, TokenHint | undefined>> = {
  raw: undefined,
  base64: undefined,
  'base64+lf': 'line-feed',
  base64url: 'url-alphabet',
  'base64-unpadded': 'unpadded',
  'double-base64': 'double',
};

/** The ledger of a link: what is valid first, then the newest; each with what is odd about it. */
export function ledgerLines({ tokens, version }: Pick<LinkView, 'tokens' | 'version'>): LedgerLine[] {
  return tokens
    .map((token, at) => ({ token, at }))
    .sort((left, right) => RANK[left.token.state] - RANK[right.token.state] || right.at - left.at)
    .map(({ token, at }) => ({
      key: `${at} ${token.id}`,
      token,
      live: token.state !== 'retired',
      hints: hintsOf(token, version),
    }));
}

function hintsOf(token: LedgerToken, version: LinkView['version']): TokenHint[] {
  const { lastForm, state } = token;
  const hints: TokenHint[] = [];
  if (!token.readable) hints.push('unreadable');
  const odd = lastForm === undefined ? undefined : FORM_HINTS[lastForm];
  if (odd !== undefined) hints.push(odd);
  // Token A is used before a version is agreed: either form may be right.
  if (version !== undefined && token.kind !== 'A' && (lastForm === 'raw') !== (defaultForm(version) === 'raw')) {
    if (lastForm !== undefined && !hints.includes('double')) hints.push('other-form');
  }
  if (token.length > LONGEST) hints.push('long');
  if (token.direction === 'incoming' && state === 'active' && token.lastUsedAt === undefined) hints.push('never-used');
  if (state === 'previous') hints.push('until-successor');
  return hints;
}
