import type { ProfileName } from '../contract/link-profile.ts';
import type { Manners } from '../server/manners.ts';
import type { OwnModule } from '../server/own-data.ts';

/** What a partner does otherwise than others; whatever is absent it does as everybody. */
export interface Profile {
  readonly manners?: Manners;
  /** The most objects on a page, however many are asked for. */
  readonly pageLimits?: Readonly<Partial<Record<OwnModule, number>>>;
  /** Ids of objects are served in lower case. */
  readonly lowerCaseIds?: boolean;
  /** Pushes that failed wait and are repeated in their order, the newer ones behind them. */
  readonly pushQueue?: 'first-in-first-out';
  /** How long an authorization is thought over before it is answered. Milliseconds. */
  readonly authorizeAfterMs?: number;
}

/** By name; what each means in a line stands in LINK_PROFILES. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  strict: {
    // Which version is meant cannot be told from a request for the versions list.
    manners: {
      tokenForms: { versions: ['base64', 'raw'], '2.1.1': ['raw'], '2.2.1': ['base64'], '2.3.0': ['base64'] },
    },
  },
  'raw-token-2.1.1': {
    manners: { tokenForms: { versions: ['raw'], '2.1.1': ['raw'] } },
  },
  'trailing-slash': {
    manners: { slashRedirect: 307 },
  },
  'hub-fifo': {
    manners: { withoutCredentialsPut: true },
    pageLimits: { locations: 100, cdrs: 20 },
    pushQueue: 'first-in-first-out',
  },
  'framework-errors': {
    manners: { frameworkErrors: true },
    lowerCaseIds: true,
  },
  'late-authorize': {
    authorizeAfterMs: 3_000,
  },
};
