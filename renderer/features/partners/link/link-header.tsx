import { Button, Menu } from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowsExchange,
  IconBolt,
  IconChevronDown,
  IconMapPin,
  IconSend,
} from '@tabler/icons-react';
import { Link as RouterLink } from '@tanstack/react-router';
import { usePlatform, useSandbox } from '../../../bridge/queries.ts';
import { isStanding } from '../../../links/standing.ts';
import { StateChip } from '../../../links/state-chip.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { printFilter } from '../../../ui/filter-text.ts';
import { Mono } from '../../../ui/mono.tsx';
import { EnvironmentChip } from '../link-chips.tsx';
import { partyId, switchableVersions } from '../list/partner-list.ts';
import styles from './link-header.module.css';
import type { LinkPart } from './link-page.tsx';
import { useLinkActions } from './use-link-actions.ts';

/** Parties named beside the name; the rest is a number that leads to them. */
const PARTIES_SHOWN = 2;

/** Who this is, how it stands, and what can be done. */
export function LinkHeader({ link, doing, show, onInvited }: LinkPart) {
  const t = useTexts('partners');
  const actions = useLinkActions(link);
  const others = switchableVersions(link, usePlatform().data?.versions ?? []);
  const { name, state, readOnly } = link;
  const sandbox = useSandbox().data;
  // Whatever the link is called by now.
  const simulated = sandbox?.running === true && sandbox.versionsUrl === link.versionsUrl;
  const ofLink = printFilter({ tokens: [{ name: 'link', value: name }], words: '' });
  const imported = link.importedLog !== null;
  const standing = isStanding(link);
  const writable = standing && !readOnly;
  const canRegister = !standing && !imported && state !== 'suspended' && link.versionsUrl !== undefined;
  const start = (work: () => Promise<number | undefined>) =>
    void doing.run(async () => {
      if ((await work()) !== undefined) show('registration');
    });
  const act = (work: () => Promise<unknown>) => void doing.run(work);
  const invite = () => act(async () => onInvited(await actions.invite()));
  return (
    <header className={styles['header']}>
      <RouterLink to="/partners" className={styles['back'] ?? ''} aria-label={t('back')} title={t('back')}>
        <IconArrowLeft size={16} aria-hidden="true" />
      </RouterLink>
      <h1 className={styles['name']}>{link.organisation}</h1>
      <EnvironmentChip environment={link.environment} />
      <span className={styles['facts']}>
        {name !== link.organisation && <span>{name}</span>}
        {link.parties.slice(0, PARTIES_SHOWN).map(party => (
          <Mono key={`${partyId(party)} ${party.role}`}>
            {partyId(party)}
            {party.role === undefined ? '' : ` ${party.role}`}
          </Mono>
        ))}
        {link.parties.length > PARTIES_SHOWN && (
          <RouterLink
            to="/partners/link/$name"
            params={{ name }}
            search={{ tab: 'endpoints' }}
            title={t('party-all', { count: link.parties.length })}
          >
            +{link.parties.length - PARTIES_SHOWN}
          </RouterLink>
        )}
        {link.version !== undefined && <Mono>{link.version}</Mono>}
      </span>
      <StateChip state={state} />
      {readOnly && !imported && <Chip tone="warn">{t('readOnly')}</Chip>}
      {imported && <Chip tone="plain">{t('imported')}</Chip>}
      <span className={styles['actions']}>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconArrowsExchange size={14} aria-hidden="true" />}
          renderRoot={props => <RouterLink to="/traffic" search={{ q: ofLink }} {...props} />}
        >
          {t('action-traffic')}
        </Button>
        {standing && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconSend size={14} aria-hidden="true" />}
            renderRoot={props => <RouterLink to="/send" search={{ link: name }} {...props} />}
          >
            {t('action-send')}
          </Button>
        )}
        {standing && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconMapPin size={14} aria-hidden="true" />}
            renderRoot={props => <RouterLink to="/locations" search={{ q: ofLink }} {...props} />}
          >
            {t('action-locations')}
          </Button>
        )}
        {simulated && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconBolt size={14} aria-hidden="true" />}
            renderRoot={props => <RouterLink to="/own" search={{ life: true, whose: 'partner' }} {...props} />}
          >
            {t('action-simulation')}
          </Button>
        )}
        <Menu>
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={13} aria-hidden="true" />}>
              {t('action-more')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {!imported && (
              <Menu.Item renderRoot={props => <RouterLink to="/health/links/$name" params={{ name }} {...props} />}>
                {t('action-health')}
              </Menu.Item>
            )}
            <Menu.Item renderRoot={props => <RouterLink to="/logs/export" search={{ q: ofLink }} {...props} />}>
              {t('action-export')}
            </Menu.Item>
            {writable &&
              others.map(version => (
                <Menu.Item key={version} onClick={() => start(() => actions.register(version))}>
                  {t('action-update', { version })}
                </Menu.Item>
              ))}
            {canRegister &&
              others.map(version => (
                <Menu.Item key={version} onClick={() => start(() => actions.register(version))}>
                  {t('failure-retry-version', { version })}
                </Menu.Item>
              ))}
            {state === 'adopted' && standing && (
              <Menu.Item onClick={() => start(() => actions.look())}>{t('action-look')}</Menu.Item>
            )}
            {state !== 'suspended' && !imported && (
              <Menu.Item onClick={invite}>{t(standing ? 'action-invite' : 'action-inviteFirst')}</Menu.Item>
            )}
            {standing && <Menu.Item onClick={() => act(() => actions.suspend(true))}>{t('action-suspend')}</Menu.Item>}
            {(standing || (state === 'suspended' && !imported)) && (
              <>
                <Menu.Divider />
                {writable && (
                  <Menu.Item className={styles['danger'] ?? ''} onClick={() => start(() => actions.unregister(false))}>
                    {t('action-unregister')}
                  </Menu.Item>
                )}
                <Menu.Item className={styles['danger'] ?? ''} onClick={() => start(() => actions.unregister(true))}>
                  {t('action-unregisterLocal')}
                </Menu.Item>
              </>
            )}
            <Menu.Divider />
            {imported ? (
              <Menu.Item
                renderRoot={props => (
                  <RouterLink to="/logs/$log" params={{ log: String(link.importedLog) }} {...props} />
                )}
              >
                {t('action-log')}
              </Menu.Item>
            ) : (
              <Menu.Item className={styles['danger'] ?? ''} onClick={() => act(() => actions.remove())}>
                {t('action-remove')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
        {state === 'suspended' && !imported && (
          <Button loading={doing.busy} onClick={() => act(() => actions.suspend(false))}>
            {t('action-resume')}
          </Button>
        )}
        {readOnly && standing && (
          <Button variant="default" onClick={() => act(() => actions.set({ readOnly: false }))}>
            {t('action-unlock')}
          </Button>
        )}
        {writable && (
          <Button variant="default" loading={doing.busy} onClick={() => start(() => actions.rotate())}>
            {t('action-rotate')}
          </Button>
        )}
        {canRegister && (
          <Button loading={doing.busy} onClick={() => start(() => actions.register())}>
            {t('action-register')}
          </Button>
        )}
        {!standing && !imported && link.versionsUrl === undefined && state !== 'suspended' && (
          <Button loading={doing.busy} onClick={invite}>
            {t(state === 'invited' ? 'action-invite' : 'action-inviteFirst')}
          </Button>
        )}
      </span>
    </header>
  );
}
