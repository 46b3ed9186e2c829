import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { PlatformView } from '../../../core/contract/platform.ts';
import { useClient } from '../../bridge/client.ts';
import { failureOf } from '../../bridge/failure.ts';
import { keys } from '../../bridge/keys.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Panel } from '../../ui/panel.tsx';
import { PartiesField } from './parties-field.tsx';
import { changesIn, draftOf, type PlatformDraft, VERSIONS } from './platform-draft.ts';
import styles from './settings.module.css';

const LAST_PORT = 65_535;

/** Who we are and where we listen. */
export function PlatformForm({ platform }: { readonly platform: PlatformView }) {
  const t = useTexts('settings');
  const client = useClient();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<PlatformDraft>();
  const save = useMutation({
    mutationFn: (draft: PlatformDraft) => client.platform.configure(changesIn(draft, platform)),
    onSuccess: view => {
      queries.setQueryData(keys.platform, view);
      setDraft(undefined);
    },
  });
  const shown = draft ?? draftOf(platform);
  const portFits = Number(shown.port) <= LAST_PORT;
  const changed = Object.keys(changesIn(shown, platform)).length > 0;
  const change = (change: Partial<PlatformDraft>) => setDraft({ ...shown, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (changed && portFits) save.mutate(shown);
  };
  return (
    <Panel title={t('platform')}>
      <form className={styles['form']} onSubmit={submit}>
        <PartiesField parties={shown.parties} onChange={parties => change({ parties })} />
        <Checkbox.Group label={t('versions')} value={[...shown.versions]} onChange={versions => change({ versions })}>
          <div className={styles['row']}>
            {VERSIONS.map(version => (
              <Checkbox key={version} value={version} label={version} />
            ))}
          </div>
        </Checkbox.Group>
        <div className={styles['address']}>
          <TextInput
            label={t('host')}
            description={t('hostHint')}
            value={shown.host}
            onChange={event => change({ host: event.currentTarget.value })}
            required
            spellCheck={false}
          />
          <TextInput
            label={t('port')}
            description={t('portHint')}
            value={shown.port}
            onChange={event => change({ port: event.currentTarget.value.replace(/\D/g, '') })}
            inputMode="numeric"
            error={portFits ? null : t('portRange')}
            required
          />
        </div>
        <TextInput
          label={t('publicUrl')}
          description={t('publicUrlHint')}
          value={shown.publicUrl}
          onChange={event => change({ publicUrl: event.currentTarget.value })}
          placeholder="https://ocpi.example.com"
          pattern="\s*https?://\S+\s*"
          title={t('publicUrlShape')}
          spellCheck={false}
        />
        <p className={styles['hint']}>{t('fromNextStart')}</p>
        {save.error !== null && <FailureNote failure={failureOf(save.error)} />}
        <div className={styles['row']}>
          <Button
            type="submit"
            disabled={!changed || shown.versions.length === 0 || !portFits}
            loading={save.isPending}
          >
            {t('save')}
          </Button>
          {changed && (
            <>
              <Button
                variant="default"
                onClick={() => {
                  setDraft(undefined);
                  save.reset();
                }}
              >
                {t('discard')}
              </Button>
              <span>{t('unsaved')}</span>
            </>
          )}
          {!changed && save.isSuccess && <span role="status">{t('saved')}</span>}
        </div>
      </form>
    </Panel>
  );
}
