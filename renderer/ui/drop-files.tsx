import { useEffect, useEffectEvent, useState } from 'react';
import styles from './drop-files.module.css';

export interface DropFilesProps {
  /** Said over the window while files are held above it. */
  readonly text: string;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Files dropped anywhere on the window are this view's. */
export function DropFiles({ text, onFiles }: DropFilesProps) {
  const [over, setOver] = useState(false);
  const take = useEffectEvent((files: readonly File[]) => onFiles(files));
  useEffect(() => {
    const left = new AbortController();
    // On the document, so that the desktop window, which takes what is dropped elsewhere, leaves it to this view.
    const on = (kind: 'dragover' | 'dragleave' | 'drop', listener: (event: DragEvent) => void) =>
      document.addEventListener(kind, listener, { signal: left.signal });
    on('dragover', event => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
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
      take(files);
    });
    return () => left.abort();
  }, []);
  return over ? <div className={styles['over']}>{text}</div> : null;
}
