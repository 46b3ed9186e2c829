import { statSync } from 'node:fs';
import type { PlatformView } from '../contract/platform.ts';
import type { Health, HealthPart } from '../history/health.ts';
import type { History } from '../history/history.ts';
import type { OperatedServing } from './operated-serving.ts';
import type { PlatformDesk } from './platform.ts';
import { RELEASE } from './user-agent.ts';

export interface PlatformViewOptions {
  readonly file: string;
  readonly platform: PlatformDesk;
  readonly serving: OperatedServing;
  readonly health: History['health'];
  readonly keyNotice: () => string | null;
}

/** Our side as a face shows it. */
export function viewPlatform({ file, platform, serving, health, keyNotice }: PlatformViewOptions): PlatformView {
  const well = health();
  const config = platform.config();
  const at = serving.at();
  return {
    ...config,
    serving: at !== undefined,
    listeningPort: at?.port ?? null,
    servingFailure: serving.failure() ?? null,
    versionsUrl: at === undefined && config.publicUrl === undefined ? null : (platform.versionsUrl() ?? null),
    database: file,
    databaseBytes: bytesOf(file),
    release: RELEASE,
    pid: process.pid,
    recording: stateOf('recording', well),
    search: stateOf('search', well),
    keyNotice: keyNotice(),
  };
}

/** Of two troubles at once the board names the graver one. */
function stateOf(part: HealthPart, health: Health): PlatformView['recording'] {
  return health.ok || health.part !== part ? { ok: true } : { ok: false, reason: health.reason };
}

/** The database, its log and its search index; those that are not there yet count nothing. */
function bytesOf(file: string): number {
  return ['', '-wal', '.search', '.search-wal', '.transactions', '.transactions-wal', '.facts', '.facts-wal']
    .map(ending => statSync(`${file}${ending}`, { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size, 0);
}
