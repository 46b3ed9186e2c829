import * as z from 'zod';
import { ExchangeConditions } from './exchange.ts';

/** What a session log, or another export, is about; all of it holds at once. */
export const LogScope = ExchangeConditions.extend({
  /** One charge. */
  transaction: z.int().positive().optional(),
  /** A selection. */
  ids: z.array(z.int().positive()).min(1).max(100_000).optional(),
});
export type LogScope = z.infer<typeof LogScope>;

/** What may be replaced by pseudonyms. Credentials tokens never leave, whatever is asked for. */
export const RedactionGroup = z.enum(['personal', 'parties', 'addresses', 'coordinates', 'hosts']);
export type RedactionGroup = z.infer<typeof RedactionGroup>;

/** Characters of a reason for keeping personal data. */
export const SHORTEST_REASON = 3;

export const LogRedaction = z
  .object({
    /**
     * `personal`: token uids, contract ids, visual numbers, names, e-mail, phone, licence plates. `parties`: country codes, party ids
     * and names of companies. `addresses`: streets, cities, postal codes. `coordinates`: rounded. `hosts`: names of machines.
     */
    groups: z.array(RedactionGroup).default(['personal']),
    /** Why personal data stays; it is written into the file. Needed where `personal` is not among the groups. */
    keepPersonal: z.string().trim().min(SHORTEST_REASON).max(500).optional(),
  })
  .refine(
    ({ groups, keepPersonal }) => groups.includes('personal') || keepPersonal !== undefined,
    'say why personal data stays in (keepPersonal): the reason is written into the file',
  );
export type LogRedaction = z.infer<typeof LogRedaction>;

/** `ocpilog` holds everything and can be opened again; `jsonl` and `csv` hold one table. */
export const LogFormat = z.enum(['ocpilog', 'har', 'postman', 'curl', 'jsonl', 'csv']);
export type LogFormat = z.infer<typeof LogFormat>;

export const LogTable = z.enum(['exchanges', 'findings', 'runs', 'objects', 'transactions', 'links']);
export type LogTable = z.infer<typeof LogTable>;

export const LogExport = z.object({
  scope: LogScope.default({}),
  redaction: LogRedaction.default({ groups: ['personal'] }),
  /** What the operator wants to say with it; stands in the file. */
  title: z.string().max(500).default(''),
  format: LogFormat.default('ocpilog'),
  /** Of `jsonl` and `csv`. */
  table: LogTable.default('exchanges'),
});
export type LogExport = z.input<typeof LogExport>;

export const LogCounts = z.object({
  links: z.int(),
  rules: z.int(),
  runs: z.int(),
  exchanges: z.int(),
  findings: z.int(),
  notes: z.int(),
  objects: z.int(),
  revisions: z.int(),
});
export type LogCounts = z.infer<typeof LogCounts>;

/** One kind of value that is replaced. */
export const RedactedKind = z.object({
  /** `tokens`: credentials tokens that were still in the clear somewhere. `unreadable`: bodies nobody can look into, left out. */
  group: z.enum(['tokens', 'unreadable', ...RedactionGroup.options]),
  /** `token uid`, `contract id`, `e-mail`, `host name`. */
  kind: z.string(),
  /** Different values. */
  values: z.int(),
  /** Places at which one stood. */
  places: z.int(),
  /** One of the pseudonyms, with what it stands for; null where even the operator should not see it (tokens). */
  example: z.object({ from: z.string(), to: z.string() }).nullable(),
});
export type RedactedKind = z.infer<typeof RedactedKind>;

/** What would go into the file. */
export const LogPreview = z.object({
  counts: LogCounts,
  links: z.array(z.string()),
  /** RFC 3339, of the first and the last exchange; null where there is none. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** Of bodies, before packing. */
  bytes: z.int(),
  redacted: z.array(RedactedKind),
  /** What the operator should know, one sentence each. */
  notes: z.array(z.string()),
});
export type LogPreview = z.infer<typeof LogPreview>;

/** How far something that takes long has come. */
export const LogProgress = z.object({
  kind: z.literal('progress'),
  /** What is done at the moment, in words: `looking`, `writing`, `checking the file`, `storing`. */
  doing: z.string(),
  done: z.int(),
  /** Null while nobody knows. */
  total: z.int().nullable(),
});
export type LogProgress = z.infer<typeof LogProgress>;

