import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent } from 'react';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';
import { useLinks } from '../../../bridge/queries.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { JsonView } from '../../../ui/editor/json-view.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { SplitPane } from '../../../ui/split-pane.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { View } from '../../../ui/view.tsx';
import { lastBrowse } from '../last-browse.ts';
import type { LocationSearch } from '../search.ts';
import { commandTarget } from './command-target.ts';
import styles from './detail.module.css';
import { Evses } from './evses.tsx';
import { Facts } from './facts.tsx';
import { Findings } from './findings.tsx';
import { LocationHead } from './location-head.tsx';
import { LocationHistory } from './location-history.tsx';
import { OpeningHours } from './opening-hours.tsx';
import { Tariffs } from './tariffs.tsx';

export interface LocationPageProps {
  readonly link: string;
  readonly id: string;
  readonly search: LocationSearch;
}

/** A small window, or a usual one at 200 %. */
const SMALL = '(max-width: 820px)';

export function LocationPage({ link, id, search }: LocationPageProps) {
  const t = useTexts('locations');
  const client = useClient();
  const go = useNavigate();
  const links = useLinks();
  const small = useMediaQuery(SMALL, false, { getInitialValueInEffect: false });
  const onSearch = (change: LocationSearch) =>
    void go({ to: '/locations/$link/$id', params: { link, id }, search: { ...search, ...change }, replace: true });
  const name = {
    name: link,
    module: 'locations' as const,
    id,
    ...(search.party !== undefined && search.party !== '' && { party: search.party }),
  };
  const key = [...keys.objects(link, 'locations'), 'location', id, search.party ?? ''];
  const stored = useQuery({
    queryKey: key,
    retry: false,
    queryFn: ({ signal }) => client.objects.get(name, { signal }),
  });
  const text = useQuery({
    queryKey: [...key, 'text'],
    queryFn: ({ signal }) => client.objects.text(name, { signal }),
    enabled: stored.data !== undefined,
  });

  const back = useEffectEvent(() => void go({ to: '/locations', search: lastBrowse() }));
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof Element && event.target.closest('input, textarea, [role=dialog], .cm-editor');
      if (event.key === 'Escape' && !event.defaultPrevented && !typing) back();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  if (stored.data === undefined) {
    return stored.error === null ? (
      <Loading text={t('loading')} />
    ) : (
      <FailureNote failure={failureOf(stored.error)} onRetry={() => void stored.refetch()} />
    );
  }
  const { object, findings, version, party, revision } = stored.data;
  const partner = links.data?.find(one => one.name === link);
  const production = partner?.environment === 'production';
  const target = commandTarget(partner, { id: stored.data.id, party });
  const tab = small ? (search.tab ?? 'overview') : search.tab === 'overview' ? 'json' : (search.tab ?? 'json');
  const left = (
    <div className={styles['facts']}>
      <Evses location={object} target={target} />
      <Tariffs location={object} link={link} party={party} />
      <OpeningHours location={object} />
      <Facts location={object} />
    </div>
  );
  const right = (
    <Tabs
      label={t('more')}
      tabs={[
        ...(small ? [{ id: 'overview' as const, label: t('tabOverview') }] : []),
        { id: 'json' as const, label: t('tabJson') },
        { id: 'findings' as const, label: t('tabFindings'), ...(findings.length > 0 && { badge: findings.length }) },
        { id: 'history' as const, label: t('tabHistory'), ...(revision > 1 && { badge: revision }) },
      ]}
      value={tab}
      onChange={next => onSearch({ tab: next })}
    >
      {tab === 'overview' && left}
      {tab === 'json' && (
        <div className={styles['json']}>
          {text.data !== undefined && (
            <JsonView
              text={text.data.text}
              label={t('jsonOf', { id })}
              height="100%"
              marks={findings.map(({ pointer, severity, code, expected }) => ({
                pointer,
                severity,
                message: `${code}: ${expected}`,
              }))}
            />
          )}
          {text.error !== null && <FailureNote failure={failureOf(text.error)} />}
        </div>
      )}
      {tab === 'findings' && <Findings findings={findings} version={version} />}
      {tab === 'history' && (
        <LocationHistory
          name={name}
          queryKey={key}
          compare={search.compare}
          onCompare={compare => onSearch({ compare })}
        />
      )}
    </Tabs>
  );
  return (
    <View>
      <LocationHead stored={stored.data} production={production} onBack={() => back()} />
      {small ? (
        <div className={styles['right']}>{right}</div>
      ) : (
        <SplitPane
          left={left}
          right={<div className={styles['right']}>{right}</div>}
          storageKey="location"
          initial={Math.max(460, Math.round(window.innerWidth * 0.42))}
          label={t('more')}
        />
      )}
    </View>
  );
}
