import { Button, Checkbox } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { SendableOperation } from '../../../../core/contract/sending.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf, type ShownFailure } from '../../../bridge/failure.ts';
import { OcpiEditor } from '../../../ocpi-help/ocpi-editor.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { stillHere } from '../../../ui/still-here.ts';
import { useKept } from '../../../ui/use-kept.ts';
import shared from '../form.module.css';
import type { FormProps } from '../send-page.tsx';
import { Sides } from '../sides.tsx';
import { useConfirmed } from '../use-confirmed.ts';
import { AddressFields } from './address-fields.tsx';
import { type Draft, inputOf, isWrite } from './draft.ts';
import { MoreFields } from './more-fields.tsx';
import { OperationField } from './operation-field.tsx';
import styles from './request.module.css';
import { type OutcomeTab, RequestOutcome } from './request-outcome.tsx';
import { usePreview } from './use-preview.ts';

export interface RequestEditorProps extends FormProps {
  readonly operations: readonly SendableOperation[];
  readonly begin: () => Draft;
  /** What it was filled in from, in words. */
  readonly from: string | undefined;
  /** It is to begin so, whatever was written before. */
  readonly fresh: boolean;
}

/** The request as one writes it; beside it what would cross the wire, and what was answered. */
export function RequestEditor(props: RequestEditorProps) {
  const { link, search, onSearch, operations, begin, from, fresh } = props;
  const t = useTexts('send');
  const common = useTexts('common');
  const client = useClient();
  const confirmed = useConfirmed();
  const [draft, setDraft] = useKept<Draft>(`request ${link.name}`, begin, fresh);
  const [tab, setTab] = useState<OutcomeTab>(search.exchange === undefined ? 'preview' : 'answer');
  const [since, setSince] = useState<number>();
  const [failure, setFailure] = useState<ShownFailure>();
  const [cancelled, setCancelled] = useState(false);
  const underway = useRef<AbortController>(undefined);
  // Nobody waits for the answer any more.
  useEffect(() => () => underway.current?.abort(), []);
  const { preview, failure: noPreview } = usePreview(link.name, draft);
  const operation = operations.find(one => one.operation === draft.operation);
  const method = draft.method ?? operation?.method ?? '';
  const change = (patch: Partial<Draft>) => setDraft({ ...draft, ...patch });
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const here = stillHere();
    const leaving = new AbortController();
    underway.current = leaving;
    const { signal } = leaving;
    setFailure(undefined);
    setCancelled(false);
    setSince(Date.now());
    setTab('answer');
    try {
      const what = { words: `${method} ${draft.operation}`, writes: isWrite(operation, draft) };
      const sent = await confirmed(link, what, yes =>
        client.sending.send({ ...inputOf(link.name, draft), confirmed: yes }, { signal }),
      );
      if (sent === undefined) setTab('preview');
      else if (here()) onSearch({ ...search, form: 'request', exchange: sent.exchangeId });
    } catch (error) {
      if (signal.aborted) {
        setCancelled(true);
        return;
      }
      setFailure(failureOf(error));
      setTab('preview');
    } finally {
      setSince(undefined);
    }
  };
  const { version } = link;
  const type = operation?.body?.type;
  return (
    <Sides
      label={t('outcome')}
      form={
        <form className={styles['form']} onSubmit={event => void send(event)} noValidate>
          <OperationField
            operations={operations}
            value={draft.operation}
            onChange={chosen => onSearch({ form: 'request', operation: chosen.operation })}
          />
          {operation !== undefined && <AddressFields operation={operation} link={link} draft={draft} change={change} />}
          <div className={styles['bodyHead']}>
            <Checkbox
              label={
                type === undefined
                  ? t('withBody')
                  : t(operation?.body?.partial === true ? 'withPartOf' : 'withBodyOf', { type })
              }
              checked={draft.body !== undefined}
              onChange={event => change({ body: event.currentTarget.checked ? '' : undefined })}
            />
            {from !== undefined && draft.body !== undefined && <span className={styles['from']}>{from}</span>}
          </div>
          {draft.body !== undefined && version !== undefined && (
            <div className={styles['editor']}>
              <OcpiEditor
                key={draft.operation}
                version={version}
                type={type ?? ''}
                partial={operation?.body?.partial === true}
                value={draft.body}
                onChange={body => change({ body })}
                label={t('body')}
              />
            </div>
          )}
          <MoreFields operation={operation} link={link} draft={draft} onChange={setDraft} />
          {failure !== undefined && <FailureNote failure={failure} />}
          <div className={shared['end']}>
            <Button type="submit" loading={since !== undefined}>
              {t('sendMethod', { method })}
            </Button>
            {since !== undefined && (
              <Button variant="default" onClick={() => underway.current?.abort()}>
                {common('cancel')}
              </Button>
            )}
          </div>
        </form>
      }
      outcome={
        <RequestOutcome
          link={link}
          tab={tab}
          onTab={setTab}
          preview={preview}
          noPreview={noPreview}
          since={since}
          cancelled={cancelled}
          exchangeId={search.exchange}
          operations={operations}
          onAgain={id => onSearch({ form: 'request', again: id })}
        />
      }
    />
  );
}
