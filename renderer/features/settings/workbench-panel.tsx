import type { PlatformView } from '../../../core/contract/platform.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Mono } from '../../ui/mono.tsx';
import { Panel } from '../../ui/panel.tsx';
import { bytesText } from '../../ui/time-format.ts';
import styles from './settings.module.css';

/** What runs, and where it keeps what it recorded. */
export function WorkbenchPanel({ platform }: { readonly platform: PlatformView }) {
  const t = useTexts('settings');
  const { database, databaseBytes, recording, search, release, pid, keyNotice } = platform;
  return (
    <Panel title={t('workbench')}>
      <dl className={styles['facts']}>
        <dt>{t('database')}</dt>
        <dd>
          <Mono wrap>{database}</Mono>
          <CopyButton text={database} label={t('copyDatabase')} />
        </dd>
        <dt>{t('databaseSize')}</dt>
        <dd>
          <Mono>{bytesText(databaseBytes)}</Mono>
        </dd>
        <dt>{t('recording')}</dt>
        <dd className={recording.ok ? styles['flush'] : undefined}>
          <Chip tone={recording.ok ? 'ok' : 'bad'}>
            {recording.ok ? t('recordingOk') : t('recordingTrouble', { reason: recording.reason ?? '' })}
          </Chip>
        </dd>
        <dt>{t('searching')}</dt>
        <dd className={search.ok ? styles['flush'] : undefined}>
          <Chip tone={search.ok ? 'ok' : 'warn'}>{search.ok ? t('searchingOk') : (search.reason ?? '')}</Chip>
        </dd>
        <dt>{t('release')}</dt>
        <dd>
          <Mono>{release}</Mono>
        </dd>
        <dt>{t('process')}</dt>
        <dd>
          <Mono>{pid}</Mono>
        </dd>
      </dl>
      {keyNotice !== null && <p className={styles['hint']}>{keyNotice}</p>}
    </Panel>
  );
}
