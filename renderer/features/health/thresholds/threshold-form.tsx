import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { HealthThresholds } from '../../../../core/contract/health.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { useThresholds } from '../use-health.ts';
import {
  draftOf,
  LINK_FIELDS,
  LOCATION_FIELDS,
  printThreshold,
  readDraft,
  sameDraft,
  type ThresholdDraft,
  type ThresholdField,
} from './threshold-fields.ts';
import { ThresholdRow } from './threshold-row.tsx';
import styles from './thresholds.module.css';

/** The general thresholds, or those of a link, where each may be left as it is for all. */
export function ThresholdForm({ link }: { readonly link?: string }) {
  const t = useTexts('health');
  const general = useThresholds();
  const ofLink = useThresholds(link);
  const error = general.error ?? ofLink.error;
  if (general.data === undefined || ofLink.data === undefined) {
    if (error === null) return <Loading text={t('loading')} />;
    return (
      <FailureNote
        failure={failureOf(error)}
        onRetry={() => {
          void general.refetch();
          void ofLink.refetch();
        }}
      />
    );
  }
  const stored =
    link === undefined ? draftOf(general.data.thresholds) : draftOf(ofLink.data.thresholds, ofLink.data.own);
  return (
    <Form
      stored={stored}
      general={link === undefined ? undefined : general.data.thresholds}
      {...(link !== undefined && { link })}
    />
  );
}

interface FormProps {
  readonly link?: string;
  readonly stored: ThresholdDraft;
  readonly general: HealthThresholds | undefined;
}

function Form({ link, stored, general }: FormProps) {
  const t = useTexts('health');
  const client = useClient();
  const queries = useQueryClient();
  const { busy, failure, run } = useDoing();
  const [changes, setChanges] = useState<Partial<ThresholdDraft>>({});
  const [tried, setTried] = useState(false);
  const [saved, setSaved] = useState(false);
  const draft: ThresholdDraft = { ...stored, ...changes };
  const { thresholds, problems } = readDraft(draft);
  const changed = !sameDraft(draft, stored);
  const wrong = Object.keys(problems).length;
  const save = () =>
    run(async () => {
      // Of a link what is left as for all is no longer its own.
      await client.health.setThresholds(link === undefined ? { thresholds } : { link, thresholds, whole: true });
      await queries.invalidateQueries({ queryKey: keys.health });
      setChanges({});
      setTried(false);
      setSaved(true);
    });
  const said = (field: ThresholdField) => {
    const { name, unit } = field;
    const value = general?.[name];
    if (general === undefined || value === undefined) return undefined;
    if (value === null || value === false) return t('mode-never');
    if (value === true) return t('mode-told');
    return unit === 'none' ? '' : `${printThreshold(value, field)} ${t(`unit-${unit}`)}`;
  };
  const rows = (fields: readonly ThresholdField[]) =>
    fields.map(field => (
      <ThresholdRow
        key={field.name}
        field={field}
        entry={draft[field.name]}
        general={said(field)}
        problem={problems[field.name]}
        onChange={entry => {
          setSaved(false);
          setChanges({ ...changes, [field.name]: entry });
        }}
      />
    ));
  return (
    <form
      className={styles['form']}
      onSubmit={event => {
        event.preventDefault();
        setTried(true);
        if (wrong === 0) void save();
      }}
      noValidate
    >
      <h2 className={styles['group']}>{t('ofLinks')}</h2>
      {rows(LINK_FIELDS)}
      <h2 className={styles['group']}>{t('ofLocations')}</h2>
      {rows(LOCATION_FIELDS)}
      {failure !== undefined && <FailureNote failure={failure} />}
      <div className={styles['foot']}>
        <Button type="submit" disabled={!changed} loading={busy}>
          {t('save')}
        </Button>
        {changed && (
          <Button
            variant="default"
            onClick={() => {
              setChanges({});
              setTried(false);
            }}
          >
            {t('discard')}
          </Button>
        )}
        <span className={styles['dim']} role="status">
          {wrong > 0 && tried ? t('wrongFields', { count: wrong }) : changed ? t('unsaved') : saved ? t('saved') : ''}
        </span>
      </div>
    </form>
  );
}
