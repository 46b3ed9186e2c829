import { isAbsolute } from 'node:path';
import { done, failed, type Outcome } from '../../../contract/failure.ts';
import type { LogSource } from '../../../contract/session-log.ts';
import { fileNameOf } from '../../imported-names.ts';
import type { ImportDesk, OpenDesk } from '../desks.ts';
import { readable } from '../importing/import-uploads.ts';
import type { LogParts } from '../parts.ts';
import { startViewing, type ViewedFile } from './open-filling.ts';
import { type OpenedThread, startOpenThread } from './open-thread.ts';

interface OpenParts extends LogParts {
  readonly importing: Pick<ImportDesk, 'uploaded'>;
}

/** Each is a workbench with threads of its own. */
const MOST_OPEN = 6;

export function createOpenDesk(parts: OpenParts): OpenDesk {
  const { clock, importing, onTrouble } = parts;
  const opened = new Set<OpenedThread>();
  const viewed = parts.viewing === undefined ? undefined : startViewing(parts, parts.viewing);
  const starting = new Set<Promise<unknown>>();
  const closing = new AbortController();

  const locate = async (source: LogSource): Promise<Outcome<ViewedFile>> => {
    if ('upload' in source) {
      const path = importing.uploaded(source.upload);
      if (path === undefined) return failed('NOT_FOUND', 'there is no such upload any more', 'Begin it anew.');
      return done({ path, name: source.name });
    }
    const { path } = source;
    if (!isAbsolute(path))
      return failed('INVALID_INPUT', `${path} is no absolute path`, 'Name the whole path of the file.');
    const there = await readable(path);
    return there.ok ? done({ path, name: fileNameOf(path) }) : there;
  };

  const begin = async (file: ViewedFile): Promise<Outcome<{ address: string }>> => {
    const started = await startOpenThread(file, { clock, signal: closing.signal });
    if (!started.ok) return started;
    const thread = started.value;
    opened.add(thread);
    void thread.ended.then(error => {
      opened.delete(thread);
      if (error !== undefined) onTrouble(`the workbench that showed ${file.name} ended by itself`, error);
    });
    return done({ address: thread.at.address });
  };

  return {
    async open(source) {
      const file = await locate(source);
      if (!file.ok) return file;
      if (closing.signal.aborted) return failed('WRONG_STATE', 'the workbench is closing', 'Start it again.');
      if (opened.size + starting.size >= MOST_OPEN) {
        return failed(
          'BUSY',
          `${MOST_OPEN} files are open already`,
          'Close some of their pages; each file is closed some minutes after its last page.',
        );
      }
      const work = begin(file.value);
      starting.add(work);
      try {
        return await work;
      } finally {
        starting.delete(work);
      }
    },
    viewing: () => viewed?.now() ?? null,
    begun: () => viewed?.begun() ?? Promise.resolve(done(undefined)),
    async close() {
      closing.abort();
      await Promise.allSettled(starting);
      await Promise.all([viewed?.close(), ...[...opened].map(thread => thread.stop())]);
    },
  };
}
