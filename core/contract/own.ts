import { oc } from '@orpc/contract';
import * as z from 'zod';
import { failures } from './failures.ts';
import { VersionName } from './platform.ts';
import { FindingView } from './run.ts';

/**
 * Modules whose objects a party of ours owns (digest 4.1): tokens as EMSP, hubclientinfo as HUB, payments as PTP, invoice
 * records as CPO or EMSP, the others as CPO.
 */
export const OwnModuleName = z.enum([
  'locations',
  'sessions',
  'cdrs',
  'tariffs',
  'tokens',
  'hubclientinfo',
  'invoicereconciliation',
  'payments',
  'bookings',
]);
export type OwnModuleName = z.infer<typeof OwnModuleName>;

/** Lists that stand below the endpoint of a module. */
export const OwnListName = z.enum(['booking_locations', 'terminals', 'financial-advice-confirmations']);
export type OwnListName = z.infer<typeof OwnListName>;

/** The lists of the modules that have several, the usual one first; empty stands for the one at the endpoint itself. */
export const OWN_LISTS: Readonly<Partial<Record<OwnModuleName, readonly (OwnListName | '')[]>>> = {
  payments: ['terminals', 'financial-advice-confirmations'],
  bookings: ['', 'booking_locations'],
};

/** A list of a module; the usual one unless said. */
const OfModule = { module: OwnModuleName, list: OwnListName.optional() };

const Party = z.string().regex(/^[A-Za-z]{2}[-*]?[A-Za-z0-9]{3}$/, 'a party, as NL-WBX');

/** JSON kept stable: `wb own list --json` prints an array of these. */
export const OwnObject = z.object({
  id: z.string(),
  party: z.string(),
  module: OwnModuleName,
  /** Of a module with several. */
  list: OwnListName.optional(),
  /** The version it was written in; others are made of it. */
  version: VersionName,
  /** RFC 3339; the moment of writing where the object has none. */
  lastUpdated: z.string(),
  /** RFC 3339 with milliseconds: when it was written here. */
  changedAt: z.string(),
  object: z.unknown(),
});
export type OwnObject = z.infer<typeof OwnObject>;

/** One object with the text it was written in: numbers keep their spelling. */
export const OwnObjectText = OwnObject.extend({ text: z.string() });
export type OwnObjectText = z.infer<typeof OwnObjectText>;

export const OwnObjectsPage = z.object({ total: z.int(), objects: z.array(OwnObject) });
export type OwnObjectsPage = z.infer<typeof OwnObjectsPage>;

/** What became of objects that were brought in; nothing is stored unless `ok`. */
export const OwnWritten = z.object({
  ok: z.boolean(),
  module: OwnModuleName,
  list: OwnListName.optional(),
  version: VersionName,
  objects: z.int(),
  added: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  /** The first ones; pointers begin with the place of the object. */
  findings: z.array(FindingView),
});
export type OwnWritten = z.infer<typeof OwnWritten>;

const written = {
  ...OfModule,
  /** Whose they become; without it the party they name, which has to be ours, or else our first one in the role. */
  party: Party.optional(),
  /** Of the objects; the newest we offer unless said. */
  version: VersionName.optional(),
};

/** Objects with errors are refused unless `unchecked`. */
const checked = { unchecked: z.boolean().optional() };

export const ImportOwn = z.object({ ...written, ...checked, text: z.string() });
export type ImportOwn = z.infer<typeof ImportOwn>;

export const GenerateOwn = z.object({
  ...written,
  count: z.int().min(1).max(100_000).default(10),
  /** Any text; the same one gives the same objects. */
  seed: z.string().default('1'),
});
export type GenerateOwn = z.infer<typeof GenerateOwn>;

export const SetOwn = z.object({ ...written, ...checked, id: z.string().min(1), text: z.string() });
export type SetOwn = z.infer<typeof SetOwn>;

export const CopyOwn = z.object({ ...OfModule, party: Party.optional(), ...checked, link: z.string() });
export type CopyOwn = z.infer<typeof CopyOwn>;

export const ListOwn = z.object({
  ...OfModule,
  party: Party.optional(),
  /** Only objects whose id begins so, whatever the case, by id; of more than a thousand the first thousand. */
  begins: z.string().min(1).optional(),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(10_000).default(100),
});
export type ListOwn = z.infer<typeof ListOwn>;

export const RemoveOwn = z.object({
  ...OfModule,
  party: Party.optional(),
  id: z.string().min(1),
  /** Type of a token where several have the uid, role of a party behind the hub where it has several. */
  type: z.string().optional(),
});
export type RemoveOwn = z.infer<typeof RemoveOwn>;

const own = oc.errors(failures);

/** What we serve to partners that pull. */
export const ownContract = {
  /** One object, a list, an answer's envelope, or JSON lines. */
  import: own.input(ImportOwn).output(OwnWritten),
  generate: own.input(GenerateOwn).output(OwnWritten),
  set: own.input(SetOwn).output(OwnWritten),
  /** Everything a link has at present. */
  copy: own.input(CopyOwn).output(OwnWritten),
  /** In the order in which they are served. */
  list: own.input(ListOwn).output(OwnObjectsPage),
  /** One object, as it was written. */
  get: own.input(RemoveOwn).output(OwnObjectText),
  remove: own.input(RemoveOwn).output(z.object({ removed: z.int() })),
};
