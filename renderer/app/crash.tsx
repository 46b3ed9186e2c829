import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { failureOf } from '../bridge/failure.ts';
import { useTexts } from '../texts/use-texts.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureNote } from '../ui/failure-note.tsx';

/** In place of a view that could not be drawn; the frame around it goes on. */
export function Crash({ error, reset }: ErrorComponentProps) {
  const t = useTexts('shell');
  const failure = failureOf(error);
  return (
    <EmptyState
      heading={1}
      title={t('crashTitle')}
      text={
        <>
          <p>{t('crashText')}</p>
          <FailureNote failure={failure} />
        </>
      }
      actions={
        <>
          <Button onClick={reset}>{t('crashAgain')}</Button>
          {failure.details !== undefined && <CopyButton text={failure.details} label={t('copyDetails')} />}
        </>
      }
    />
  );
}
