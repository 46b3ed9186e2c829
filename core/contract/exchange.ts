import * as z from 'zod';
import { Direction } from './direction.ts';
import { FaultStamp } from './fault.ts';
import { FindingView } from './run.ts';

/** One line of the traffic list. JSON kept stable: `wb exchanges --json` prints an array of these, newest first. */
export const ExchangeSummary = z.object({
  id: z.int(),
  /** RFC 3339 with milliseconds, UTC. */
  at: z.string(),
  direction: Direction,
  /** Name of the link, or null where no link could be told. */
  link: z.string().nullable(),
  operation: z.string(),
  method: z.string(),
  url: z.string(),
  httpStatus: z.int().nullable(),
  ocpiStatus: z.int().nullable(),
  /** `complete`, `answered`, `open`, `interrupted`, `cut`, `too-large`, `timeout`, `refused`, `reset`, ... */
  ended: z.string(),
  durationMs: z.number().nullable(),
  requestId: z.string().nullable(),
  correlationId: z.string().nullable(),
  /** The catalogue's module (`locations`, `credentials`, `versions`), or null where the operation is unknown. */
  module: z.string().nullable(),
  version: z.string().nullable(),
  runId: z.int().nullable(),
  /** `NL-TNM`: as sent in the routing headers. */
  fromParty: z.string().nullable(),
  toParty: z.string().nullable(),
  /** What the operator wrote beside it. */
  note: z.string().nullable(),
  /** Stays whatever is let go to save space. */
  pinned: z.boolean(),
  findings: z.array(FindingView),
  /** Kinds of the faults that were at work, in order: `envelope.data-null`. */
  faults: z.array(z.string()),
});
export type ExchangeSummary = z.infer<typeof ExchangeSummary>;

const HeaderPair = z.tuple([z.string(), z.string()]);

export const ExchangeBody = z.object({
  /** The body's text after content decoding; null when there is none or it is not text. */
  text: z.string().nullable(),
  /** The bytes as they crossed the wire (sealed), Base64; null when there are none. */
  base64: z.string().nullable(),
  /** Length on the wire in bytes, also when less of it is kept. */
  length: z.int(),
  /** True when only a beginning is kept, by the size settings. */
  shortened: z.boolean(),
});

/** One exchange, whole. JSON kept stable: `wb exchange ID --json` prints it. */
export const ExchangeView = ExchangeSummary.extend({
  /** How it ended with its details (sizes, phases, explanations). */
  endedDetails: z.record(z.string(), z.unknown()),
  timings: z
    .object({
      queue: z.number().nullable(),
      dns: z.number().nullable(),
      connect: z.number().nullable(),
      tls: z.number().nullable(),
      firstByte: z.number().nullable(),
      total: z.number(),
    })
    .nullable(),
  request: z.object({ headers: z.array(HeaderPair), body: ExchangeBody }),
  response: z
    .object({ status: z.int(), statusText: z.string(), headers: z.array(HeaderPair), body: ExchangeBody })
    .nullable(),
  /** What faults of ours did to it; null where none was at work. */
  fault: FaultStamp.nullable(),
});
export type ExchangeView = z.infer<typeof ExchangeView>;

/** What narrows a list of exchanges; all of it holds at once. */
export const ExchangeConditions = z.object({
  link: z.string().optional(),
  /** From or to this party: `NL-TNM`, without regard to case. */
  party: z.string().optional(),
  /** The catalogue's name: `locations`, `credentials`, `versions`. */
  module: z.string().optional(),
  direction: Direction.optional(),
  /** HTTP status of the answer: `404`, `4xx`; `none` where there was no answer. */
  status: z
    .string()
    .regex(/^([1-5](\d\d|xx)|none)$/, 'an HTTP status (404), a class of them (4xx), or none')
    .optional(),
  /** OCPI status_code: `2001`, `2xxx`; `none` where the answer had none. */
  ocpi: z
    .string()
    .regex(/^([1-4](\d\d\d|xxx)|none)$/, 'an OCPI status code (2001), a class of them (2xxx), or none')
    .optional(),
  /** Only those whose request is still open. */
  open: z.boolean().optional(),
  /** Only those with findings: of this severity or a worse one, or `any`. */
  finding: z.enum(['error', 'warning', 'note', 'any']).optional(),
  /** Only those with a finding of this code. */
  findingCode: z.string().optional(),
  /** Only those at which faults of ours were at work: of this kind, of this family (`envelope`), or `any`. */
  fault: z.string().min(1).max(100).optional(),
  /** Only those with a note of the operator's. */
  noted: z.boolean().optional(),
  /** Only those that are pinned. */
  pinned: z.boolean().optional(),
  /** Only those that failed at any layer: no answer, HTTP >= 400, OCPI status other than 1xxx. */
  errors: z.boolean().optional(),
  /** Only those that failed with this at the innermost layer that failed, as groups of failures have it: `timeout`, `401`, `2001`. */
  failedWith: z.string().min(1).max(100).optional(),
  /** Only those that did not fail. */
  well: z.boolean().optional(),
  /** Only those of which no link could be told. */
  unlinked: z.boolean().optional(),
  /** All words, in URL or bodies; a trailing * finds beginnings. */
  search: z.string().optional(),
  /** Milliseconds since the epoch, inclusive. */
  since: z.number().optional(),
  /** Milliseconds since the epoch, exclusive. */
  until: z.number().optional(),
  runId: z.int().optional(),
  correlationId: z.string().optional(),
});
export type ExchangeConditions = z.infer<typeof ExchangeConditions>;

