import * as z from 'zod';
import { FaultFiring } from '../../contract/fault.ts';
import { Link } from '../../contract/link.ts';
import { FindingView, Run } from '../../contract/run.ts';
import { LogAbout } from '../../contract/session-log.ts';

/**
 * The lines of a session log: JSON, one a line, gzipped; the header first, the end last. In between links, rules and runs before the
 * exchanges that name them, exchanges in the order of their ids, objects after them. Every id is that of the database it was written
 * from, and means something inside of the file only. Times are milliseconds since the epoch. What a reader does not know in a line
 * is ignored; a line of an unknown type is passed over. `type` is the first member of the header: a file is known by it.
 */
export const LOG_FORMAT = 1;

/** Bytes as they crossed the wire: `text` where they are UTF-8, else Base64. Sealed and redacted. */
export const LogBody = z.object({
  text: z.string().optional(),
  base64: z.string().optional(),
  /** Bytes on the wire, where only a beginning is kept, or nothing. */
  length: z.int().min(0).optional(),
  /** Why it is not here though there was one. */
  leftOut: z.string().optional(),
});
export type LogBody = z.infer<typeof LogBody>;

/** What a date can be made of; anything beyond is no time. */
const Moment = z.number().min(-8.64e15).max(8.64e15);

const Headers = z.array(z.tuple([z.string(), z.string()]));

export const HeaderLine = LogAbout.extend({ type: z.literal('ocpilog') });
export type HeaderLine = z.infer<typeof HeaderLine>;

/** A partner, with its profile and policies; no token, no private key, no proxy password. */
export const LinkLine = z.object({
  type: z.literal('link'),
  id: z.int(),
  link: Link.omit({ id: true, createdAt: true, updatedAt: true }),
});
export type LinkLine = z.infer<typeof LinkLine>;

/** A fault rule that fired on one of the exchanges, as it is written in files of rules. */
export const RuleLine = z.object({
  type: z.literal('rule'),
  id: z.int().nullable(),
  name: z.string(),
  kind: z.string(),
  details: z.record(z.string(), z.unknown()),
});
export type RuleLine = z.infer<typeof RuleLine>;

export const RunLine = z.object({
  type: z.literal('run'),
  run: Run.extend({ startedAt: Moment, endedAt: Moment.optional() }),
});
export type RunLine = z.infer<typeof RunLine>;

export const ExchangeLine = z.object({
  type: z.literal('exchange'),
  id: z.int(),
  direction: z.enum(['out', 'in']),
  /** Id of a link line. */
  link: z.int().optional(),
  /** Id of a run line. */
  run: z.int().optional(),
  operation: z.string(),
  version: z.enum(['2.1.1', '2.2.1', '2.3.0']).optional(),
  startedAt: Moment,
  request: z.object({ method: z.string(), url: z.string(), headers: Headers, body: LogBody.optional() }),
  response: z
    .object({ status: z.int(), statusText: z.string(), headers: Headers, body: LogBody.optional() })
    .optional(),
  /** `how`, with its details (core/http/wire.ts, `Ended`). */
  ended: z.looseObject({ how: z.string() }),
  timings: z.record(z.string(), z.number().nullable()).optional(),
  connection: z.record(z.string(), z.unknown()).optional(),
  ocpiStatus: z.int().optional(),
  requestId: z.string().optional(),
  correlationId: z.string().optional(),
  fromParty: z.string().optional(),
  toParty: z.string().optional(),
  findings: z.array(FindingView).optional(),
  faults: z
    .object({
      firings: z.array(FaultFiring),
      intended: z.object({ start: z.string(), headers: Headers, body: LogBody }).optional(),
      wire: z.array(z.string()),
    })
    .optional(),
  note: z.string().optional(),
  pinned: z.boolean().optional(),
  /** Id of the exchange whose request was sent again. */
  resentFrom: z.int().optional(),
});
export type ExchangeLine = z.infer<typeof ExchangeLine>;

/** A stored object of a partner with its earlier texts, oldest first; `text` is JSON as it was sent. */
export const ObjectLine = z.object({
  type: z.literal('object'),
  link: z.int(),
  module: z.string(),
  /** Which of the module's lists; empty for the one at its endpoint itself. */
  list: z.string(),
  version: z.string(),
  text: z.string(),
  /** When it was seen last. */
  seenAt: Moment,
  /** Since when it has had this text, where that is another moment. */
  changedAt: z.number().optional(),
  vanishedAt: Moment.optional(),
  revisions: z.array(z.object({ version: z.string(), text: z.string(), seenAt: Moment, replacedAt: z.number() })),
});
export type ObjectLine = z.infer<typeof ObjectLine>;

/** The last line. */
export const EndLine = z.object({
  type: z.literal('end'),
  /** Lines before this one. */
  lines: z.int(),
  /** Of all bytes before this line, unpacked; hexadecimal. */
  sha256: z.string(),
});
export type EndLine = z.infer<typeof EndLine>;

/** What stands between the header and the end. */
export const LogRecord = z.discriminatedUnion('type', [LinkLine, RuleLine, RunLine, ExchangeLine, ObjectLine]);
export type LogRecord = z.infer<typeof LogRecord>;
