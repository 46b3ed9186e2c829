import { basename } from 'node:path';
import { Worker } from 'node:worker_threads';
import { done, failed, type Outcome } from '../../../contract/failure.ts';
import type { LogDiff } from '../../../contract/log-diff.ts';
import type { LogOrFile } from '../../../contract/session-log.ts';
import type { CompareDesk, ImportDesk } from '../desks.ts';
import type { LogParts } from '../parts.ts';
import type { CompareEnd, CompareSide, CompareStart, ToComparing } from './compare-messages.ts';

const SCRIPT = new URL('./compare-worker.ts', import.meta.url);
/** Node's own choice takes 100 MiB more, for little. */
const YOUNG_MEBIBYTES = 16;

type CompareParts = Pick<LogParts, 'history'> & { readonly importing: Pick<ImportDesk, 'uploaded' | 'get'> };

/** Two logs laid beside each other, each a file, an upload or one that was imported; in a thread of its own. */
export function createCompareDesk({ history, importing }: CompareParts): CompareDesk {
  const sideOf = (source: LogOrFile, link: string | undefined): Outcome<CompareSide> => {
    if ('path' in source) return done({ path: source.path, name: basename(source.path), link });
    if ('upload' in source) {
      const path = importing.uploaded(source.upload);
      return path === undefined
        ? failed('NOT_FOUND', 'there is no such upload any more', 'Begin it anew.')
        : done({ path, name: source.name, link });
    }
    const imported = importing.get(source.logId);
    if (!imported.ok) return imported;
    const { name, about, links } = imported.value;
    const { linkIds } = history.logs.get(source.logId) ?? { linkIds: [] };
    // Names in the log are as good as those that its links have here.
    const here = links.find(({ was }) => was.toLowerCase() === link?.toLowerCase())?.name ?? link;
    return done({ file: history.file, linkIds, name, about, link: here });
  };
  return {
    async diff({ a, b, linkA, linkB, strict = false }, signal) {
      const sides = [sideOf(a, linkA), sideOf(b, linkB)] as const;
      if (!sides[0].ok) return sides[0];
      if (!sides[1].ok) return sides[1];
      return compare({ a: sides[0].value, b: sides[1].value, strict }, signal);
    },
  };
}

function compare(start: CompareStart, signal: AbortSignal | undefined): Promise<Outcome<LogDiff>> {
  const worker = new Worker(SCRIPT, {
    workerData: start,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEBIBYTES },
  });
  const stop = () => worker.postMessage('stop' satisfies ToComparing);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  return new Promise<Outcome<LogDiff>>(resolve => {
    const gone = (why: string) =>
      resolve(failed('OPERATION_FAILED', `the logs could not be compared: ${why}`, 'Compare one link of each.'));
    worker.on('message', (end: CompareEnd) => resolve(end));
    worker.on('error', error => gone(error instanceof Error ? error.message : String(error)));
    worker.on('exit', code => gone(`the thread ended with ${code}`));
  }).finally(() => signal?.removeEventListener('abort', stop));
}
