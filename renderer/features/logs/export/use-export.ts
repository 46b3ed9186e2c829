import { useEffect, useRef, useState } from 'react';
import type { LogExport, LogExported, LogProgress } from '../../../../core/contract/session-log.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf, type ShownFailure } from '../../../bridge/failure.ts';
import { exportLog } from '../../../bridge/log-file.ts';
import { saveBytes } from '../../../ui/save-file.ts';

export type ExportState =
  | { readonly step: 'none' }
  | { readonly step: 'running'; readonly progress: LogProgress | undefined }
  | { readonly step: 'failed'; readonly failure: ShownFailure }
  | { readonly step: 'done'; readonly told: LogExported; readonly file: Blob };

export interface ExportRun {
  readonly state: ExportState;
  readonly begin: (asked: LogExport) => void;
  readonly cancel: () => void;
  /** Hands the file over once more. */
  readonly save: () => void;
}

/** An export as it goes, and its file handed over at the end. Who leaves the page cancels it. */
export function useExport(): ExportRun {
  const client = useClient();
  const [state, setState] = useState<ExportState>({ step: 'none' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const begin = async (asked: LogExport) => {
    running.current?.abort();
    const ended = new AbortController();
    running.current = ended;
    const { signal } = ended;
    setState({ step: 'running', progress: undefined });
    try {
      const onProgress = (progress: LogProgress) => {
        if (!signal.aborted) setState({ step: 'running', progress });
      };
      const { told, file } = await exportLog({ client, asked, signal, onProgress });
      signal.throwIfAborted();
      saveBytes(told.name, file);
      setState({ step: 'done', told, file });
    } catch (error) {
      if (!signal.aborted) setState({ step: 'failed', failure: failureOf(error) });
    }
  };
  return {
    state,
    begin: asked => void begin(asked),
    cancel: () => {
      running.current?.abort();
      setState({ step: 'none' });
    },
    save: () => {
      if (state.step === 'done') saveBytes(state.told.name, state.file);
    },
  };
}
