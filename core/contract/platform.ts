import { oc } from '@orpc/contract';
import * as z from 'zod';
import { Failure } from './failure.ts';
import { failures } from './failures.ts';

export const VersionName = z.enum(['2.1.1', '2.2.1', '2.3.0']);
export type VersionName = z.infer<typeof VersionName>;
/** PTP, a payment terminal provider, has no value of its own on the wire and is OTHER there (T30b). */
export const OwnRole = z.enum(['CPO', 'EMSP', 'HUB', 'NAP', 'NSP', 'OTHER', 'PTP', 'SCSP']);
export type OwnRole = z.infer<typeof OwnRole>;

/** One own party: ISO 3166-1 alpha-2 country code, three characters of party id, and the role it plays. */
export const OwnParty = z.object({
  countryCode: z.string().regex(/^[A-Z]{2}$/, 'two capital letters, as in NL'),
  partyId: z.string().regex(/^[A-Z0-9]{3}$/, 'three capital letters or digits, as in WBX'),
  role: OwnRole,
  name: z.string().min(1).max(100),
});
export type OwnParty = z.infer<typeof OwnParty>;

/** Who we are and where we listen. Kept in the database, so that a stored versions URL stays good. */
export const PlatformConfig = z.object({
  parties: z.array(OwnParty).min(1),
  versions: z.array(VersionName).min(1),
  host: z.string(),
  /** 0 until the first start has chosen one. */
  port: z.int().min(0).max(65_535),
  /** Origin, with or without a path prefix, under which partners reach us; absent: host and port. */
  publicUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** PEM files to serve HTTPS with; with `clientCa` every caller must show a certificate signed by it. */
  tls: z.object({ certificate: z.string(), key: z.string(), clientCa: z.string().optional() }).optional(),
});
export type PlatformConfig = z.infer<typeof PlatformConfig>;

export const PlatformView = PlatformConfig.extend({
  serving: z.boolean(),
  /** Where it listens; `port` is what is configured, and holds from the next start. Null while nothing listens. */
  listeningPort: z.int().nullable(),
  /** Why listening did not come about when it was last asked for; null while it listens, or was switched off. */
  servingFailure: Failure.nullable(),
  /** What partners are told; null while nothing listens and no public URL is set. */
  versionsUrl: z.string().nullable(),
  database: z.string(),
  /** Of the database's files together. */
  databaseBytes: z.int(),
  /** Of the workbench, as in package.json. */
  release: z.string(),
  pid: z.int(),
  /** Whether exchanges are being stored, and since when not and why. */
  recording: z.object({ ok: z.boolean(), reason: z.string().optional() }),
  /** Whether what is stored can be searched; what is held up is made up for. */
  search: z.object({ ok: z.boolean(), reason: z.string().optional() }),
  /** Said until acknowledged: where the key of the sealed table is kept when no keychain is there. */
  keyNotice: z.string().nullable(),
});
export type PlatformView = z.infer<typeof PlatformView>;

/** `null` takes a setting back; absent leaves it. Address and port hold from the next start of serving. */
export const ConfigurePlatform = z.object({
  parties: z.array(OwnParty).min(1).optional(),
  versions: z.array(VersionName).min(1).optional(),
  host: z.string().min(1, 'an address of this machine, as 127.0.0.1, or 0.0.0.0 for all of them').optional(),
  port: z.int().min(0).max(65_535).optional(),
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .optional(),
});
export type ConfigurePlatform = z.input<typeof ConfigurePlatform>;

const platform = oc.errors(failures);

export const platformContract = {
  get: platform.output(PlatformView),
  configure: platform.input(ConfigurePlatform).output(PlatformView),
  /** Starts or stops listening; starting anew takes up what was configured meanwhile. */
  serve: platform.input(z.object({ on: z.boolean() })).output(PlatformView),
  /** The operator has read `keyNotice`: it is not said again. */
  acknowledge: platform.output(PlatformView),
};
