import { type AnyRoute, createRoute } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTexts } from '../../texts/use-texts.ts';
import { Loading } from '../../ui/loading.tsx';
import { SendSearch } from './search.ts';

/** Brings the tables of three versions along: loaded when it is looked at. */
const SendPage = lazy(async () => ({ default: (await import('./send-page.tsx')).SendPage }));

/** `/send`. */
export function sendRoutes<Parent extends AnyRoute>(parent: Parent) {
  const send = createRoute({
    getParentRoute: () => parent,
    path: '/send',
    validateSearch: SendSearch,
    component: function Send() {
      const t = useTexts('send');
      return (
        <Suspense fallback={<Loading text={t('loading')} />}>
          <SendPage search={send.useSearch()} />
        </Suspense>
      );
    },
  });
  return [send] as const;
}
