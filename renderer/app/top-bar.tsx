import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { PlatformView } from '../../core/contract/platform.ts';
import { useConnectionState } from '../bridge/connection.ts';
import { usePlatform } from '../bridge/queries.ts';
import { useTexts } from '../texts/use-texts.ts';
import { classNames } from '../ui/class-names.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Mono } from '../ui/mono.tsx';
import styles from './top-bar.module.css';

const MODIFIER = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl';

export function TopBar({ onSearch }: { readonly onSearch: () => void }) {
  const t = useTexts('shell');
  const platform = usePlatform().data;
  return (
    <header className={styles['bar']}>
      <span className={styles['product']}>{t('product')}</span>
      {platform !== undefined && <Address platform={platform} />}
      {platform !== undefined && <Parties platform={platform} />}
      <UnstyledButton className={styles['search'] ?? ''} onClick={onSearch} aria-keyshortcuts="Control+K Meta+K">
        <IconSearch size={14} aria-hidden />
        <span className={styles['searchText']}>{t('search')}</span>
        <kbd className={styles['keys']}>{MODIFIER} K</kbd>
      </UnstyledButton>
    </header>
  );
}

function Address({ platform }: { readonly platform: PlatformView }) {
  const t = useTexts('shell');
  const { versionsUrl, listeningPort } = platform;
  const lost = useConnectionState().status === 'lost';
  const serving = listeningPort !== null && !lost;
  return (
    <span className={styles['address']}>
      <Link
        to="/settings"
        className={classNames(styles['state'], serving ? styles['on'] : styles['off'])}
        title={t('settings')}
      >
        <span className={styles['dot']} aria-hidden />
        {serving ? t('listening', { port: listeningPort }) : t(lost ? 'notConnected' : 'notListening')}
      </Link>
      {versionsUrl !== null && (
        <>
          <span className={styles['url']} title={t('versionsUrl')}>
            <Mono>{versionsUrl}</Mono>
          </span>
          <CopyButton text={versionsUrl} label={t('copyVersionsUrl')} />
        </>
      )}
    </span>
  );
}

function Parties({ platform }: { readonly platform: PlatformView }) {
  const t = useTexts('shell');
  const byId = new Map<string, string[]>();
  for (const { countryCode, partyId, role } of platform.parties) {
    const id = `${countryCode}-${partyId}`;
    byId.set(id, [...(byId.get(id) ?? []), role]);
  }
  const said = [...byId].map(([id, roles]) => `${id} · ${roles.join(', ')}`).join('   ');
  return (
    <Tooltip label={t('parties')}>
      <span className={styles['parties']}>{said}</span>
    </Tooltip>
  );
}
