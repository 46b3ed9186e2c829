import { useBlocker } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTexts } from '../../../texts/use-texts.ts';
import { useConfirm } from '../../../ui/confirm.tsx';
import { OwnSearch } from '../search.ts';

/** Asks before what was typed is left behind, wherever one goes. The answer's function says that it was saved. */
export function useLeaving(changed: boolean): () => void {
  const t = useTexts('own');
  const confirm = useConfirm();
  const unsaved = useRef(changed);
  useEffect(() => {
    unsaved.current = changed;
  }, [changed]);
  useBlocker({
    shouldBlockFn: async ({ current, next }) => {
      if (!unsaved.current || openIn(current) === openIn(next)) return false;
      const left = await confirm({ title: t('leaveTitle'), text: t('leaveText'), action: t('leave'), danger: true });
      return !left;
    },
    enableBeforeUnload: () => unsaved.current,
  });
  return () => {
    unsaved.current = false;
  };
}

/** What is open at an address: filters may change while one types. */
function openIn({ pathname, search }: { readonly pathname: string; readonly search: unknown }): string {
  const { kind, sel, new: made } = OwnSearch.parse(search);
  return JSON.stringify([pathname, kind, sel, made]);
}
