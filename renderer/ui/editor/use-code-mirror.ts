import { useEffect, useState } from 'react';

type CodeMirror = typeof import('./code-mirror.ts');

let loaded: CodeMirror | undefined;

/** The editor, a chunk of its own: fetched when the first text is to be shown. Undefined until it is there. */
export function useCodeMirror(): CodeMirror | undefined {
  const [codeMirror, setCodeMirror] = useState(loaded);
  useEffect(() => {
    if (codeMirror !== undefined) return;
    let left = false;
    void import('./code-mirror.ts').then(module => {
      loaded = module;
      if (!left) setCodeMirror(module);
    });
    return () => {
      left = true;
    };
  }, [codeMirror]);
  return codeMirror;
}
