import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ExchangeView } from '../../../../core/contract/exchange.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf, type ShownFailure } from '../../../bridge/failure.ts';
import { useExchange } from '../../../bridge/queries.ts';
import { HeaderFields } from '../../../exchange/header-fields.tsx';
import { METHODS } from '../../../exchange/methods.ts';
import { SealedText } from '../../../exchange/sealed-text.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { JsonEditor } from '../../../ui/editor/json-editor.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import styles from './actions.module.css';
import { type EditedRequest, editedFrom, previewOf, sentFrom } from './edited-request.ts';
import type { Target, useAsking } from './use-asking.tsx';

export interface EditDialogProps {
  readonly target: Target;
  readonly ask: ReturnType<typeof useAsking>;
  readonly onClose: () => void;
  readonly onSent: (id: number) => void;
}

/** A recorded request, changed and sent as a new exchange. */
export function EditDialog(props: EditDialogProps) {
  const t = useTexts('traffic');
  const common = useTexts('common');
  const exchange = useExchange(props.target.id);
  return (
    <Modal
      opened
      onClose={props.onClose}
      size="min(980px, 94vw)"
      title={t('editTitle', { id: props.target.id })}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {exchange.data === undefined ? (
        exchange.error === null ? (
          <p aria-busy>{t('loading')}</p>
        ) : (
          <FailureNote failure={failureOf(exchange.error)} onRetry={() => void exchange.refetch()} />
        )
      ) : (
        <Form {...props} exchange={exchange.data} />
      )}
    </Modal>
  );
}

function Form({ exchange, target, ask, onClose, onSent }: EditDialogProps & { readonly exchange: ExchangeView }) {
  const t = useTexts('traffic');
  const common = useTexts('common');
  const client = useClient();
  const [edited, setEdited] = useState<EditedRequest>(() => editedFrom(exchange));
  const [failure, setFailure] = useState<ShownFailure>();
  const [sending, setSending] = useState(false);
  const methods = METHODS.some(method => method === edited.method) ? METHODS : [edited.method, ...METHODS];
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    setFailure(undefined);
    try {
      const request = sentFrom(edited);
      const sent = await ask({ ...target, method: request.method }, confirmed =>
        client.exchanges.resend({ id: target.id, edited: request, ...(confirmed && { confirmed }) }),
      );
      if (sent !== undefined) onSent(sent.id);
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setSending(false);
    }
  };
  return (
    <form onSubmit={event => void send(event)} className={styles['form']}>
      <p className={styles['hint']}>{t(exchange.direction === 'out' ? 'editHint' : 'editHintOurs')}</p>
      <div className={styles['line']}>
        <NativeSelect
          label={t('method')}
          data={[...methods]}
          value={edited.method}
          onChange={event => setEdited({ ...edited, method: event.currentTarget.value })}
        />
        <TextInput
          className={styles['url'] ?? ''}
          label="URL"
          value={edited.url}
          spellCheck={false}
          onChange={event => setEdited({ ...edited, url: event.currentTarget.value })}
        />
      </div>
      <HeaderFields
        title={t('headersTitle', { count: edited.headers.length })}
        lines={edited.headers}
        onChange={headers => setEdited({ ...edited, headers })}
      />
      <div className={styles['sides']}>
        <div>
          <h3 className={styles['caption']}>{t('editBody')}</h3>
          <div className={styles['editor']}>
            <JsonEditor
              value={edited.body}
              onChange={body => setEdited(before => ({ ...before, body }))}
              height={240}
              label={t('editBody')}
            />
          </div>
        </div>
        <div>
          <h3 className={styles['caption']}>{t('editPreview')}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard. */}
          <pre className={styles['preview']} tabIndex={0}>
            <SealedText text={previewOf(edited)} />
          </pre>
        </div>
      </div>
      <p className={styles['hint']}>{t('editAnew')}</p>
      <div className={styles['end']}>
        {failure !== undefined && (
          <div className={styles['failed']}>
            <FailureNote failure={failure} />
          </div>
        )}
        <Button variant="default" onClick={onClose}>
          {common('cancel')}
        </Button>
        <Button type="submit" loading={sending}>
          {t('send')}
        </Button>
      </div>
    </form>
  );
}
