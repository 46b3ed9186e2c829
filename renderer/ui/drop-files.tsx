import { useEffect, useEffectEvent, useState } from 'react';
import styles from './drop-files.module.css';

export interface DropFilesProps {
  /** Said over the window while files are held above it. */
  readonly text: string;
  /** A drop with any other file is left to whoever else takes drops; every file unless said. */
  readonly accepts?: (file: File) => boolean;
  /** Takes only what nobody else took: no view, nor the desktop window. */
  readonly last?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Those that take drops now, the one that speaks for all at the end. */
const takers: symbol[] = [];

/** Files dropped anywhere on the window are this view's. */
export function DropFiles({ text, accepts, last = false, onFiles }: DropFilesProps) {
  const [over, setOver] = useState(false);
  const take = useEffectEvent((files: readonly File[]) => onFiles(files));
  const wanted = useEffectEvent((files: readonly File[]) => accepts === undefined || files.every(accepts));
  useEffect(() => {
    const left = new AbortController();
    const { signal } = left;
    const self = Symbol('taker');
    if (last) takers.unshift(self);
    else takers.push(self);
    document.addEventListener(
      'dragover',
      event => {
        if (event.dataTransfer?.types.includes('Files') !== true) return;
        event.preventDefault();
        setOver(takers.at(-1) === self);
      },
      { signal },
    );
    document.addEventListener(
      'dragleave',
      event => {
        if (event.relatedTarget === null) setOver(false);
      },
      { signal },
    );
    const drop = (event: DragEvent) => {
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (event.defaultPrevented || files.length === 0 || !wanted(files)) return;
      event.preventDefault();
      take(files);
    };
    // A view's on the document: before the desktop window hears of it, which listens on the window.
    if (last) window.addEventListener('drop', drop, { signal });
    else document.addEventListener('drop', drop, { signal });
    return () => {
      left.abort();
      takers.splice(takers.indexOf(self), 1);
    };
  }, [last]);
  return over ? <div className={styles['over']}>{text}</div> : null;
}
