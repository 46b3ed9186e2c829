import { MantineProvider } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useTexts } from '../texts/use-texts.ts';
import { ConfirmProvider } from '../ui/confirm.tsx';
import { pageNonce } from '../ui/nonce.ts';
import { type UiTexts, UiTextsContext } from '../ui/ui-texts.ts';
import { theme, variables } from './theme.ts';

export function Providers({ children }: { readonly children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" getStyleNonce={pageNonce}>
      <UiTextsContext value={useTextsOfUi()}>
        <ConfirmProvider>{children}</ConfirmProvider>
      </UiTextsContext>
    </MantineProvider>
  );
}

function useTextsOfUi(): UiTexts {
  const t = useTexts('common');
  return useMemo(
    () => ({
      copied: t('copied'),
      copyFailed: t('copyFailed'),
      retry: t('retry'),
      cancel: t('cancel'),
      close: t('close'),
      loading: t('loading'),
      resize: t('resize'),
      utc: t('utc'),
      dayShape: t('dayShape'),
      momentShape: t('momentShape'),
      calendar: t('calendar'),
      filter: t('filter'),
      clearFilter: t('clearFilter'),
      left: t('left'),
      right: t('right'),
      editorPhrases: {
        '$ unchanged lines': t('editorUnchanged'),
        Find: t('editorFind'),
        next: t('editorNext'),
        previous: t('editorPrevious'),
        all: t('editorAll'),
        'match case': t('editorCase'),
        regexp: t('editorRegexp'),
        'by word': t('editorWord'),
        Replace: t('editorReplace'),
        replace: t('editorReplaceOne'),
        'replace all': t('editorReplaceAll'),
        close: t('close'),
        'Go to line': t('editorLine'),
        go: t('editorGo'),
        unfold: t('editorUnfold'),
        'folded code': t('editorFolded'),
      },
      error: t('error'),
      warning: t('warning'),
      note: t('note'),
      typeToConfirm: phrase => t('typeToConfirm', { phrase }),
      removeToken: token => t('removeToken', { token }),
      unchangedLines: count => t('unchangedLines', { count }),
      moreLines: count => t('moreLines', { count }),
      lineGone: t('lineGone'),
      lineCame: t('lineCame'),
    }),
    [t],
  );
}
