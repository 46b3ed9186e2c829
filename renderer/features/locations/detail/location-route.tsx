import { lazy, Suspense } from 'react';
import { useTexts } from '../../../texts/use-texts.ts';
import { Loading } from '../../../ui/loading.tsx';
import type { LocationPageProps } from './location-page.tsx';

const LocationPage = lazy(async () => ({ default: (await import('./location-page.tsx')).LocationPage }));

/** One location: its parts come on demand. */
export function LocationRoute(props: LocationPageProps) {
  const t = useTexts('locations');
  return (
    <Suspense fallback={<Loading text={t('loading')} />}>
      <LocationPage key={`${props.link} ${props.search.party ?? ''} ${props.id}`} {...props} />
    </Suspense>
  );
}
