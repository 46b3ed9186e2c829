import { Button, Textarea } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import type { ExchangeView } from '../../../../core/contract/exchange.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf, type ShownFailure } from '../../../bridge/failure.ts';
import shared from '../../../exchange/exchange.module.css';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Panel } from '../../../ui/panel.tsx';
import styles from './detail.module.css';

const LONGEST_NOTE = 4000;

/** What the operator wrote beside an exchange. */
export function NotePanel({ exchange }: { readonly exchange: ExchangeView }) {
  const t = useTexts('traffic');
  const common = useTexts('common');
  const client = useClient();
  const [draft, setDraft] = useState<string>();
  const [failure, setFailure] = useState<ShownFailure>();
  const { id, note } = exchange;
  const write = async (text: string | null) => {
    try {
      await client.exchanges.note({ id, text });
      setDraft(undefined);
      setFailure(undefined);
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      setDraft(undefined);
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void write(draft ?? null);
    }
  };
  const actions =
    draft !== undefined ? undefined : note === null ? (
      <Button variant="default" onClick={() => setDraft('')}>
        {t('noteAdd')}
      </Button>
    ) : (
      <>
        <Button variant="default" onClick={() => setDraft(note)}>
          {t('noteEdit')}
        </Button>
        <Button variant="default" onClick={() => void write(null)}>
          {t('noteRemove')}
        </Button>
      </>
    );
  return (
    <Panel title={t('noteTitle')} actions={actions}>
      {draft === undefined ? (
        <p className={note === null ? shared['none'] : styles['note']}>{note ?? t('noteNone')}</p>
      ) : (
        <>
          <Textarea
            aria-label={t('noteTitle')}
            placeholder={t('notePlaceholder')}
            value={draft}
            maxLength={LONGEST_NOTE}
            autosize
            minRows={2}
            maxRows={12}
            autoFocus
            onChange={event => setDraft(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          <div className={styles['buttons']}>
            <Button onClick={() => void write(draft)} disabled={draft.trim() === '' && note === null}>
              {common('save')}
            </Button>
            <Button variant="default" onClick={() => setDraft(undefined)}>
              {common('cancel')}
            </Button>
          </div>
        </>
      )}
      {failure !== undefined && <FailureNote failure={failure} />}
    </Panel>
  );
}
