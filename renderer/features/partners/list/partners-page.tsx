import { Button, TextInput } from '@mantine/core';
import { IconPlus, IconSearch, IconStethoscope } from '@tabler/icons-react';
import { Link as RouterLink, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { failureOf } from '../../../bridge/failure.ts';
import { useLinks } from '../../../bridge/queries.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Toolbar } from '../../../ui/toolbar.tsx';
import { useRegistrations } from '../runs/use-runs.ts';
import { partnerLines } from './partner-list.ts';
import { PartnerTable } from './partner-table.tsx';
import styles from './partners-page.module.css';

export function PartnersPage({ search }: { readonly search: string }) {
  const t = useTexts('partners');
  const links = useLinks();
  const runs = useRegistrations();
  const navigate = useNavigate();
  const table = useRef<HTMLTableElement>(null);
  if (links.error !== null && links.data === undefined) {
    return (
      <div className={styles['failure']}>
        <FailureNote failure={failureOf(links.error)} onRetry={() => void links.refetch()} />
      </div>
    );
  }
  if (links.data === undefined) return null;
  if (links.data.length === 0) return <NoPartners />;
  const lines = partnerLines(links.data, runs.data ?? [], search);
  const find = (words: string) =>
    void navigate({ to: '/partners', search: words === '' ? {} : { q: words }, replace: true });
  const count = links.data.length;
  return (
    <>
      <Toolbar label={t('title')}>
        <h1 className={styles['title']}>{t('title')}</h1>
        <TextInput
          className={styles['search'] ?? ''}
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<IconSearch size={14} aria-hidden="true" />}
          value={search}
          onChange={event => find(event.currentTarget.value)}
          onKeyDown={event => {
            if (event.key === 'Escape') find('');
            if (event.key !== 'ArrowDown') return;
            event.preventDefault();
            table.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus();
          }}
        />
        <span className={styles['count']} role="status">
          {search === '' ? t('count', { count }) : t('found', { found: lines.length, count })}
        </span>
        <span className={styles['actions']}>
          <Button
            variant="default"
            leftSection={<IconStethoscope size={14} aria-hidden="true" />}
            renderRoot={props => <RouterLink to="/partners/doctor" {...props} />}
          >
            {t('doctor')}
          </Button>
          <Button
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            renderRoot={props => <RouterLink to="/partners/connect" search={{ way: 'register' }} {...props} />}
          >
            {t('connect')}
          </Button>
        </span>
      </Toolbar>
      {lines.length === 0 ? (
        <EmptyState
          title={t('nothingFound', { search })}
          text=""
          actions={
            <Button variant="default" onClick={() => find('')}>
              {t('clearSearch')}
            </Button>
          }
        />
      ) : (
        <PartnerTable lines={lines} ref={table} />
      )}
    </>
  );
}

function NoPartners() {
  const t = useTexts('partners');
  return (
    <EmptyState
      title={t('emptyTitle')}
      text={t('emptyText')}
      actions={
        <>
          <Button renderRoot={props => <RouterLink to="/start" {...props} />}>{t('emptyStart')}</Button>
          <Button
            variant="default"
            renderRoot={props => <RouterLink to="/partners/connect" search={{ way: 'register' }} {...props} />}
          >
            {t('connect')}
          </Button>
        </>
      }
    />
  );
}