/** The newest that fit, or those before an id. */
export const ExchangeFilter = ExchangeConditions.extend({
  /** Only exchanges older than this id: the next page. */
  before: z.int().optional(),
  limit: z.int().min(1).max(10_000).default(100),
});
export type ExchangeFilter = z.infer<typeof ExchangeFilter>;

/**
 * Lines of a table that stands still: those up to `newest`, newest first, from the `offset`th on. Without `newest` the
 * table is taken as it is now, and the answer says up to which id that is.
 */
export const ExchangePageInput = ExchangeConditions.extend({
  newest: z.int().min(0).optional(),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(100),
});
export type ExchangePageInput = z.input<typeof ExchangePageInput>;

export const ExchangePage = z.object({
  newest: z.int(),
  rows: z.array(ExchangeSummary),
  /**
   * Exchanges that could not be looked at yet: they are not in the full text, where words were asked for, or what filters
   * need is just being derived anew. Asked again a moment later they are there.
   */
  behind: z.int(),
});
export type ExchangePage = z.infer<typeof ExchangePage>;

export const ExchangeCountInput = ExchangeConditions.extend({ newest: z.int().min(0).optional() });
export const ExchangeCount = z.object({ newest: z.int(), count: z.int(), errors: z.int() });
export type ExchangeCount = z.infer<typeof ExchangeCount>;

/** What else belongs to an exchange, oldest first; a hundred of each at most. */
export const RelatedExchanges = z.object({
  /** With its correlation id. */
  correlated: z.array(ExchangeSummary),
  /** Of its run. */
  run: z.array(ExchangeSummary),
  /** It was sent again from the workbench, or is itself such a one. */
  resent: z.array(ExchangeSummary),
});
export type RelatedExchanges = z.infer<typeof RelatedExchanges>;

/** `command` for a POSIX shell. `variables`: what stands in it in place of tokens, each to be set to the token as written. */
export const CurlCommand = z.object({
  command: z.string(),
  variables: z.array(
    z.object({
      name: z.string(),
      tokenId: z.string(),
      /** `raw`, `base64`, ...: how the token was written there. */
      form: z.string(),
    }),
  ),
});
export type CurlCommand = z.infer<typeof CurlCommand>;

/** A request to send again; what is absent stays as it was sent. Placeholders of tokens are filled from the sealed table. */
export const Resend = z.object({
  id: z.int().positive(),
  edited: z
    .object({
      method: z.string().min(1),
      url: z.url({ protocol: /^https?$/ }),
      headers: z.array(HeaderPair),
      /** Null: no body. */
      body: z.string().nullable(),
    })
    .optional(),
  confirmed: z.boolean().optional(),
});
export type Resend = z.input<typeof Resend>;

/** A long file is handed over piece by piece, so that no message holds up the answers to partners. */
export const UploadTraffic = z.object({
  /** As the first piece was answered; absent with that one. */
  upload: z.string().optional(),
  piece: z.string().max(8 * 1024 * 1024),
});
export type UploadTraffic = z.input<typeof UploadTraffic>;

/** Whole in `text`, for files of a few megabytes, or in the pieces of an upload. */
export const ImportTraffic = z
  .object({
    /** Of the file, for messages and for the name of the link it is put under. */
    name: z.string().min(1),
    format: z.enum(['auto', 'har', 'curl', 'jsonl']).default('auto'),
    text: z.string().optional(),
    upload: z.string().optional(),
  })
  .refine(({ text, upload }) => (text === undefined) !== (upload === undefined), 'either text or upload');
export type ImportTraffic = z.input<typeof ImportTraffic>;

export const ImportedTraffic = z.object({
  format: z.enum(['har', 'curl', 'jsonl']),
  /** The read-only link they stand under: the first one where there are several; empty where they belong to none. */
  link: z.string(),
  /** All of them, where there are several: a file that a workbench wrote names those it was recorded under. */
  links: z.array(z.string()).optional(),
  exchanges: z.int(),
  /** How many of them were recognised as OCPI. */
  recognised: z.int(),
  /** Entries that could not be read: where (`log.entries[3]`, `line 12`), and why. */
  skipped: z.array(z.object({ where: z.string(), reason: z.string() })),
});
export type ImportedTraffic = z.infer<typeof ImportedTraffic>;
