import * as z from 'zod';
import { HealthThresholds } from '../../contract/health.ts';
import { Environment, LinkParty, LinkSettings } from '../../contract/link.ts';
import { LinkName } from '../../contract/links.ts';
import { OwnListName, OwnModuleName } from '../../contract/own.ts';
import { OwnParty, VersionName } from '../../contract/platform.ts';
import { PullSchedule } from '../../contract/pulls.ts';

/** Grows when a folder of now could not be read by a workbench of before. */
export const FORMAT = 1;

/** The file that says that a folder is a workspace, and which of its files the workbench wrote. */
export const MANIFEST = 'workspace.json';
export const PLATFORM = 'platform.json';
export const RULES = 'fault-rules.json';
export const HEALTH = 'health.json';
export const FOLDERS = { links: 'links', scenarios: 'scenarios', own: 'own' } as const;

export const Manifest = z.object({
  ocpiWorkbenchWorkspace: z.int().positive(),
  /** Of the workbench that wrote it. */
  release: z.string(),
  /** Paths inside of the folder, with slashes. */
  files: z.array(z.string()),
});
export type Manifest = z.infer<typeof Manifest>;

/** Without certificates: those are files of one machine. */
export const PlatformFile = z.strictObject({
  parties: z.array(OwnParty).min(1),
  versions: z.array(VersionName).min(1),
  host: z.string().min(1),
  port: z.int().min(0).max(65_535),
  publicUrl: z.url({ protocol: /^https?$/ }).optional(),
});
export type PlatformFile = z.infer<typeof PlatformFile>;

/** From when on something is worth a notice, as far as that was set for all links. */
export const HealthFile = z.strictObject({ thresholds: HealthThresholds.partial().strict() });
export type HealthFile = z.infer<typeof HealthFile>;

const Pull = PullSchedule.pick({ module: true, every: true, jitter: true }).strict();

/** Without anything secret: a private key is left out, and the password of a proxy. */
export const LinkFile = z.strictObject({
  name: LinkName,
  organisation: z.string().min(1).max(100),
  environment: Environment,
  versionsUrl: z.url({ protocol: /^https?$/ }).optional(),
  offeredVersions: z.array(z.string()),
  parties: z.array(LinkParty.strict()),
  settings: LinkSettings.omit({ clientKey: true }).strict(),
  /** What is repeated, a module each; milliseconds. */
  pulls: z
    .array(Pull)
    .refine(pulls => new Set(pulls.map(({ module }) => module)).size === pulls.length, 'a module stands there twice')
    .optional(),
  /** Of its own. */
  thresholds: HealthThresholds.partial().strict().optional(),
});
export type LinkFile = z.infer<typeof LinkFile>;

/** What a party of ours has in one list, by id. Objects are as they were written, numbers with every digit. */
export const OwnFile = z.strictObject({
  party: z.string().regex(/^[A-Z]{2}-[A-Z0-9]{3}$/, 'a party, as NL-WBX'),
  module: OwnModuleName,
  list: OwnListName.optional(),
  objects: z.array(z.strictObject({ version: VersionName, object: z.record(z.string(), z.unknown()) })),
});
export type OwnFile = z.infer<typeof OwnFile>;
