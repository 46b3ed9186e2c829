import { eventIterator, oc } from '@orpc/contract';
import * as z from 'zod';
import { failures } from './failures.ts';
import { LogProgress } from './session-log.ts';

/** A hundred years. */
export const MOST_DAYS = 36_500;

/** What is kept of exchanges. Null: no bound of that kind. Pinned and noted ones stay whatever is set. */
export const Retention = z.object({
  /** Days. */
  age: z.number().positive().max(MOST_DAYS).nullable(),
  /** Exchanges. */
  count: z.int().positive().nullable(),
  /** Bytes that exchanges take which may go: objects, imported logs and files beside the database do not count. */
  size: z.int().positive().nullable(),
});
export type Retention = z.infer<typeof Retention>;

export const DEFAULT_RETENTION: Retention = { age: 90, count: null, size: null };

export const StorageStats = z.object({
  file: z.string(),
  /** Each file of the database: what it is for (`database`, `log`, `full text`, `traffic index`, ...), and its bytes. */
  files: z.array(z.object({ path: z.string(), what: z.string(), bytes: z.int() })),
  bytes: z.int(),
  /** Bytes inside of it that are free, and given back by pruning. */
  free: z.int(),
  /** Bytes left on the disk. */
  diskFree: z.int(),
  schema: z.int(),
  tables: z.array(z.object({ table: z.string(), rows: z.int(), bytes: z.int() })),
  exchanges: z.object({
    count: z.int(),
    pinned: z.int(),
    noted: z.int(),
    /** RFC 3339. */
    oldest: z.string().nullable(),
    newest: z.string().nullable(),
    perDay: z.number(),
    bytesEach: z.number(),
  }),
  retention: Retention,
  /** Exchanges that the bounds would let go now. */
  due: z.int(),
  /** RFC 3339, of the moment from which on the workbench prunes by itself while it runs; null: it does already. */
  prunesFrom: z.string().nullable(),
  /** When pruning ran last, and what it did; null: never. */
  lastPruned: z.object({ at: z.string(), exchanges: z.int(), bytes: z.int() }).nullable(),
});
export type StorageStats = z.infer<typeof StorageStats>;

export const StorageCheck = z.object({
  kind: z.literal('checked'),
  ok: z.boolean(),
  /** What is wrong, where, and what to do; one each. */
  problems: z.array(z.object({ what: z.string(), advice: z.string() })),
  /** What was looked at. */
  checked: z.array(z.string()),
});
export type StorageCheck = z.infer<typeof StorageCheck>;

export const Pruned = z.object({
  kind: z.literal('pruned'),
  exchanges: z.int(),
  bodies: z.int(),
  bytes: z.int(),
  kept: z.int(),
});
export type Pruned = z.infer<typeof Pruned>;

export const BackedUp = z.object({ kind: z.literal('backed-up'), path: z.string(), bytes: z.int() });
export type BackedUp = z.infer<typeof BackedUp>;

export const Forget = z
  .object({
    tokenUid: z.string().min(2).max(64).optional(),
    contractId: z.string().min(2).max(64).optional(),
    /** Only counts, erases nothing. */
    dry: z.boolean().default(false),
    confirmed: z.boolean().optional(),
  })
  .refine(
    ({ tokenUid, contractId }) => (tokenUid === undefined) !== (contractId === undefined),
    'either tokenUid or contractId',
  );
export type Forget = z.input<typeof Forget>;

/** Where it stood, and the proof that it stands nowhere any more. */
export const Forgotten = z.object({
  kind: z.literal('forgotten'),
  dry: z.boolean(),
  /**
   * `bodies of exchanges`, `revisions of objects`, `full text`: how many places each. With what was thrown away because it may
   * have held it: exports that waited to be fetched, files that were handed over, reproductions that ran.
   */
  places: z.array(z.object({ where: z.string(), count: z.int() })),
  /** What stands there instead. */
  replacedBy: z.string(),
  /** It is so short that it was only looked for where a token or a contract is named, and in URLs. */
  onlyNamed: z.boolean().optional(),
  /** Every file of the database was read again afterwards: how many bytes, packed ones unpacked, and how often it was met. */
  proof: z.object({ files: z.int(), bytes: z.int(), met: z.int() }).nullable(),
});
export type Forgotten = z.infer<typeof Forgotten>;

const storage = oc.errors(failures);

/** The database itself. What takes long answers with its progress and ends with what came of it; who stops listening cancels it. */
export const storageContract = {
  stats: storage.output(StorageStats),
  check: storage.output(eventIterator(z.union([LogProgress, StorageCheck]))),
  /** Into a file that does not exist yet, while everything goes on. */
  backup: storage.input(z.object({ path: z.string().min(1) })).output(eventIterator(z.union([LogProgress, BackedUp]))),
  /** By the bounds that are set, or by these this once. */
  prune: storage
    .input(
      z.object({
        retention: Retention.partial().optional(),
        dry: z.boolean().default(false),
        confirmed: z.boolean().optional(),
      }),
    )
    .output(eventIterator(z.union([LogProgress, Pruned]))),
  setRetention: storage.input(Retention.partial()).output(Retention),
  /** What is pinned stays. `missing`: ids that no exchange has; the others are changed all the same. */
  pin: storage
    .input(z.object({ ids: z.array(z.int().positive()).min(1).max(10_000), on: z.boolean() }))
    .output(z.object({ changed: z.int(), missing: z.array(z.int()) })),
  forget: storage.input(Forget).output(eventIterator(z.union([LogProgress, Forgotten]))),
};
