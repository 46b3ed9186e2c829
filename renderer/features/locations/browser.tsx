import { Button, SegmentedControl, Switch } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { LinkView } from '../../../core/contract/links.ts';
import { useClient } from '../../bridge/client.ts';
import { useEvents } from '../../bridge/events.ts';
import { keys } from '../../bridge/keys.ts';
import { productionNames } from '../../links/production-names.ts';
import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { leaveBrowse } from './last-browse.ts';
import styles from './locations.module.css';
import { MapPane } from './map/map-pane.tsx';
import type { Bounds } from './map/map-view.ts';
import { type BrowseSearch, type LocationName, parseName, printName } from './search.ts';
import { SelectedCard } from './selected-card.tsx';
import { LocationTable } from './table/location-table.tsx';
import { useFilter } from './use-filter.ts';
import type { ListCounts } from './use-lists.ts';
import { useSelected } from './use-selected.ts';

export interface BrowserProps {
  readonly links: readonly LinkView[];
  readonly counts: ListCounts;
  readonly search: BrowseSearch;
  readonly onSearch: (change: Partial<BrowseSearch>, how: { readonly replace: boolean }) => void;
  readonly pulls: ReactNode;
  readonly pullButton: ReactNode;
}

/** A small window, or a usual one at 200 %. */
const SMALL = '(max-width: 820px)';

type View = 'table' | 'both' | 'map';

/** Table and map beside each other, narrowed by the same bar, with one selection. */
export function Browser({ links, counts, search, onSearch, pulls, pullButton }: BrowserProps) {
  const t = useTexts('locations');
  const client = useClient();
  const go = useNavigate();
  const numbers = new Intl.NumberFormat(useLanguage());
  const small = useMediaQuery(SMALL, false, { getInitialValueInEffect: false });
  const view: View = search.view ?? (small ? 'table' : 'both');
  const q = search.q ?? '';
  const names = useMemo(() => links.map(({ name }) => name), [links]);
  const production = useMemo(() => productionNames(links), [links]);
  const { kinds, conditions } = useFilter(q, names);
  const [bounds, setBounds] = useState<Bounds>();
  const inView = search.inview === true && view !== 'table' && bounds !== undefined;
  const listed = useMemo(
    () => (inView && bounds !== undefined ? { ...conditions, within: bounds } : conditions),
    [conditions, inView, bounds],
  );
  const version = useVersion();
  const count = useQuery({
    queryKey: [...keys.objects(undefined, 'locations'), 'count', listed],
    queryFn: ({ signal }) => client.objects.count(listed, { signal }),
    placeholderData: keepPreviousData,
  });
  const chosen = useMemo(() => parseName(search.sel), [search.sel]);
  const selected = useSelected(chosen);
  useEffect(() => leaveBrowse(search), [search]);
  const [reveal, setReveal] = useState<{ readonly index: number }>();
  const revealRow = async (name: LocationName) => {
    try {
      const { offset } = await client.objects.offset({ ...listed, object: name });
      if (offset !== null) setReveal({ index: offset });
    } catch {
      // Only a convenience: the mark is chosen all the same, and the table tells its own failures.
    }
  };
  const revealFirst = useEffectEvent(() => {
    if (chosen !== undefined) void revealRow(chosen);
  });
  const counted = count.data !== undefined;
  // On the way back from a location, and where an address names one.
  useEffect(() => {
    if (counted) revealFirst();
  }, [counted]);

  const choose = (name: LocationName) => onSearch({ sel: printName(name) }, { replace: true });
  const open = ({ link, id, party }: LocationName) =>
    void go({ to: '/locations/$link/$id', params: { link, id }, search: { party } });

  const table = (
    <div className={styles['side']}>
      <LocationTable
        conditions={listed}
        count={count.data?.count}
        version={version}
        production={production}
        several={links.length > 1}
        selected={chosen}
        reveal={reveal}
        onSelect={choose}
        onOpen={open}
        emptyState={
          <EmptyState
            title={t('nothingFits')}
            text={
              inView
                ? t('nothingInView')
                : t('nothingFitsText', {
                    count: counts.all('locations'),
                    total: numbers.format(counts.all('locations')),
                  })
            }
            actions={
              <Button
                variant="default"
                onClick={() => onSearch({ q: undefined, inview: undefined }, { replace: false })}
              >
                {t('clearFilter')}
              </Button>
            }
          />
        }
      />
    </div>
  );
  const map = (
    <div className={styles['side']}>
      <MapPane
        conditions={conditions}
        fitting={inView || count.isPlaceholderData ? undefined : count.data?.count}
        at={search.at}
        selected={selected.position}
        onMoved={(at, seen) => {
          setBounds(seen);
          if (at !== search.at) onSearch({ at }, { replace: true });
        }}
        onChoose={({ link = '', party = '', id = '' }) => {
          choose({ link, party, id });
          void revealRow({ link, party, id });
        }}
        onHeap={() => onSearch({ inview: true, view: 'both' }, { replace: false })}
      />
      {selected.object !== undefined && (
        <SelectedCard
          object={selected.object}
          production={production.has(selected.object.link)}
          onOpen={open}
          onClose={() => onSearch({ sel: undefined }, { replace: true })}
        />
      )}
    </div>
  );

  return (
    <>
      <Toolbar label={t('tools')}>
        <div className={styles['filter']}>
          <FilterBar
            value={q}
            tokens={kinds}
            placeholder={t('filterPlaceholder')}
            onChange={text => onSearch({ q: text === '' ? undefined : text }, { replace: true })}
          />
        </div>
        <span className={styles['count']} role="status">
          {count.data !== undefined &&
            t('counted', { count: count.data.count, number: numbers.format(count.data.count) })}
        </span>
        {view === 'both' && (
          <Switch
            label={t('onlyInView')}
            checked={search.inview === true}
            onChange={event => onSearch({ inview: event.currentTarget.checked || undefined }, { replace: true })}
          />
        )}
        <SegmentedControl
          aria-label={t('view')}
          value={view}
          onChange={value => onSearch({ view: value as View }, { replace: true })}
          data={[
            { value: 'table', label: t('viewTable') },
            { value: 'both', label: t('viewBoth') },
            { value: 'map', label: t('viewMap') },
          ]}
        />
        {pullButton}
      </Toolbar>
      {pulls}
      {view === 'both' ? (
        <SplitPane
          left={table}
          right={map}
          storageKey="locations"
          initial={Math.max(420, Math.round(window.innerWidth * 0.36))}
          label={t('map')}
        />
      ) : (
        <div className={styles['whole']}>{view === 'table' ? table : map}</div>
      )}
    </>
  );
}

const PAUSE_MS = 1000;

/** Grows when stored locations changed, at most once a second: a pull stores a page every few milliseconds. */
function useVersion(): number {
  const [version, setVersion] = useState(0);
  const [changed, setChanged] = useState(0);
  useEvents(({ objects, refetch }) => {
    if (refetch || objects.some(name => name.endsWith('/locations'))) setChanged(before => before + 1);
  });
  useEffect(() => {
    if (changed === version) return;
    const timer = setTimeout(() => setVersion(changed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [changed, version]);
  return version;
}
