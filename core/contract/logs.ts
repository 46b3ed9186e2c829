import { eventIterator, oc } from '@orpc/contract';
import * as z from 'zod';
import { failures } from './failures.ts';
import { DiffLogs, LogDiff } from './log-diff.ts';
import { ReproducedRequest, Reproduction, StartReproduction } from './reproduction.ts';
import {
  ImportedLog,
  LogContents,
  LogExport,
  LogExported,
  LogImported,
  LogPreview,
  LogProgress,
  LogSource,
  LogViewing,
} from './session-log.ts';

const log = oc.errors(failures);
const byId = z.object({ logId: z.int().positive() });
const ofReproduction = z.object({ id: z.string().min(1) });

/** Session logs. What takes long answers with its progress and ends with what came of it; who stops listening cancels it. */
export const logsContract = {
  preview: log.input(LogExport).output(LogPreview),
  /** `path`: absolute, written there and nowhere else until it is whole; an existing file is replaced only where `replace` says so. */
  export: log
    .input(LogExport.extend({ path: z.string().optional(), replace: z.boolean().default(false) }))
    .output(eventIterator(z.union([LogProgress, LogExported]))),
  /** Bytes of an export that was written to no path. */
  piece: log
    .input(z.object({ exportId: z.string(), offset: z.int().min(0) }))
    .output(z.object({ base64: z.string(), done: z.boolean() })),
  /** One piece of a file; `upload` goes with the next one. */
  upload: log
    .input(z.object({ upload: z.string().optional(), base64: z.string().max(8 * 1024 * 1024) }))
    .output(z.object({ upload: z.string() })),
  /** A file that was handed over, or one that waits to be fetched, is not needed any more; one that is gone already is no failure. */
  discard: log.input(z.union([z.object({ upload: z.string() }), z.object({ exportId: z.string() })])).output(z.void()),
  /** What a file holds; nothing is stored. */
  inspect: log.input(LogSource).output(LogContents),
  /** Whole or not at all, under read-only links beside the live ones. A cut or altered file only where `damaged` says so. */
  import: log
    .input(z.object({ source: LogSource, damaged: z.boolean().default(false) }))
    .output(eventIterator(z.union([LogProgress, LogImported]))),
  list: log.output(z.array(ImportedLog)),
  get: log.input(byId).output(ImportedLog),
  /** With its links and all that stands under them. */
  remove: log.input(byId).output(eventIterator(z.union([LogProgress, z.object({ kind: z.literal('removed') })]))),
  /** A workbench of its own over the file, without touching this database; `address` is a page in the browser. */
  open: log.input(LogSource).output(z.object({ address: z.string() })),
  /** Null: this database is no file that is only looked at. */
  viewing: log.output(LogViewing.nullable()),
  diff: log.input(DiffLogs).output(LogDiff),
  reproductions: {
    start: log.input(StartReproduction).output(Reproduction),
    list: log.output(z.array(Reproduction)),
    /** Newest first. */
    requests: log
      .input(ofReproduction.extend({ offset: z.int().min(0).default(0), limit: z.int().min(1).max(500).default(100) }))
      .output(z.object({ count: z.int(), requests: z.array(ReproducedRequest) })),
    stop: log.input(ofReproduction).output(Reproduction),
  },
};
