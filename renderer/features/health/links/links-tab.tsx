import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { failureOf } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { BehindNote } from '../behind-note.tsx';
import styles from '../health.module.css';
import { useLinksHealth } from '../use-health.ts';
import { LinkTable } from './link-table.tsx';

/** All links, those with trouble first. */
export function LinksTab() {
  const t = useTexts('health');
  const links = useLinksHealth();
  if (links.data === undefined) {
    return links.error === null ? (
      <Loading text={t('loading')} />
    ) : (
      <div className={styles['message']}>
        <FailureNote failure={failureOf(links.error)} onRetry={() => void links.refetch()} />
      </div>
    );
  }
  if (links.data.links.length === 0) {
    return (
      <EmptyState
        title={t('noLinksTitle')}
        text={t('noLinksText')}
        actions={<Button renderRoot={props => <Link to="/start" {...props} />}>{t('toStart')}</Button>}
      />
    );
  }
  return (
    <>
      {links.error !== null && (
        <div className={styles['message']}>
          <FailureNote failure={failureOf(links.error)} onRetry={() => void links.refetch()} />
        </div>
      )}
      <BehindNote behind={links.data.behind} />
      <LinkTable links={links.data.links} />
    </>
  );
}
