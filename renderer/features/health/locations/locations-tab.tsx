import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { LocationHealth } from '../../../../core/contract/health.ts';
import { useLinks } from '../../../bridge/queries.ts';
import { productionNames } from '../../../links/production-names.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { VirtualTable } from '../../../ui/table/virtual-table.tsx';
import { Toolbar } from '../../../ui/toolbar.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { useSettled } from '../../../ui/use-settled.ts';
import { BehindNote } from '../behind-note.tsx';
import styles from '../health.module.css';
import { partySegment } from '../location-address.ts';
import { HealthSearch, SPANS, type Span } from '../search.ts';
import { type LocationsFilter, useLocationsHealth } from '../use-health.ts';
import { locationColumns } from './location-columns.tsx';

const NO_LINKS: never[] = [];
const NOW_MS = 30_000;
const TYPED_MS = 250;
const LONGEST_SEARCH = 100;
const ONLY = ['out-of-order', 'inoperative', 'stuck', 'notices'] as const;
const ORDERS = ['worst', 'availability', 'name'] as const;

export interface LocationsTabProps {
  readonly search: HealthSearch;
  readonly onShow: (change: HealthSearch, how: { readonly replace: boolean }) => void;
}

/** Every location that partners told of, the worst first. */
export function LocationsTab({ search, onShow }: LocationsTabProps) {
  const t = useTexts('health');
  const language = useLanguage();
  const numbers = new Intl.NumberFormat(language);
  const go = useNavigate();
  const now = useNow(NOW_MS);
  const links = useLinks().data ?? NO_LINKS;
  const { link, q, only } = search;
  const order = search.order ?? 'worst';
  const hours: Span = search.hours ?? 24;
  const filter: LocationsFilter = {
    hours,
    order,
    ...(link !== undefined && { link }),
    ...(q !== undefined && { search: q }),
    ...(only !== undefined && { only }),
  };
  const { counted, page, pageKey, resetKey, failed, onFailure, retry } = useLocationsHealth(filter);
  const columns = useMemo(
    () => locationColumns({ t, language, now, hours, production: productionNames(links), several: links.length > 1 }),
    [t, language, now, hours, links],
  );
  const { data } = counted;
  const narrowed = link !== undefined || q !== undefined || only !== undefined;
  const open = ({ link, party, id }: LocationHealth) =>
    void go({
      to: '/health/locations/$link/$party/$id',
      params: { link, party: partySegment(party), id },
      search: hours === 24 ? {} : { hours },
    });
  return (
    <>
      <Toolbar label={t('locationTools')}>
        <SearchField
          value={q ?? ''}
          onChange={text => onShow({ q: text === '' ? undefined : text }, { replace: true })}
        />
        <NativeSelect
          aria-label={t('ofLink')}
          value={link ?? ''}
          onChange={event => {
            const { value } = event.currentTarget;
            onShow({ link: value === '' ? undefined : value }, { replace: true });
          }}
          data={[{ value: '', label: t('allLinks') }, ...links.map(({ name }) => ({ value: name, label: name }))]}
        />
        <NativeSelect
          aria-label={t('only')}
          value={only ?? ''}
          onChange={event => {
            const { value } = event.currentTarget;
            onShow({ only: ONLY.find(one => one === value) }, { replace: true });
          }}
          data={[{ value: '', label: t('only-all') }, ...ONLY.map(value => ({ value, label: t(`only-${value}`) }))]}
        />
        <NativeSelect
          aria-label={t('order')}
          value={order}
          onChange={event => {
            const { value } = event.currentTarget;
            onShow(HealthSearch.pick({ order: true }).parse({ order: value }), { replace: true });
          }}
          data={ORDERS.map(value => ({ value, label: t(`order-${value}`) }))}
        />
        <SegmentedControl
          aria-label={t('span')}
          value={String(hours)}
          onChange={value =>
            onShow(HealthSearch.pick({ hours: true }).parse({ hours: Number(value) }), { replace: true })
          }
          data={SPANS.map(span => ({ value: String(span), label: t(`span-${span}`) }))}
        />
        <span className={styles['count']} role="status">
          {data !== undefined && t('locations', { count: data.count, number: numbers.format(data.count) })}
        </span>
      </Toolbar>
      <BehindNote behind={data?.behind ?? 0} />
      {failed !== undefined && (
        <div className={styles['message']}>
          <FailureNote failure={failed} onRetry={retry} />
        </div>
      )}
      <VirtualTable<LocationHealth>
        label={t('tab-locations')}
        columns={columns}
        count={data?.count}
        page={page}
        pageKey={pageKey}
        resetKey={resetKey}
        rowKey={({ link, party, id }) => `${link}/${party}/${id}`.toLowerCase()}
        rowHeight={30}
        onOpen={open}
        rowTone={({ outOfOrder, notices }) => (outOfOrder > 0 ? 'bad' : notices > 0 ? 'warn' : undefined)}
        onFailure={onFailure}
        emptyState={
          narrowed ? (
            <EmptyState
              title={t('nothingFitsTitle')}
              text={t('nothingFitsText')}
              actions={
                <Button
                  variant="default"
                  onClick={() => onShow({ link: undefined, q: undefined, only: undefined }, { replace: false })}
                >
                  {t('showAll')}
                </Button>
              }
            />
          ) : (
            <EmptyState
              title={t('noLocationsTitle')}
              text={t('noLocationsText')}
              actions={<Button renderRoot={props => <Link to="/locations" {...props} />}>{t('toLocations')}</Button>}
            />
          )
        }
      />
    </>
  );
}

interface SearchFieldProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** What is typed counts once typing has stopped for a moment. */
function SearchField({ value, onChange }: SearchFieldProps) {
  const t = useTexts('health');
  const [typed, setTyped] = useState(value);
  const settled = useSettled(typed, TYPED_MS);
  const told = useRef(value);
  const tell = useEffectEvent((text: string) => {
    if (text === told.current) return;
    told.current = text;
    onChange(text);
  });
  useEffect(() => tell(settled.trim()), [settled]);
  useEffect(() => {
    // Changed from outside (the way back, all of them again), not by what was typed here.
    if (value === told.current) return;
    told.current = value;
    setTyped(value);
  }, [value]);
  return (
    <TextInput
      className={styles['search'] ?? ''}
      aria-label={t('searchLocations')}
      placeholder={t('searchLocations')}
      leftSection={<IconSearch size={14} aria-hidden />}
      maxLength={LONGEST_SEARCH}
      value={typed}
      onChange={event => setTyped(event.currentTarget.value)}
      onKeyDown={event => {
        if (event.key === 'Escape') setTyped('');
      }}
    />
  );
}
