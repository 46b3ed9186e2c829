import { useRef, useState } from 'react';
import type { ImportedTraffic } from '../../../../core/contract/exchange.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf, type ShownFailure } from '../../../bridge/failure.ts';
import { importTraffic } from '../../../bridge/traffic-file.ts';

export type FileState =
  | { readonly step: 'closed' | 'choosing' }
  | { readonly step: 'reading'; readonly name: string; readonly share: number }
  | { readonly step: 'failed'; readonly name: string; readonly failure: ShownFailure }
  /** Read, but not all of it: what was left out is said before one goes on. */
  | { readonly step: 'read'; readonly name: string; readonly imported: ImportedTraffic };

export interface FileSource {
  readonly state: FileState;
  readonly open: () => void;
  /** The first of them. */
  readonly begin: (files: readonly File[]) => Promise<void>;
  readonly take: (imported: ImportedTraffic) => void;
  /** Ends what is under way. */
  readonly close: () => void;
}

/** Traffic recorded elsewhere is imported, and then replayed from the link it stands under. */
export function useFileSource(onLink: (link: string) => void): FileSource {
  const client = useClient();
  const [state, setState] = useState<FileState>({ step: 'closed' });
  const running = useRef<AbortController>(undefined);
  const take = ({ link }: ImportedTraffic) => {
    setState({ step: 'closed' });
    onLink(link);
  };
  const begin = async ([file]: readonly File[]) => {
    if (file === undefined || running.current !== undefined) return;
    const { name } = file;
    const ended = new AbortController();
    running.current = ended;
    setState({ step: 'reading', name, share: 0 });
    try {
      const onProgress = (share: number) => setState({ step: 'reading', name, share });
      const source = { name, content: file };
      const imported = await importTraffic({ client, source, signal: ended.signal, onProgress });
      if (imported.skipped.length === 0 && imported.exchanges > 0) take(imported);
      else setState({ step: 'read', name, imported });
    } catch (error) {
      setState(ended.signal.aborted ? { step: 'closed' } : { step: 'failed', name, failure: failureOf(error) });
    } finally {
      running.current = undefined;
    }
  };
  return {
    state,
    open: () => setState({ step: 'choosing' }),
    begin,
    take,
    close: () => {
      running.current?.abort();
      setState({ step: 'closed' });
    },
  };
}
