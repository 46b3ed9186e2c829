import { lazy, Suspense } from 'react';
import { useTexts } from '../../../texts/use-texts.ts';
import type { LocationMapProps } from './location-map.tsx';
import styles from './map-pane.module.css';

const LocationMap = lazy(async () => ({ default: (await import('./location-map.tsx')).LocationMap }));

export function MapPane(props: LocationMapProps) {
  const t = useTexts('locations');
  return (
    <div className={styles['pane']}>
      <Suspense fallback={<div className={styles['waiting']}>{t('mapLoading')}</div>}>
        <LocationMap {...props} />
      </Suspense>
    </div>
  );
}
