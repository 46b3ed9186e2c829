import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { LinkView } from '../../../core/contract/links.ts';
import { failureOf } from '../../bridge/failure.ts';
import { useLinks } from '../../bridge/queries.ts';
import { pullableLinks } from '../../links/pullable.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Loading } from '../../ui/loading.tsx';
import { View } from '../../ui/view.tsx';
import { Browser } from './browser.tsx';
import { PullDialog } from './pull/pull-dialog.tsx';
import { PullList } from './pull/pull-list.tsx';
import { usePulling } from './pull/use-pulling.ts';
import type { BrowseSearch } from './search.ts';
import { useLists } from './use-lists.ts';

export function LocationsPage({ search }: { readonly search: BrowseSearch }) {
  const t = useTexts('locations');
  const go = useNavigate();
  const links = useLinks();
  const counts = useLists();
  const [pulling, setPulling] = useState(false);
  if (links.data === undefined || !counts.known) {
    return links.error === null ? (
      <Loading text={t('loading')} />
    ) : (
      <FailureNote failure={failureOf(links.error)} onRetry={() => void links.refetch()} />
    );
  }
  const dialog = <PullDialog opened={pulling} links={links.data} counts={counts} onClose={() => setPulling(false)} />;
  if (counts.all('locations') === 0) {
    return (
      <View title={t('title')}>
        <PullList links={links.data} />
        <NothingYet links={links.data} onChoose={() => setPulling(true)} />
        {dialog}
      </View>
    );
  }
  return (
    <View title={t('title')}>
      <Browser
        links={links.data}
        counts={counts}
        search={search}
        onSearch={(change, { replace }) => void go({ to: '/locations', search: changed(search, change), replace })}
        pulls={<PullList links={links.data} />}
        pullButton={
          <Button leftSection={<IconDownload size={14} />} onClick={() => setPulling(true)}>
            {t('pullOpen')}
          </Button>
        }
      />
      {dialog}
    </View>
  );
}

/** From what the address says by then: the map may have moved on meanwhile. A link becomes part of the filter. */
function changed({ q }: BrowseSearch, change: Partial<BrowseSearch>) {
  return ({ link, ...before }: BrowseSearch): BrowseSearch => ({
    ...before,
    ...(link !== undefined && q !== undefined && { q }),
    ...change,
  });
}

interface NothingYetProps {
  readonly links: readonly LinkView[];
  readonly onChoose: () => void;
}

/** What this area is for, and the one thing that fills it. */
function NothingYet({ links, onChoose }: NothingYetProps) {
  const t = useTexts('locations');
  const { begin, beginning, refused } = usePulling();
  const pullable = pullableLinks(links, 'locations');
  const [only] = pullable;
  if (only === undefined) {
    return (
      <EmptyState
        title={t('emptyTitle')}
        text={links.length === 0 ? t('noPartnerText') : t('noRegisteredText')}
        actions={
          <Button component={Link} to={links.length === 0 ? '/' : '/partners'}>
            {links.length === 0 ? t('toStart') : t('toPartners')}
          </Button>
        }
      />
    );
  }
  const several = pullable.length > 1 || only.environment === 'production';
  return (
    <>
      <EmptyState
        title={t('emptyTitle')}
        text={several ? t('emptyTextSeveral') : t('emptyText', { link: only.name })}
        actions={
          <Button
            leftSection={<IconDownload size={14} />}
            loading={beginning}
            onClick={() => (several ? onChoose() : void begin([{ link: only.name, module: 'locations', full: false }]))}
          >
            {t('pullLocations')}
          </Button>
        }
      />
      {refused.map(({ link, failure }) => (
        <FailureNote key={link} failure={failure} />
      ))}
    </>
  );
}
