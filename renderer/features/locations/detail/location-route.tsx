import { lazy, Suspense } from 'react';
import { useTexts } from '../../../texts/use-texts.ts';
import styles from './detail.module.css';
import type { LocationPageProps } from './location-page.tsx';

const LocationPage = lazy(async () => ({ default: (await import('./location-page.tsx')).LocationPage }));

/** One location: its parts come on demand. */
export function LocationRoute(props: LocationPageProps) {
  const t = useTexts('locations');
  return (
    <Suspense
      fallback={
        <div className={styles['loading']} aria-busy>
          {t('loading')}
        </div>
      }
    >
      <LocationPage key={`${props.link} ${props.search.party ?? ''} ${props.id}`} {...props} />
    </Suspense>
  );
}
