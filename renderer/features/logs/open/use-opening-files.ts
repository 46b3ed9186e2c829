import { useRef, useState } from 'react';
import type { LogSource } from '../../../../core/contract/session-log.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { discardLog, uploadLog } from '../../../bridge/log-file.ts';
import { isDesktop } from '../../../bridge/transport.ts';
import { type GivenFile, nameOf, type OnImported, type Opening, type OpeningState, type ReadyFile } from './opening.ts';

/** What is done with files, one after the other; whoever closes ends what is under way, and nothing of it stays. */
export function useOpeningFiles(onImported: OnImported): Opening {
  const client = useClient();
  const [state, setState] = useState<OpeningState>({ step: 'closed' });
  const [more, setMore] = useState(0);
  const waiting = useRef<readonly GivenFile[]>([]);
  const running = useRef<AbortController>(undefined);

  /** One thing at a time: what ended by being left says nothing any more. */
  const work = async (does: (signal: AbortSignal) => Promise<void>, failed: (error: unknown) => OpeningState) => {
    running.current?.abort();
    const ended = new AbortController();
    running.current = ended;
    try {
      await does(ended.signal);
    } catch (error) {
      if (!ended.signal.aborted) setState(failed(error));
    }
  };

  const look = (file: GivenFile) => {
    const name = nameOf(file);
    let located: LogSource | undefined;
    return work(
      async signal => {
        const source = 'path' in file ? { path: file.path } : await handed(file, signal);
        located = source;
        setState({ step: 'looking', name, source });
        const contents = await client.logs.inspect(source, { signal });
        signal.throwIfAborted();
        setState({ step: 'ready', name, source, contents });
      },
      error => ({ step: 'failed', name, failure: failureOf(error), ...(located !== undefined && { source: located }) }),
    );
  };
  const handed = (file: File, signal: AbortSignal) => {
    const { name } = file;
    setState({ step: 'handing', name, share: 0 });
    return uploadLog({ client, file, signal, onProgress: share => setState({ step: 'handing', name, share }) });
  };
  const wait = (files: readonly GivenFile[]) => {
    waiting.current = files;
    setMore(files.length);
  };
  const next = () => {
    const [first, ...rest] = waiting.current;
    wait(rest);
    if (first === undefined) setState({ step: 'closed' });
    else void look(first);
  };
  /** What was handed over for nothing does not stay at the core. What was opened beside, or is reproduced, is read there still. */
  const leave = () => {
    running.current?.abort();
    const source = 'source' in state && state.step !== 'reproducing' ? state.source : undefined;
    if (source !== undefined && 'upload' in source) discardLog(client, { upload: source.upload });
  };
  const again = (file: ReadyFile) => (error: unknown) =>
    ({ step: 'ready', ...file, failure: failureOf(error) }) as const;

  return {
    state,
    more,
    choose: () => {
      leave();
      setState({ step: 'choosing' });
    },
    begin: files => {
      wait([...waiting.current, ...files]);
      if (['closed', 'choosing', 'failed', 'opened'].includes(state.step)) {
        leave();
        next();
      }
    },
    openBeside: file =>
      void work(
        async signal => {
          const { name, source } = file;
          setState({ step: 'opening', name });
          const { address } = await client.logs.open(source, { signal });
          signal.throwIfAborted();
          // The desktop window gives it to the browser, and says that no window came of it.
          const opened = window.open(address, '_blank') !== null || isDesktop(window);
          setState({ step: 'opened', name, address: opened ? undefined : address });
        },
        'contents' in file ? again(file) : error => ({ step: 'failed', ...file, failure: failureOf(error) }),
      ),
    importHere: file =>
      void work(async signal => {
        const { name, source, contents } = file;
        setState({ step: 'importing', name, progress: undefined });
        // What is wrong with it was told where this was chosen.
        const damaged = contents.condition !== 'whole';
        for await (const step of await client.logs.import({ source, damaged }, { signal })) {
          if (step.kind === 'progress') {
            setState({ step: 'importing', name, progress: step });
            continue;
          }
          next();
          onImported(step.log);
          return;
        }
        signal.throwIfAborted();
        throw new Error('an import that ended without a word');
      }, again(file)),
    reproduce: ({ name, source, contents }) => setState({ step: 'reproducing', name, source, contents }),
    back: ({ name, source, contents }) => setState({ step: 'ready', name, source, contents }),
    close: () => {
      leave();
      next();
    },
  };
}
