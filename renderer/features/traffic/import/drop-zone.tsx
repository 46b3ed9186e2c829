import { useEffect, useEffectEvent } from 'react';
import { isLogName } from '../../../bridge/log-file.ts';
import type { TrafficFile } from '../../../bridge/traffic-file.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { DropFiles } from '../../../ui/drop-files.tsx';
import { sourceOf } from './import-dialog.tsx';
import { isCurl } from './pasted.ts';

/** A file dropped anywhere on the window, or a curl command pasted outside of fields, is imported. */
export function DropZone({ onSources }: { readonly onSources: (sources: readonly TrafficFile[]) => void }) {
  const t = useTexts('traffic');
  const take = useEffectEvent((sources: readonly TrafficFile[]) => onSources(sources));
  const pastedName = useEffectEvent(() => t('pastedName'));
  useEffect(() => {
    const left = new AbortController();
    document.addEventListener(
      'paste',
      event => {
        if (event.target instanceof Element && event.target.closest('input, textarea, [contenteditable]') !== null)
          return;
        const text = event.clipboardData?.getData('text/plain') ?? '';
        if (!isCurl(text)) return;
        event.preventDefault();
        take([{ name: pastedName(), content: new Blob([text]) }]);
      },
      { signal: left.signal },
    );
    return () => left.abort();
  }, []);
  return (
    <DropFiles
      text={t('importDropHere')}
      accepts={({ name }) => !isLogName(name)}
      onFiles={files => onSources(files.map(sourceOf))}
    />
  );
}
