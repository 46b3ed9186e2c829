import { oc } from '@orpc/contract';
import * as z from 'zod';
import { failures } from './failures.ts';
import { Environment, LedgerToken, Link, LinkSettings, TokenForm } from './link.ts';
import { ProfileName } from './link-profile.ts';
import { VersionName } from './platform.ts';

/** A link's name: what the operator types on the command line. */
export const LinkName = z
  .string()
  .min(1)
  .max(60)
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u,
    'letters, digits, blanks, dots, dashes and underscores, letter or digit first',
  );

/** printable ASCII without blanks, as in Credentials.token (digest 3.2). */
export const TokenText = z
  .string()
  .min(1, 'a token has at least one character')
  .max(256, 'longer than any OCPI token')
  .regex(/^[\x21-\x7e]+$/, 'printable ASCII without blanks (U+0021 to U+007E)');

const HttpUrl = z.url({ protocol: /^https?$/, error: 'an absolute http or https URL' });

export const NewLink = z.object({
  name: LinkName,
  organisation: z.string().min(1).max(100).optional(),
  environment: Environment.default('test'),
  settings: LinkSettings.partial().optional(),
});
export type NewLink = z.input<typeof NewLink>;

export const AddLink = NewLink.extend({ versionsUrl: HttpUrl, token: TokenText, tokenForm: TokenForm.optional() });
export type AddLink = z.input<typeof AddLink>;

export const InviteLink = NewLink.extend({ confirmed: z.boolean().optional() });
export type InviteLink = z.input<typeof InviteLink>;

export const AdoptLink = NewLink.extend({
  versionsUrl: HttpUrl,
  /** The token we call the partner with. */
  token: TokenText,
  /** The token the partner calls us with, when it is known. */
  theirToken: TokenText.optional(),
  tokenForm: TokenForm.optional(),
  version: VersionName.optional(),
});
export type AdoptLink = z.input<typeof AdoptLink>;

/** `null` takes a setting back to its default; absent leaves it. */
export const ChangeLink = z.object({
  name: LinkName,
  newName: LinkName.optional(),
  organisation: z.string().min(1).max(100).optional(),
  environment: Environment.optional(),
  versionsUrl: HttpUrl.optional(),
  readOnly: z.boolean().optional(),
  suspended: z.boolean().optional(),
  /** A token to enter (anew): the one we call the partner with. */
  token: TokenText.optional(),
  /** A token to enter (anew): the one the partner calls us with. */
  theirToken: TokenText.optional(),
  settings: z
    .object({
      tokenForm: TokenForm.optional(),
      proxy: z.url().nullable().optional(),
      ca: z.string().nullable().optional(),
      clientCertificate: z.string().nullable().optional(),
      clientKey: z.string().nullable().optional(),
      connectTimeout: z.int().positive().nullable().optional(),
      firstByteTimeout: z.int().positive().nullable().optional(),
      bodyTimeout: z.int().positive().nullable().optional(),
      totalTimeout: z.int().positive().nullable().optional(),
      bodyLimit: z.int().positive().nullable().optional(),
      requiredModules: z.array(z.string()).optional(),
      ownParty: z
        .string()
        .regex(/^[A-Z]{2}-[A-Z0-9]{3}$/)
        .nullable()
        .optional(),
      pullConcurrency: z.int().min(1).max(8).nullable().optional(),
      /** Brings what the profile means; settings given beside it stand over it. */
      profile: ProfileName.nullable().optional(),
      trailingSlash: z.boolean().nullable().optional(),
      credentialsPut: z.boolean().nullable().optional(),
      repeatPushes: z.boolean().nullable().optional(),
    })
    .optional(),
  confirmed: z.boolean().optional(),
});
export type ChangeLink = z.input<typeof ChangeLink>;

export const LinkView = Link.extend({
  tokens: z.array(LedgerToken),
  /** The session log it came with; null for one of our own. Nothing happens at one that was imported. */
  importedLog: z.int().nullable(),
});
export type LinkView = z.infer<typeof LinkView>;

/** JSON kept stable: `wb link invite --json` prints it. The token stands in the clear: it is to be handed over. */
export const Invitation = z.object({ name: z.string(), versionsUrl: z.string(), token: z.string() });
export type Invitation = z.infer<typeof Invitation>;

const byName = z.object({ name: z.string() });
const link = oc.errors(failures);

export const linksContract = {
  list: link.output(z.array(LinkView)),
  get: link.input(byName).output(LinkView),
  add: link.input(AddLink).output(LinkView),
  invite: link.input(InviteLink).output(Invitation),
  adopt: link.input(AdoptLink).output(z.object({ link: LinkView, runId: z.int() })),
  set: link.input(ChangeLink).output(LinkView),
  remove: link.input(byName.extend({ confirmed: z.boolean().optional() })).output(z.object({ removed: z.string() })),
  /** The token itself, because the operator asked. */
  reveal: link.input(z.object({ name: z.string(), tokenId: z.string() })).output(z.object({ token: z.string() })),
};
