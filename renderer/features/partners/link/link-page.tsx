import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { Invitation, LinkView } from '../../../../core/contract/links.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useLink } from '../../../bridge/queries.ts';
import { type Doing, useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { DoctorTab } from '../doctor/doctor-tab.tsx';
import { WriteBar } from '../link-chips.tsx';
import { PoliciesTab } from '../policies/policies-tab.tsx';
import { TokensTab } from '../tokens/tokens-tab.tsx';
import { InvitationPanel } from './invitation-panel.tsx';
import { LinkHeader } from './link-header.tsx';
import styles from './link-page.module.css';
import { RegistrationTab } from './registration-tab.tsx';
import { SettingsTab } from './settings-tab.tsx';

/** Brings the catalogue of three versions along: loaded when it is looked at. */
const EndpointsTab = lazy(async () => ({ default: (await import('../endpoints/endpoints-tab.tsx')).EndpointsTab }));

export const LINK_TABS = ['registration', 'tokens', 'endpoints', 'answers', 'settings', 'doctor'] as const;
export type LinkTab = (typeof LINK_TABS)[number];

export interface LinkPageProps {
  readonly name: string;
  readonly tab: LinkTab;
  /** A run out of the history; the newest one unless said. */
  readonly runId?: number;
}

export function LinkPage({ name, tab, runId }: LinkPageProps) {
  const link = useLink(name);
  if (link.error !== null && link.data === undefined) {
    return (
      <div className={styles['message']}>
        <FailureNote failure={failureOf(link.error)} onRetry={() => void link.refetch()} />
      </div>
    );
  }
  return link.data === undefined ? null : (
    <KnownLink link={link.data} tab={tab} {...(runId === undefined ? {} : { runId })} />
  );
}

/** What the parts of the page share. */
export interface LinkPart {
  readonly link: LinkView;
  readonly doing: Doing;
  readonly show: (tab: LinkTab, runId?: number) => void;
  readonly onInvited: (invitation: Invitation | undefined) => void;
}

/** At a link of an imported log nothing happens any more: there is nothing to answer, to examine or to be let in with. */
const OF_IMPORTED: readonly LinkTab[] = ['registration', 'endpoints', 'settings'];

function KnownLink({ link, tab, runId }: Omit<LinkPageProps, 'name'> & { readonly link: LinkView }) {
  const t = useTexts('partners');
  const navigate = useNavigate();
  const doing = useDoing();
  const [invitation, setInvitation] = useState<Invitation>();
  const show = (to: LinkTab, run?: number) =>
    void navigate({
      to: '/partners/link/$name',
      params: { name: link.name },
      search: { ...(to === 'registration' ? {} : { tab: to }), ...(run === undefined ? {} : { run }) },
    });
  const part: LinkPart = { link, doing, show, onInvited: setInvitation };
  const live = link.tokens.filter(({ state }) => state !== 'retired').length;
  const ids = link.importedLog === null ? LINK_TABS : OF_IMPORTED;
  const shown = ids.find(id => id === tab) ?? 'registration';
  const tabs = ids.map(id => ({
    id,
    label: t(`tab-${id}`),
    ...(id === 'tokens' && live > 0 ? { badge: live } : {}),
    ...(id === 'endpoints' && link.endpoints.length > 0 ? { badge: link.endpoints.length } : {}),
  }));
  return (
    <div className={styles['page']}>
      <LinkHeader {...part} />
      <WriteBar environment={link.environment} />
      {doing.failure !== undefined && (
        <div className={styles['message']}>
          <FailureNote failure={doing.failure} />
        </div>
      )}
      {invitation !== undefined && (
        <div className={styles['message']}>
          <InvitationPanel invitation={invitation} onClose={() => setInvitation(undefined)} />
        </div>
      )}
      <Tabs tabs={tabs} value={shown} onChange={to => show(to)} label={t('tab-label')}>
        {shown === 'registration' && <RegistrationTab {...part} {...(runId === undefined ? {} : { runId })} />}
        {shown === 'tokens' && <TokensTab {...part} />}
        {shown === 'endpoints' && (
          <Suspense>
            <EndpointsTab {...part} />
          </Suspense>
        )}
        {shown === 'answers' && <PoliciesTab {...part} />}
        {shown === 'settings' && <SettingsTab {...part} />}
        {shown === 'doctor' && <DoctorTab {...part} />}
      </Tabs>
    </div>
  );
}
