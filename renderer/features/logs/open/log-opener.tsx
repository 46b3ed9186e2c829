import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTexts } from '../../../texts/use-texts.ts';
import { DropFiles } from '../../../ui/drop-files.tsx';
import { OpenDialog } from './open-dialog.tsx';
import { OpeningContext } from './opening.ts';
import { useOpeningFiles } from './use-opening-files.ts';

/** Around everything: a file may be dropped, or asked for, wherever one is. */
export function LogOpener({ children }: { readonly children: ReactNode }) {
  const t = useTexts('logs');
  const go = useNavigate();
  const opening = useOpeningFiles(({ logId }) => void go({ to: '/logs/$log', params: { log: String(logId) } }));
  return (
    <OpeningContext value={opening}>
      {children}
      <DropFiles text={t('dropHere')} last onFiles={opening.begin} />
      <OpenDialog opening={opening} />
    </OpeningContext>
  );
}
