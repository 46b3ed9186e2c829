import * as z from 'zod';

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

/** How a partner wants to be spoken to; what is absent is as the specification has it. */
export const SpeakingSettings = z.object({
  /** How our token is written; `auto` learns it. */
  tokenForm: z.enum(['auto', 'raw', 'base64']).optional(),
  /** What we put behind its endpoints ends in a slash, which spares the redirect (T11). */
  trailingSlash: z.boolean().optional(),
  /** False: it takes no PUT of credentials, so there is no rotating without registering anew. */
  credentialsPut: z.boolean().optional(),
  /** Pushes of the simulation that failed wait and are repeated in their order, the newer ones behind them. */
  repeatPushes: z.boolean().optional(),
  /** Milliseconds until the first byte of an answer. */
  firstByteTimeout: z.int().positive().optional(),
});
export type SpeakingSettings = z.infer<typeof SpeakingSettings>;

export interface LinkProfile {
  /** One line for a person: how such a partner deviates. */
  readonly title: string;
  readonly speaking: SpeakingSettings;
}

/** What each profile means for the way we speak; played by the sandbox they mean more (core/sandbox/profiles.ts). */
export const LINK_PROFILES: Readonly<Record<ProfileName, LinkProfile>> = {
  strict: { title: 'the specification to the letter: Base64 tokens from 2.2 on, raw ones before', speaking: {} },
  'raw-token-2.1.1': {
    title: 'wants raw tokens for the versions list and 2.1.1, and takes them everywhere',
    speaking: { tokenForm: 'raw' },
  },
  'trailing-slash': {
    title: 'redirects every path without a slash at its end (307)',
    speaking: { trailingSlash: true },
  },
  'hub-fifo': {
    title: 'a hub: small pages, no PUT of credentials, failed pushes repeated in order',
    speaking: { credentialsPut: false, repeatPushes: true },
  },
  'framework-errors': {
    title: 'errors of its web framework (422 and 403 with {"detail"}), ids in lower case',
    speaking: {},
  },
  'late-authorize': { title: 'allows, but only after three seconds', speaking: { firstByteTimeout: 90_000 } },
};
