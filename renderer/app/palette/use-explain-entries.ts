import { useNavigate } from '@tanstack/react-router';
import { useTexts } from '../../texts/use-texts.ts';
import type { Entry } from './entries.ts';
import { explainable } from './explaining.ts';

/** What was typed is to be explained. */
export function useExplainEntries(typed: string): readonly Entry[] {
  const t = useTexts('shell');
  const navigate = useNavigate();
  return explainable(typed).map(
    (one): Entry =>
      'code' in one
        ? {
            id: `explain ${one.code}`,
            group: 'commands',
            label: t('paletteExplain', { code: one.code }),
            go: () => void navigate({ to: '/errors', search: { explain: one.code } }),
          }
        : {
            id: `explain exchange ${one.exchange}`,
            group: 'commands',
            label: t('paletteExplainExchange', { id: one.exchange }),
            go: () => void navigate({ to: '/traffic', search: { exchange: one.exchange, tab: 'explanation' } }),
          },
  );
}
