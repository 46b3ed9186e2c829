import { useEffect, useState } from 'react';

type CodeMirror = typeof import('./code-mirror.ts');

let loaded: CodeMirror | undefined;

/** Milliseconds until it is asked for again: the workbench may be starting anew. */
const AGAIN = 2000;

/** The editor, a chunk of its own: fetched when the first text is to be shown. Undefined until it is there. */
export function useCodeMirror(): CodeMirror | undefined {
  const [codeMirror, setCodeMirror] = useState(loaded);
  useEffect(() => {
    if (codeMirror !== undefined) return;
    let left = false;
    let again: ReturnType<typeof setTimeout> | undefined;
    const load = () => {
      import('./code-mirror.ts').then(
        module => {
          loaded = module;
          if (!left) setCodeMirror(module);
        },
        // Meanwhile the text shows plain.
        () => {
          if (!left) again = setTimeout(load, AGAIN);
        },
      );
    };
    load();
    return () => {
      left = true;
      clearTimeout(again);
    };
  }, [codeMirror]);
  return codeMirror;
}
