import { useRef, useState } from 'react';
import type { ImportedTraffic } from '../../../../core/contract/exchange.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf, type ShownFailure } from '../../../bridge/failure.ts';
import { importTraffic, type TrafficFile } from '../../../bridge/traffic-file.ts';

/** What became of one file. */
export type Imported =
  | { readonly name: string; readonly result: ImportedTraffic }
  | { readonly name: string; readonly failure: ShownFailure };

export type ImportState =
  | { readonly step: 'choosing' }
  | { readonly step: 'running'; readonly name: string; readonly share: number }
  | { readonly step: 'done'; readonly imported: readonly Imported[] };

export interface Importing {
  readonly opened: boolean;
  readonly state: ImportState;
  /** Opens the dialog with nothing chosen yet. */
  readonly open: () => void;
  readonly begin: (sources: readonly TrafficFile[]) => Promise<void>;
  /** Ends what is under way, and closes. */
  readonly close: () => void;
}

/** Imports files one after the other; `onImported` hears the links they stand under. */
export function useImport(onImported: (links: readonly string[]) => void): Importing {
  const client = useClient();
  const [opened, setOpened] = useState(false);
  const [state, setState] = useState<ImportState>({ step: 'choosing' });
  const running = useRef<AbortController>(undefined);

  const begin = async (sources: readonly TrafficFile[]) => {
    if (sources.length === 0 || running.current !== undefined) return;
    const ended = new AbortController();
    running.current = ended;
    setOpened(true);
    const imported: Imported[] = [];
    for (const source of sources) {
      const { name } = source;
      setState({ step: 'running', name, share: 0 });
      try {
        const onProgress = (share: number) => setState({ step: 'running', name, share });
        imported.push({ name, result: await importTraffic({ client, source, signal: ended.signal, onProgress }) });
      } catch (error) {
        if (ended.signal.aborted) break;
        imported.push({ name, failure: failureOf(error) });
      }
    }
    running.current = undefined;
    if (ended.signal.aborted) {
      setState({ step: 'choosing' });
      return;
    }
    setState({ step: 'done', imported });
    const links = imported.flatMap(one => ('result' in one ? [one.result.link] : []));
    if (links.length > 0) onImported(links);
  };
  return {
    opened,
    state,
    open: () => {
      if (running.current === undefined) setState({ step: 'choosing' });
      setOpened(true);
    },
    begin,
    close: () => {
      running.current?.abort();
      setOpened(false);
    },
  };
}
