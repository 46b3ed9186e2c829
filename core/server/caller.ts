import type { LedgerToken, LinkParty } from '../contract/link.ts';
import type { TokenCandidate, WrittenForm } from '../ocpi/authorization.ts';

/** Who calls: decided by the token and nothing else (digest 1.2). Holds no token in clear. */
export interface Caller {
  readonly linkId?: number;
  readonly linkName?: string;
  readonly token: Pick<LedgerToken, 'id' | 'kind' | 'state'>;
  /** How the token was written in the header. */
  readonly form: WrittenForm;
  /** False while only versions and credentials are open to this caller. */
  readonly registered: boolean;
  readonly parties: readonly LinkParty[];
}

/** The caller behind the first candidate that is a known token; undefined answers 401. */
export type Authenticate = (candidates: readonly TokenCandidate[]) => Caller | undefined;
