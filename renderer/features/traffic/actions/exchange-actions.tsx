import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ExchangeView } from '../../../../core/contract/exchange.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import styles from './actions.module.css';
import { FaultLink } from './fault-link.tsx';
import { FollowUpLinks } from './follow-up-links.tsx';
import { ReplayLink } from './replay-link.tsx';
import type { Actions } from './use-actions.tsx';

/** What can be done with the exchange whose details show. */
export function ExchangeActions({ exchange, actions }: { readonly exchange: ExchangeView; readonly actions: Actions }) {
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
      <FollowUpLinks exchange={exchange} />
      <FaultLink id={exchange.id} />
      <ReplayLink ids={[exchange.id]} />
      <Button
        variant="default"
        renderRoot={props => <Link to="/logs/export" search={{ ids: String(exchange.id) }} {...props} />}
      >
        {t('exportSelection', { count: 1 })}
      </Button>
    </div>
  );
}
