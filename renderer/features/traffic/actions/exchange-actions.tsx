import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTexts } from '../../../texts/use-texts.ts';
import styles from './actions.module.css';
import type { Actions } from './use-actions.tsx';
import type { Target } from './use-asking.tsx';

/** What can be done with the exchange whose details show. */
export function ExchangeActions({ exchange, actions }: { readonly exchange: Target; readonly actions: Actions }) {
  const t = useTexts('traffic');
  return (
    <div className={styles['actions']}>
      <Button variant="default" loading={actions.sending === exchange.id} onClick={() => void actions.resend(exchange)}>
        {t('resend')}
      </Button>
      <Button variant="default" onClick={() => actions.edit(exchange)}>
        {t('editAndSend')}
      </Button>
      <Menu>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={13} />}>
            {t('copyCurl')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void actions.copyCurl(exchange, false)}>{t('curlPlaceholder')}</Menu.Item>
          <Menu.Item onClick={() => void actions.copyCurl(exchange, true)}>{t('curlToken')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
