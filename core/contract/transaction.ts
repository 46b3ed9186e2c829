import * as z from 'zod';
import { Direction } from './direction.ts';
import { FindingView } from './run.ts';

/**
 * How far one charge has come. `refused`: it ended before it began (a token not allowed, a command rejected, no result in
 * time). `ended`: the session is over and no CDR is known yet. `credited`: its CDR was taken back.
 */
export const TransactionState = z.enum([
  'authorized',
  'asked',
  'reserved',
  'pending',
  'charging',
  'ended',
  'billed',
  'credited',
  'refused',
]);
export type TransactionState = z.infer<typeof TransactionState>;

const Cost = z.object({ amount: z.number(), currency: z.string().nullable() });

/** Everything that belongs to one charge, in a line. JSON kept stable: `wb transactions --json` prints an array of these. */
export const TransactionSummary = z.object({
  /** Id of its first exchange; any exchange of it names it too. */
  id: z.int(),
  link: z.string().nullable(),
  version: z.string().nullable(),
  /** Whose charger it is. */
  side: z.enum(['ours', 'theirs']).nullable(),
  /** RFC 3339, of the first and of the newest exchange. */
  startedAt: z.string(),
  updatedAt: z.string(),
  state: TransactionState,
  /** More is due: a result, the end of the session, a CDR. */
  open: z.boolean(),
  /** Ids as they were sent first; null where none is known. */
  session: z.string().nullable(),
  cdr: z.string().nullable(),
  reference: z.string().nullable(),
  /** Uid of the customer's token (never a credentials token). */
  token: z.string().nullable(),
  location: z.string().nullable(),
  evse: z.string().nullable(),
  connector: z.string().nullable(),
  kwh: z.number().nullable(),
  /** As stated by the CDR, or by the session while there is none. */
  cost: Cost.nullable(),
  exchanges: z.int(),
  /** The worst of its problems; null where there are none. */
  problem: z.enum(['error', 'warning', 'note']).nullable(),
});
export type TransactionSummary = z.infer<typeof TransactionSummary>;

/** What one exchange is in the course of a charge. */
export const PointKind = z.enum([
  'authorization',
  'command',
  'result',
  'session',
  'preferences',
  'profile',
  'cdr',
  'payment',
  'booking',
  'other',
]);
export type PointKind = z.infer<typeof PointKind>;

/** One arrow between us and the partner. */
export const TransactionPoint = z.object({
  exchangeId: z.int(),
  at: z.string(),
  durationMs: z.number().nullable(),
  direction: Direction,
  kind: PointKind,
  operation: z.string(),
  method: z.string(),
  /** A few words: `START_SESSION`, `session PATCH`, `CDR`. */
  title: z.string(),
  /** What it said, in a few words: `ACTIVE, 3.2 kWh`, `ACCEPTED, result within 30 s`; empty where nothing is to be said. */
  said: z.string(),
  httpStatus: z.int().nullable(),
  ocpiStatus: z.int().nullable(),
  ended: z.string(),
  /** HTTP and OCPI both say that it went well. */
  ok: z.boolean(),
  /** Why it belongs to this transaction, one clause: `the same session id`, `its response_url`. */
  why: z.string(),
  /** Of a session or CDR: the status and the meter, as far as they are in it. */
  status: z.string().nullable(),
  kwh: z.number().nullable(),
  findings: z.array(FindingView),
  /** Kinds of faults of ours at work. */
  faults: z.array(z.string()),
});
export type TransactionPoint = z.infer<typeof TransactionPoint>;

/** A problem of the flow as a whole, or of one exchange where `exchangeId` says which. */
export const TransactionProblem = z.object({
  severity: z.enum(['error', 'warning', 'note']),
  /** Code of a finding: `session.kwh-falling`, `transaction.no-cdr`. */
  code: z.string(),
  sentence: z.string(),
  exchangeId: z.int().nullable(),
});
export type TransactionProblem = z.infer<typeof TransactionProblem>;

/** A moment of the charging curve. */
export const CurvePoint = z.object({
  /** RFC 3339. */
  at: z.string(),
  /** Since the session began; null where only power is told. */
  kwh: z.number().nullable(),
  /** Power from here to the next point; null where it cannot be told. */
  kw: z.number().nullable(),
  source: z.enum(['session', 'session-period', 'cdr-period', 'cdr', 'meter']),
  exchangeId: z.int(),
});
export type CurvePoint = z.infer<typeof CurvePoint>;

/** What is known of the payment at a terminal (2.3.0), oldest first. */
export const PaymentStep = z.object({
  exchangeId: z.int(),
  at: z.string(),
  /** `preauthorized`, `session`, `captured`, `partly captured`, `capture failed`, `confirmed`: one clause each. */
  what: z.string(),
  amount: Cost.nullable(),
});
export type PaymentStep = z.infer<typeof PaymentStep>;

/** One transaction, whole. JSON kept stable: `wb transaction ID --json` prints it. */
export const TransactionView = TransactionSummary.extend({
  points: z.array(TransactionPoint),
  problems: z.array(TransactionProblem),
  curve: z.array(CurvePoint),
  payment: z.array(PaymentStep),
  /** The session and the CDR as known at last (JSON values); null where there is none, or it cannot be read. */
  sessionObject: z.unknown(),
  cdrObject: z.unknown(),
});
export type TransactionView = z.infer<typeof TransactionView>;

export const TransactionConditions = z.object({
  link: z.string().optional(),
  open: z.boolean().optional(),
  /** Only those with a problem: of this severity or a worse one. */
  problem: z.enum(['error', 'warning', 'note']).optional(),
  state: TransactionState.optional(),
  /** Of an id: session, CDR, reference, token, location, EVSE; the beginning is enough, without regard to case. */
  search: z.string().max(100).optional(),
  /** Milliseconds since the epoch, of its begin: inclusive, exclusive. */
  since: z.number().optional(),
  until: z.number().optional(),
});
export type TransactionConditions = z.infer<typeof TransactionConditions>;

export const TransactionPageInput = TransactionConditions.extend({
  /** Newest first, from this one on. */
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(100),
});
export type TransactionPageInput = z.input<typeof TransactionPageInput>;

export const TransactionPage = z.object({
  count: z.int(),
  rows: z.array(TransactionSummary),
  /** Exchanges that have not been looked at yet. */
  behind: z.int(),
});
export type TransactionPage = z.infer<typeof TransactionPage>;
