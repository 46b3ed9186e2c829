import type { Outcome } from '../../contract/failure.ts';
import type { DiffLogs, LogDiff } from '../../contract/log-diff.ts';
import type { ReproducedRequest, Reproduction, StartReproduction } from '../../contract/reproduction.ts';
import type {
  ImportedLog,
  LogContents,
  LogExport,
  LogExported,
  LogImported,
  LogPreview,
  LogProgress,
  LogSource,
  LogViewing,
} from '../../contract/session-log.ts';

/** Progress, and at last what came of it; a failure is the last one. Who ends the iteration cancels: nothing half-done stays. */
export type Steps<T> = AsyncGenerator<Outcome<LogProgress | T>, void>;

/** `gone`: the disk let them go. */
export interface DroppedFiles {
  readonly count: number;
  readonly gone: boolean;
}

/** Out of this database into files. */
export interface ExportDesk {
  preview(input: LogExport, signal?: AbortSignal): Promise<Outcome<LogPreview>>;
  export(input: LogExport & { path?: string | undefined; replace?: boolean }, signal?: AbortSignal): Steps<LogExported>;
  piece(input: { exportId: string; offset: number }): Promise<Outcome<{ base64: string; done: boolean }>>;
  /** One that nobody fetches any more; that there is none is no failure. */
  discard(exportId: string): Promise<void>;
  /** Files that wait to be fetched are thrown away. */
  dropKept(): Promise<DroppedFiles>;
  close(): Promise<void>;
}

/** Files into this database. */
export interface ImportDesk {
  upload(input: { upload?: string | undefined; base64: string }): Promise<Outcome<{ upload: string }>>;
  /** Where an upload's bytes lie, for whoever reads them as a file; absent where there is no such upload (any more). */
  uploaded(upload: string): string | undefined;
  /** One that nobody needs any more; that there is none is no failure. */
  discardUpload(upload: string): Promise<void>;
  /** Files that were handed over are thrown away. */
  dropUploads(): Promise<DroppedFiles>;
  inspect(source: LogSource, signal?: AbortSignal): Promise<Outcome<LogContents>>;
  import(input: { source: LogSource; damaged?: boolean }, signal?: AbortSignal): Steps<LogImported>;
  list(): ImportedLog[];
  get(logId: number): Outcome<ImportedLog>;
  remove(logId: number, signal?: AbortSignal): Steps<{ kind: 'removed' }>;
  close(): Promise<void>;
}

/** Files looked at without being stored here. */
export interface OpenDesk {
  open(source: LogSource): Promise<Outcome<{ address: string }>>;
  viewing(): LogViewing | null;
  /** Resolves when the first line of the file that is looked at was read; fails where it is no log. */
  begun(): Promise<Outcome<void>>;
  close(): Promise<void>;
}

export interface CompareDesk {
  diff(input: DiffLogs, signal?: AbortSignal): Promise<Outcome<LogDiff>>;
}

type RequestsInput = { readonly id: string; readonly offset: number; readonly limit: number };

/** Servers that answer as a recorded side did. */
export interface ReproduceDesk {
  start(input: StartReproduction): Promise<Outcome<Reproduction>>;
  list(): Reproduction[];
  requests(input: RequestsInput): Outcome<{ count: number; requests: ReproducedRequest[] }>;
  stop(id: string): Promise<Outcome<Reproduction>>;
  /** Stops and forgets them all; gives how many were running. */
  stopAll(): Promise<number>;
  close(): Promise<void>;
}

/** What lay there, in words. */
export interface Dropped extends DroppedFiles {
  readonly where: string;
}

export interface SessionLogs {
  readonly exporting: ExportDesk;
  readonly importing: ImportDesk;
  readonly opening: OpenDesk;
  readonly comparing: CompareDesk;
  readonly reproducing: ReproduceDesk;
}
