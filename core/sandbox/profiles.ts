import * as z from 'zod';
import type { Manners } from '../server/manners.ts';
import type { OwnModule } from '../server/own-data.ts';

/** Ways in which real partners deviate (failures.md, "Partner profiles"). */
export const ProfileName = z.enum([
  'strict',
  'raw-token-2.1.1',
  'trailing-slash',
  'hub-fifo',
  'framework-errors',
  'late-authorize',
]);
export type ProfileName = z.infer<typeof ProfileName>;

/** What a partner does otherwise than others; whatever is absent it does as everybody. */
export interface Profile {
  /** One line for a person. */
  readonly title: string;
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

export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  strict: {
    title: 'the specification to the letter: Base64 tokens from 2.2 on, raw ones before',
    // Which version is meant cannot be told from a request for the versions list.
    manners: {
      tokenForms: { versions: ['base64', 'raw'], '2.1.1': ['raw'], '2.2.1': ['base64'], '2.3.0': ['base64'] },
    },
  },
  'raw-token-2.1.1': {
    title: 'wants raw tokens for the versions list and 2.1.1, and takes them everywhere',
    manners: { tokenForms: { versions: ['raw'], '2.1.1': ['raw'] } },
  },
  'trailing-slash': {
    title: 'redirects every path without a slash at its end (307)',
    manners: { slashRedirect: 307 },
  },
  'hub-fifo': {
    title: 'a hub: small pages, no PUT of credentials, failed pushes repeated in order',
    manners: { withoutCredentialsPut: true },
    pageLimits: { locations: 100, cdrs: 20 },
    pushQueue: 'first-in-first-out',
  },
  'framework-errors': {
    title: 'errors of its web framework (422 and 403 with {"detail"}), ids in lower case',
    manners: { frameworkErrors: true },
    lowerCaseIds: true,
  },
  'late-authorize': {
    title: 'allows, but only after three seconds',
    authorizeAfterMs: 3_000,
  },
};
