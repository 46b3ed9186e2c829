import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { PlatformView } from '../../../core/contract/platform.ts';
import { useClient } from '../../bridge/client.ts';
import { failureOf, shown } from '../../bridge/failure.ts';
import { keys } from '../../bridge/keys.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Mono } from '../../ui/mono.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from './settings.module.css';

/** Whether partners reach us, and the switch for it. */
export function ServingPanel({ platform }: { readonly platform: PlatformView }) {
  const t = useTexts('settings');
  const client = useClient();
  const queries = useQueryClient();
  const serve = useMutation({
    mutationFn: (on: boolean) => client.platform.serve({ on }),
    onSuccess: view => queries.setQueryData(keys.platform, view),
  });
  const { serving, versionsUrl, servingFailure, listeningPort, port } = platform;
  return (
    <Panel
      title={t('serving')}
      actions={
        serving ? (
          <>
            <Button variant="default" loading={serve.isPending} onClick={() => serve.mutate(true)}>
              {t('restartServing')}
            </Button>
            <Button variant="default" loading={serve.isPending} onClick={() => serve.mutate(false)}>
              {t('stopServing')}
            </Button>
          </>
        ) : (
          <Button loading={serve.isPending} onClick={() => serve.mutate(true)}>
            {t('startServing')}
          </Button>
        )
      }
    >
      {versionsUrl === null || !serving ? (
        <p className={styles['line']}>{t('servingOff')}</p>
      ) : (
        <div className={styles['facts']}>
          <span className={styles['key']}>{t('servingOn')}</span>
          <span className={styles['value']}>
            <Mono wrap>{versionsUrl}</Mono>
            <CopyButton text={versionsUrl} label={t('copyUrl')} />
          </span>
        </div>
      )}
      {listeningPort !== null && listeningPort !== port && (
        <p className={styles['hint']}>{t('stillListening', { port: listeningPort })}</p>
      )}
      {serve.error === null && !serving && servingFailure !== null && <FailureNote failure={shown(servingFailure)} />}
      {serve.error !== null && <FailureNote failure={failureOf(serve.error)} />}
    </Panel>
  );
}
