import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFocusCentered } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { MapMark, ObjectConditions } from '../../../../core/contract/objects.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { type MapPlace, parsePlace, printPlace } from '../search.ts';
import styles from './map.module.css';
import { type Bounds, type MapSeen, MapView } from './map-view.ts';

export interface LocationMapProps {
  readonly conditions: ObjectConditions;
  /** How many fit them, wherever they are; undefined where that is not known. */
  readonly fitting: number | undefined;
  /** As in the address: where the map stands. */
  readonly at: string | undefined;
  readonly selected: readonly [number, number] | undefined;
  readonly onMoved: (at: string, bounds: Bounds) => void;
  readonly onChoose: (mark: MapMark) => void;
  readonly onHeap: () => void;
}

const WORLD: Bounds = [-90, -180, 90, 180];

/** The map on its own chunk: it comes with the outlines of the world. */
export function LocationMap({ conditions, fitting, at, selected, onMoved, onChoose, onHeap }: LocationMapProps) {
  const t = useTexts('locations');
  const client = useClient();
  const language = useLanguage();
  const element = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<MapView>();
  const [seen, setSeen] = useState<MapSeen>();
  const given = useRef(at);
  const numbers = useMemo(() => new Intl.NumberFormat(language), [language]);
  const short = useMemo(
    () => new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }),
    [language],
  );

  const tellSeen = useEffectEvent((now: MapSeen) => {
    setSeen(now);
    onMoved(printPlace(now.place), now.bounds);
  });
  const choose = useEffectEvent((mark: MapMark) => onChoose(mark));
  const heap = useEffectEvent(() => onHeap());
  const nameOf = useEffectEvent((mark: MapMark) => {
    const status = mark.status ?? t('noStatus');
    if (mark.count === 1) return t('markOne', { id: mark.id ?? '', link: mark.link ?? '', status });
    return t('markMany', { number: numbers.format(mark.count), status });
  });
  const countText = useEffectEvent((count: number) => (count < 10_000 ? String(count) : short.format(count)));
  const labels = useEffectEvent(() => ({ label: t('map'), zoomIn: t('zoomIn'), zoomOut: t('zoomOut') }));

  useEffect(() => {
    if (element.current === null) return;
    const made = new MapView({
      element: element.current,
      place: parsePlace(given.current),
      texts: { ...labels(), mark: mark => nameOf(mark), count: count => countText(count) },
      onSeen: now => tellSeen(now),
      onChoose: mark => choose(mark),
      onHeap: () => heap(),
    });
    setView(made);
    return () => {
      setView(undefined);
      made.close();
    };
  }, []);

  const everything = useQuery({
    queryKey: [...keys.objects(undefined, 'locations'), 'extent', conditions],
    queryFn: ({ signal }) => client.objects.map({ ...conditions, bounds: WORLD, zoom: 1 }, { signal }),
    placeholderData: keepPreviousData,
  });
  const drawn = useQuery({
    queryKey: [...keys.objects(undefined, 'locations'), 'map', conditions, seen],
    // Where the address does not say where to stand, what there is does: nothing is drawn before that is known.
    enabled: seen !== undefined && (given.current !== undefined || everything.isFetched),
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const { bounds, place } = seen ?? NOWHERE;
      return client.objects.map({ ...conditions, bounds, zoom: Math.floor(place.zoom) }, { signal });
    },
  });

  const marks = drawn.data?.marks;
  useEffect(() => {
    if (view !== undefined && marks !== undefined) view.setMarks(marks);
  }, [view, marks]);
  const [latitude, longitude] = selected ?? [];
  useEffect(() => {
    if (view === undefined) return;
    const position = latitude === undefined || longitude === undefined ? undefined : ([latitude, longitude] as const);
    view.setSelected(position);
    if (position !== undefined) view.show(position);
  }, [view, latitude, longitude]);

  const extent = useMemo(() => extentOf(everything.data?.marks ?? []), [everything.data]);
  // Once, where the address does not say where to stand; and when a filter leaves nothing of what is in view.
  const fitted = useRef(at !== undefined);
  const lost =
    !drawn.isPlaceholderData && !everything.isPlaceholderData && drawn.data?.total === 0 && extent !== undefined;
  useEffect(() => {
    if (view === undefined || extent === undefined || (fitted.current && !lost)) return;
    fitted.current = true;
    view.fit(extent);
  }, [view, extent, lost]);

  const failed = drawn.error ?? everything.error;
  const behind = drawn.data?.behind ?? 0;
  const settled = behind === 0 && !everything.isPlaceholderData && everything.data !== undefined;
  const nowhere = settled && fitting !== undefined ? fitting - everything.data.total : 0;
  return (
    <div className={styles['frame']}>
      <div ref={element} className={styles['map']} />
      <div className={styles['told']} role="status">
        {drawn.data === undefined
          ? t('mapLoading')
          : t('inView', { count: drawn.data.total, number: numbers.format(drawn.data.total) })}
        {nowhere > 0 && ` · ${t('nowhere', { count: nowhere, number: numbers.format(nowhere) })}`}
        {behind > 0 && ` · ${t('notOnMap', { count: behind, number: numbers.format(behind) })}`}
      </div>
      <div className={styles['tools']}>
        <Tooltip label={t('fit')}>
          <ActionIcon
            variant="default"
            aria-label={t('fit')}
            disabled={extent === undefined}
            onClick={() => {
              if (extent !== undefined) view?.fit(extent);
            }}
          >
            <IconFocusCentered size={15} />
          </ActionIcon>
        </Tooltip>
      </div>
      {failed !== null && drawn.data === undefined && (
        <FailureNote failure={failureOf(failed)} onRetry={() => void drawn.refetch()} />
      )}
    </div>
  );
}

const NOWHERE: { readonly bounds: Bounds; readonly place: MapPlace } = {
  bounds: WORLD,
  place: { zoom: 1, latitude: 0, longitude: 0 },
};

/** Around everything that is marked; undefined where nothing is. */
function extentOf(marks: readonly MapMark[]): Bounds | undefined {
  if (marks.length === 0) return undefined;
  const all = marks.map(
    ({ extent, latitude, longitude }): Bounds => extent ?? [latitude, longitude, latitude, longitude],
  );
  return [
    Math.min(...all.map(([south]) => south)),
    Math.min(...all.map(([, west]) => west)),
    Math.max(...all.map(([, , north]) => north)),
    Math.max(...all.map(([, , , east]) => east)),
  ];
}
