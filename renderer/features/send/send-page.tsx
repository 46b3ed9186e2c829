import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { LinkView } from '../../../core/contract/links.ts';
import { failureOf } from '../../bridge/failure.ts';
import { useLinks } from '../../bridge/queries.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { View } from '../../ui/view.tsx';
import { AskedForm } from './asked/asked-form.tsx';
import { DecisionPanel } from './decisions/decision-panel.tsx';
import { usePending } from './decisions/use-pending.ts';
import { LinkBar } from './link-bar.tsx';
import { RequestForm } from './request/request-form.tsx';
import { FORMS, type FormId, filling, type SendSearch } from './search.ts';
import styles from './send.module.css';
import { chosenLink, isSendable, usualForm } from './sendable-links.ts';

/** The one that was shown last is there again when one comes back without naming one. */
let lastLink: string | undefined;

/** What is sent to a partner by hand, and what partners wait for us to answer. */
export function SendPage({ search }: { readonly search: SendSearch }) {
  const t = useTexts('send');
  const go = useNavigate();
  const links = useLinks();
  const pending = usePending();
  const link = chosenLink(links.data ?? [], search.link, lastLink);
  const form = search.form ?? usualForm(link);
  useEffect(() => {
    if (link !== undefined) lastLink = link.name;
  }, [link]);
  const to = (change: SendSearch) => void go({ to: '/send', search: change });
  const many = pending.data?.length ?? 0;
  const tabs = FORMS.map(id => ({
    id,
    label: t(`form-${id}`),
    ...(id === 'decisions' && many > 0 && { badge: many }),
  }));
  return (
    <View title={t('title')}>
      <LinkBar
        links={links.data ?? []}
        link={link}
        onLink={name => to({ link: name, ...(search.form !== undefined && { form: search.form }) })}
      />
      <Tabs
        tabs={tabs}
        value={form}
        onChange={id => to({ ...(link !== undefined && { link: link.name }), form: id })}
        label={t('forms')}
        fill
      >
        {form === 'decisions' ? (
          <DecisionPanel />
        ) : links.error !== null && links.data === undefined ? (
          <div className={styles['message']}>
            <FailureNote failure={failureOf(links.error)} onRetry={() => void links.refetch()} />
          </div>
        ) : links.data === undefined ? (
          <Loading text={t('loading')} />
        ) : link === undefined ? (
          <NoLink asked={search.link} />
        ) : isSendable(link) ? (
          <Form
            key={`${link.name} ${link.version} ${form} ${filling(search)}`}
            link={link}
            form={form}
            search={search}
          />
        ) : (
          <NotYet link={link} />
        )}
      </Tabs>
    </View>
  );
}

export interface FormProps {
  readonly link: LinkView;
  readonly search: SendSearch;
  /** Shows something else of this area: a run, an answer, the form filled in from somewhere. */
  readonly onSearch: (search: SendSearch) => void;
}

function Form({ link, form, search }: Omit<FormProps, 'onSearch'> & { readonly form: Exclude<FormId, 'decisions'> }) {
  const go = useNavigate();
  const onSearch = (next: SendSearch) => void go({ to: '/send', search: { ...next, link: link.name } });
  if (form === 'request') return <RequestForm link={link} search={search} onSearch={onSearch} />;
  return <AskedForm form={form} link={link} search={search} onSearch={onSearch} />;
}

/** Nothing to send to. */
function NoLink({ asked }: { readonly asked: string | undefined }) {
  const t = useTexts('send');
  return (
    <EmptyState
      title={asked === undefined ? t('noLinkTitle') : t('unknownLink', { link: asked })}
      text={t('noLinkText')}
      actions={
        <>
          <Link to="/start">{t('toStart')}</Link>
          <Link to="/partners">{t('toPartners')}</Link>
        </>
      }
    />
  );
}

function NotYet({ link }: { readonly link: LinkView }) {
  const t = useTexts('send');
  return (
    <EmptyState
      title={t(link.state === 'suspended' ? 'suspendedTitle' : 'notRegisteredTitle', { link: link.name })}
      text={t(link.state === 'suspended' ? 'suspendedText' : 'notRegisteredText')}
      actions={
        <Link to="/partners/link/$name" params={{ name: link.name }}>
          {t('toPartner', { link: link.name })}
        </Link>
      }
    />
  );
}
