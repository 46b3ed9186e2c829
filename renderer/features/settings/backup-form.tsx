import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { BackedUp } from '../../../core/contract/storage.ts';
import { useClient } from '../../bridge/client.ts';
import { useSteps } from '../../bridge/use-steps.ts';
import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Mono } from '../../ui/mono.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { shareOf } from '../../ui/share.ts';
import { bytesText } from '../../ui/time-format.ts';
import { backupPathFor } from './backup-path.ts';
import styles from './settings.module.css';

export interface BackupFormProps {
  /** Absolute path of the database that is open. */
  readonly database: string;
  /** Bytes left on its disk. */
  readonly diskFree: number;
}

/**
 * A copy of the database in a file, while everything goes on. Its place is a path on this computer: the core is on it, also where
 * the page is shown by a browser, and a database is too large to be handed over to one.
 */
export function BackupForm({ database, diskFree }: BackupFormProps) {
  const t = useTexts('settings');
  const client = useClient();
  const percent = new Intl.NumberFormat(useLanguage(), { style: 'percent', maximumFractionDigits: 0 });
  const { state, begin, stop } = useSteps<BackedUp>();
  const [proposed, setProposed] = useState(() => backupPathFor(database, new Date()));
  // Nothing: as it is proposed.
  const [typed, setTyped] = useState<string>();
  const path = (typed ?? proposed).trim();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (path === '' || state.step === 'running') return;
    await begin(
      signal => client.storage.backup({ path }, { signal }),
      () => {
        // That name is taken now.
        setProposed(backupPathFor(database, new Date()));
        setTyped(undefined);
      },
    );
  };
  const share = state.step === 'running' && state.progress !== undefined ? shareOf(state.progress) : undefined;
  return (
    <form className={styles['backup']} onSubmit={event => void submit(event)} noValidate aria-label={t('backup')}>
      <h3 className={styles['under']}>{t('backup')}</h3>
      <p className={styles['hint']}>{t('backupHint')}</p>
      {state.step === 'running' ? (
        <>
          <ProgressBar
            said={t('backingUp')}
            share={share}
            far={share === undefined ? undefined : percent.format(share / 100)}
            onCancel={stop}
          />
          <p className={styles['hint']}>{t('backupStay')}</p>
        </>
      ) : (
        <>
          <TextInput
            label={t('backupPath')}
            description={t('backupPathHint', { free: bytesText(diskFree) })}
            value={typed ?? proposed}
            onChange={event => setTyped(event.currentTarget.value)}
            spellCheck={false}
            autoComplete="off"
            classNames={{ input: styles['mono'] ?? '' }}
          />
          <div className={styles['buttons']}>
            <Button type="submit" variant="default" disabled={path === ''}>
              {t('backUp')}
            </Button>
          </div>
        </>
      )}
      {state.step === 'failed' && (
        <div className={styles['told']}>
          <FailureNote failure={state.failure} />
        </div>
      )}
      <div role="status">
        {state.step === 'stopped' && <p className={styles['told']}>{t('backupStopped')}</p>}
        {state.step === 'done' && (
          <p className={styles['told']}>
            {t('backedUp', { size: bytesText(state.result.bytes) })} <Mono wrap>{state.result.path}</Mono>
            <CopyButton text={state.result.path} label={t('copyBackup')} />
          </p>
        )}
      </div>
    </form>
  );
}