export const LogExported = z.object({
  kind: z.literal('exported'),
  /** Under which the file's bytes are had with `piece`, for a while; null where it was written to a path. */
  exportId: z.string().nullable(),
  /** Absolute path; null where there is none. */
  path: z.string().nullable(),
  /** What the file should be called. */
  name: z.string(),
  bytes: z.int(),
  counts: LogCounts,
  /** Of a table: its rows. Absent for every other format. */
  rows: z.int().optional(),
  redacted: z.array(RedactedKind),
  notes: z.array(z.string()),
});
export type LogExported = z.infer<typeof LogExported>;

/** A file: on this machine, by its absolute path, or handed over in pieces. */
export const LogSource = z.union([
  z.object({ path: z.string().min(1) }),
  z.object({ upload: z.string().min(1), name: z.string().min(1) }),
]);
export type LogSource = z.infer<typeof LogSource>;

/** A file, or a log that was imported. */
export const LogOrFile = z.union([...LogSource.options, z.object({ logId: z.int().positive() })]);
export type LogOrFile = z.infer<typeof LogOrFile>;

/** How whole a file is. `cut`: it ends too early; what is before the cut is read. `altered`: its digest is not that of its lines. */
export const LogCondition = z.enum(['whole', 'cut', 'altered']);
export type LogCondition = z.infer<typeof LogCondition>;

/** What stands in a file's first line. */
export const LogAbout = z.object({
  format: z.int(),
  /** Release of the workbench that wrote it. */
  workbench: z.string(),
  /** RFC 3339. */
  writtenAt: z.string(),
  title: z.string(),
  scope: z.record(z.string(), z.unknown()),
  redacted: z.array(RedactionGroup),
  /** Why personal data stayed in; null where it did not. */
  keptPersonal: z.string().nullable(),
  /** Who wrote it. */
  platform: z.object({
    parties: z.array(z.string()),
    versions: z.array(z.string()),
    versionsUrl: z.string().nullable(),
  }),
  /** As many as it should hold. */
  exchanges: z.int(),
});
export type LogAbout = z.infer<typeof LogAbout>;

/** What a file holds, without storing any of it. */
export const LogContents = z.object({
  name: z.string(),
  bytes: z.int(),
  about: LogAbout,
  condition: LogCondition,
  /** What is wrong with it, as a sentence; empty where it is whole. */
  problem: z.string(),
  counts: LogCounts,
  from: z.string().nullable(),
  to: z.string().nullable(),
  links: z.array(
    z.object({ name: z.string(), organisation: z.string(), version: z.string().nullable(), exchanges: z.int() }),
  ),
  rules: z.array(z.object({ name: z.string(), kind: z.string(), fired: z.int() })),
  /** Findings by code, the most frequent first. */
  findings: z.array(z.object({ code: z.string(), severity: z.enum(['error', 'warning', 'note']), count: z.int() })),
});
export type LogContents = z.infer<typeof LogContents>;

/** A log that stands in this database, under read-only links of its own. */
export const ImportedLog = z.object({
  logId: z.int(),
  name: z.string(),
  importedAt: z.string(),
  about: LogAbout,
  condition: LogCondition,
  counts: LogCounts,
  /** Names of the links here, and what they were called there. */
  links: z.array(z.object({ name: z.string(), was: z.string() })),
  /** Fault rules that stood in it; they are not armed here. */
  rules: z.array(z.object({ name: z.string(), kind: z.string(), details: z.record(z.string(), z.unknown()) })),
  /** RFC 3339, of the first and the last exchange; null where there is none. */
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type ImportedLog = z.infer<typeof ImportedLog>;

export const LogImported = z.object({ kind: z.literal('imported'), log: ImportedLog });
export type LogImported = z.infer<typeof LogImported>;

/** This workbench shows a file and nothing else; what is done here is gone when it ends. Null: a database of one's own. */
export const LogViewing = z.object({
  name: z.string(),
  /** Null until the first line is read. */
  about: LogAbout.nullable(),
  state: z.enum(['reading', 'read', 'failed']),
  condition: LogCondition.nullable(),
  /** What is wrong, as a sentence; empty where nothing is. */
  problem: z.string(),
  exchanges: z.int(),
  total: z.int().nullable(),
  /** The imported log, for everything that is asked by its id; null until there is one. */
  logId: z.int().nullable(),
});
export type LogViewing = z.infer<typeof LogViewing>;
