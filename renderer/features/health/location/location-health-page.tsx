import { Button, SegmentedControl } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { failureOf } from '../../../bridge/failure.ts';
import { useLinks } from '../../../bridge/queries.ts';
import { StatusMark } from '../../../evse/status-mark.tsx';
import { byUrgency } from '../../../evse/status-shape.ts';
import { ProductionSign } from '../../../links/production.tsx';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { View } from '../../../ui/view.tsx';
import { AvailabilityBar } from '../availability-bar.tsx';
import area from '../health.module.css';
import { partyOf } from '../location-address.ts';
import { LocationHealthSearch, SPANS, type Span } from '../search.ts';
import { useLocationHealth } from '../use-health.ts';
import { shownOf } from './bands.ts';
import styles from './location-health.module.css';
import { SpanTable } from './span-table.tsx';
import { Timelines } from './timelines.tsx';

const NOW_MS = 30_000;

export interface LocationHealthPageProps {
  readonly link: string;
  /** As it stands in the address. */
  readonly party: string;
  readonly id: string;
  readonly search: LocationHealthSearch;
}

/** What the EVSEs of one location said over time, and how much of it they could be used. */
export function LocationHealthPage({ link, party: segment, id, search }: LocationHealthPageProps) {
  const t = useTexts('health');
  const language = useLanguage();
  const numbers = new Intl.NumberFormat(language);
  const go = useNavigate();
  const now = useNow(NOW_MS);
  const party = partyOf(segment);
  const hours: Span = search.hours ?? 24;
  const { data, error, refetch } = useLocationHealth({ link, id, ...(party !== undefined && { party }) }, hours);
  const isProduction = useLinks().data?.some(({ name, environment }) => name === link && environment === 'production');
  const show = (change: LocationHealthSearch) =>
    void go({
      to: '/health/locations/$link/$party/$id',
      params: { link, party: segment, id },
      search: { ...search, ...change },
      replace: true,
    });
  const back = { to: '/health', search: { tab: 'locations' } } as const;
  if (data === undefined) {
    if (error === null) return <Loading text={t('loadingLocation')} />;
    return (
      <View title={t('title')}>
        <div className={area['message']}>
          <FailureNote failure={failureOf(error)} onRetry={() => void refetch()} />
          <Link {...back}>{t('backToLocations')}</Link>
        </div>
      </View>
    );
  }
  const shown = shownOf(data.timelines, hours, now);
  return (
    <View>
      <header className={area['head']}>
        <Link {...back} className={area['back'] ?? ''} aria-label={t('backToLocations')} title={t('backToLocations')}>
          <IconArrowLeft size={16} aria-hidden />
        </Link>
        <h1 className={area['title']}>{data.name === '' ? id : data.name}</h1>
        <Mono>{id}</Mono>
        {data.party !== '' && <Mono>{data.party}</Mono>}
        <Link to="/health/links/$name" params={{ name: link }}>
          {link}
        </Link>
        {isProduction === true && <ProductionSign />}
        <span className={area['actions']}>
          <Link to="/locations/$link/$id" params={{ link, id }} search={party === undefined ? {} : { party }}>
            {t('toLocation')}
          </Link>
          {data.notices > 0 && (
            <Link to="/health" search={{ tab: 'notices', link }}>
              {t('notices', { count: data.notices, number: numbers.format(data.notices) })}
            </Link>
          )}
        </span>
      </header>
      <div className={styles['bar']}>
        <span className={styles['fact']}>
          <span className={area['dim']}>{t('availability')}</span>
          <AvailabilityBar share={data.availability} language={language} unknown={t('unknown')} />
        </span>
        <ul className={styles['statuses']} aria-label={t('column-statuses')}>
          {byUrgency(data.statuses).map(([status, count]) => (
            <li key={status}>
              <StatusMark status={status} />
              <span aria-hidden>{status}</span> <b>{numbers.format(count)}</b>
            </li>
          ))}
        </ul>
        <span className={area['actions']}>
          <SegmentedControl
            aria-label={t('span')}
            value={String(hours)}
            onChange={value => show(LocationHealthSearch.pick({ hours: true }).parse({ hours: Number(value) }))}
            data={SPANS.map(span => ({ value: String(span), label: t(`span-${span}`) }))}
          />
          <SegmentedControl
            aria-label={t('shownAs')}
            value={search.as ?? 'bands'}
            onChange={value => show({ as: value === 'table' ? 'table' : undefined })}
            data={(['bands', 'table'] as const).map(value => ({ value, label: t(`as-${value}`) }))}
          />
        </span>
      </div>
      {error !== null && (
        <div className={area['message']}>
          <FailureNote failure={failureOf(error)} onRetry={() => void refetch()} />
        </div>
      )}
      <div className={area['scroll']}>
        {data.timelines.length === 0 ? (
          <EmptyState
            title={t('noEvsesTitle')}
            text={t('noEvsesText')}
            actions={
              <Button
                variant="default"
                renderRoot={props => <Link to="/locations/$link/$id" params={{ link, id }} {...props} />}
              >
                {t('toLocation')}
              </Button>
            }
          />
        ) : search.as === 'table' ? (
          <SpanTable timelines={data.timelines} />
        ) : (
          <Timelines timelines={data.timelines} shown={shown} />
        )}
        <p className={styles['meaning']}>{t('availabilityMeaning')}</p>
      </div>
    </View>
  );
}
