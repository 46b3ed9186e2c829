import * as z from 'zod';
import { ProfileName } from './link-profile.ts';
import { Policies } from './policy.ts';

export const LinkState = z.enum(['new', 'invited', 'registered', 'adopted', 'suspended', 'unregistered']);
export type LinkState = z.infer<typeof LinkState>;

export const TokenForm = z.enum(['auto', 'raw', 'base64']);
export type TokenForm = z.infer<typeof TokenForm>;

export const Environment = z.enum(['test', 'production']);
export type Environment = z.infer<typeof Environment>;

/** One line of a version details answer; `role` is absent on 2.1.1. */
export const LinkEndpoint = z.object({
  identifier: z.string(),
  role: z.string().optional(),
  url: z.string(),
});
export type LinkEndpoint = z.infer<typeof LinkEndpoint>;

/** Country code, party id and role of one party behind a link; 2.1.1 partners state no role. */
export const LinkParty = z.object({
  countryCode: z.string(),
  partyId: z.string(),
  role: z.string().optional(),
  name: z.string().optional(),
});
export type LinkParty = z.infer<typeof LinkParty>;

/** What the operator may set on a link. Durations in milliseconds, certificates in PEM, sizes in bytes. */
export const LinkSettings = z.object({
  tokenForm: TokenForm.default('auto'),
  proxy: z.url().optional(),
  ca: z.string().optional(),
  clientCertificate: z.string().optional(),
  clientKey: z.string().optional(),
  connectTimeout: z.int().positive().optional(),
  firstByteTimeout: z.int().positive().optional(),
  bodyTimeout: z.int().positive().optional(),
  totalTimeout: z.int().positive().optional(),
  bodyLimit: z.int().positive().optional(),
  /** Modules without which a registration with this partner makes no sense (`credentials` always). */
  requiredModules: z.array(z.string()).default([]),
  /** Which own party faces a 2.1.1 partner, `NL-WBX`; the platform's first one unless said. */
  ownParty: z.string().optional(),
  /** Pages of one list asked for at once where it is paged with offsets; 1 unless set. */
  pullConcurrency: z.int().min(1).max(8).optional(),
  /** How it deviates, as chosen last; what that means for us stands in the settings beside it and may be changed there. */
  profile: ProfileName.optional(),
  /** What we put behind its endpoints ends in a slash (T11). */
  trailingSlash: z.boolean().optional(),
  /** False: it takes no PUT of credentials. */
  credentialsPut: z.boolean().optional(),
  /** Pushes of the simulation that failed are repeated in their order. */
  repeatPushes: z.boolean().optional(),
  /** What we answer this partner, by operation. */
  policies: Policies.optional(),
});
export type LinkSettings = z.infer<typeof LinkSettings>;

/** One OCPI connection to one environment of a partner. Holds no token: those live in the sealed table. */
export const Link = z.object({
  id: z.int(),
  name: z.string(),
  organisation: z.string(),
  environment: Environment,
  state: LinkState,
  /** True for an adopted link until it is unlocked: only GET leaves. */
  readOnly: z.boolean(),
  /** The partner's versions URL; absent on an invited link until the partner registers. */
  versionsUrl: z.string().optional(),
  /** The agreed version; absent before registration. */
  version: z.enum(['2.1.1', '2.2.1', '2.3.0']).optional(),
  /** Version numbers the partner listed last, unknown ones included. */
  offeredVersions: z.array(z.string()),
  endpoints: z.array(LinkEndpoint),
  parties: z.array(LinkParty),
  hubPartyId: z.string().optional(),
  /** The versions URL of ours that the partner was told last; differs from the current one after a move. */
  toldVersionsUrl: z.string().optional(),
  /** The form that worked when `tokenForm` is `auto`. */
  learnedForm: z.enum(['raw', 'base64']).optional(),
  settings: LinkSettings,
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Link = z.infer<typeof Link>;

/** How a token was written in an Authorization header. */
export const WrittenForm = z.enum(['raw', 'base64', 'base64+lf', 'base64url', 'base64-unpadded', 'double-base64']);
export type WrittenForm = z.infer<typeof WrittenForm>;

/**
 * One line of the token ledger. `id` is a keyed HMAC, never the token.
 * `pending`: valid, its registration is not finished; `previous`: valid until the first call with its successor.
 */
export const LedgerToken = z.object({
  id: z.string(),
  linkId: z.int(),
  /** `incoming`: the partner calls us with it; `outgoing`: we call the partner with it. */
  direction: z.enum(['incoming', 'outgoing']),
  kind: z.enum(['A', 'B', 'C']),
  state: z.enum(['pending', 'active', 'previous', 'retired']),
  issuedBy: z.enum(['us', 'them']),
  length: z.int(),
  createdAt: z.number(),
  lastUsedAt: z.number().optional(),
  lastForm: WrittenForm.optional(),
  /** False when the key that sealed it is gone: the operator must enter it anew. */
  readable: z.boolean(),
});
export type LedgerToken = z.infer<typeof LedgerToken>;
