import type { Clock } from '../../clock.ts';
import type { History } from '../../history/history.ts';
import type { KeyStore } from '../../history/sealing-key.ts';
import type { Sealer } from '../../http/sealing.ts';
import type { LinkDesk } from '../link-desk.ts';
import type { PlatformDesk } from '../platform.ts';
import type { TransactionsDesk } from '../transactions/transactions-desk.ts';
import type { ViewedFile } from './opening/open-filling.ts';

/** What session logs are made of and go into. */
export interface LogParts {
  readonly history: History;
  readonly platform: PlatformDesk;
  readonly links: LinkDesk;
  readonly transactions: TransactionsDesk;
  readonly sealer: Sealer;
  readonly keyStore: KeyStore;
  readonly clock: Clock;
  readonly newId: () => string;
  /** The file this workbench was made to show; absent for a database of one's own. */
  readonly viewing?: ViewedFile | undefined;
  readonly onTrouble: (what: string, error: unknown) => void;
  /** Logs, reproductions or the file that is looked at changed. */
  readonly onChange: () => void;
}
