import { useEffect, useEffectEvent, useState } from 'react';
import { useTexts } from '../../../texts/use-texts.ts';
import styles from './import.module.css';
import { sourceOf } from './import-dialog.tsx';
import { isCurl, type Source } from './upload.ts';

/** A file dropped anywhere on the window, or a curl command pasted outside of fields, is imported. */
export function DropZone({ onSources }: { readonly onSources: (sources: readonly Source[]) => void }) {
  const t = useTexts('traffic');
  const [over, setOver] = useState(false);
  const take = useEffectEvent((sources: readonly Source[]) => onSources(sources));
  const pastedName = useEffectEvent(() => t('pastedName'));
  useEffect(() => {
    const left = new AbortController();
    // On the document, so that the desktop window, which takes what is dropped elsewhere, leaves it to this view.
    const on = <Kind extends keyof DocumentEventMap>(kind: Kind, listener: (event: DocumentEventMap[Kind]) => void) =>
      document.addEventListener(kind, listener, { signal: left.signal });
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    on('dragover', event => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    });
    on('dragleave', event => {
      if (event.relatedTarget === null) setOver(false);
    });
    on('drop', event => {
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      take(files.map(sourceOf));
    });
    on('paste', event => {
      if (event.target instanceof Element && event.target.closest('input, textarea, [contenteditable]') !== null)
        return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!isCurl(text)) return;
      event.preventDefault();
      take([{ name: pastedName(), content: new Blob([text]) }]);
    });
    return () => left.abort();
  }, []);
  return over ? <div className={styles['over']}>{t('importDropHere')}</div> : null;
}
