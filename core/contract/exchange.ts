import * as z from 'zod';
import { FindingView } from './run.ts';

export const Direction = z.enum(['in', 'out']);

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
  findings: z.array(FindingView),
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
  runId: z.int().nullable(),
  version: z.string().nullable(),
  fromParty: z.string().nullable(),
  toParty: z.string().nullable(),
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
});
export type ExchangeView = z.infer<typeof ExchangeView>;

/** Which exchanges a list asks for; everything narrows. */
export const ExchangeFilter = z.object({
  link: z.string().optional(),
  /** Only those that failed at any layer: no answer, HTTP >= 400, OCPI status other than 1xxx. */
  errors: z.boolean().optional(),
  /** All words, in URL or bodies; a trailing * finds beginnings. */
  search: z.string().optional(),
  /** Milliseconds since the epoch, inclusive. */
  since: z.number().optional(),
  /** Only exchanges older than this id: the next page. */
  before: z.int().optional(),
  runId: z.int().optional(),
  limit: z.int().min(1).max(10_000).default(100),
});
export type ExchangeFilter = z.infer<typeof ExchangeFilter>;
