import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { failureOf } from '../../bridge/failure.ts';
import { usePlatform } from '../../bridge/queries.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Loading } from '../../ui/loading.tsx';
import { View } from '../../ui/view.tsx';
import { kindOf, kindsOf, type OwnKind, owningRoles } from './kinds.ts';
import { OwnBrowser } from './own-browser.tsx';
import type { OwnSearch } from './search.ts';

/** What our own parties have: served to partners that pull, edited here, and pushed from here. */
export function OwnPage({ search }: { readonly search: OwnSearch }) {
  const t = useTexts('own');
  const platform = usePlatform();
  if (platform.data === undefined) {
    return platform.error === null ? (
      <Loading text={t('loading')} />
    ) : (
      <View>
        <FailureNote failure={failureOf(platform.error)} onRetry={() => void platform.refetch()} />
      </View>
    );
  }
  const kinds = kindsOf(platform.data);
  const wanted = kindOf(search.kind);
  const [first] = kinds;
  const kind = wanted ?? first;
  if (kind === undefined || !kinds.includes(kind)) return <NotOurs kind={wanted} />;
  return <OwnBrowser key={kind.id} platform={platform.data} kinds={kinds} kind={kind} search={search} />;
}

/** None of our parties has a role in which it owns such objects. */
function NotOurs({ kind }: { readonly kind: OwnKind | undefined }) {
  const t = useTexts('own');
  return (
    <View title={t('title')}>
      <EmptyState
        title={t('notOursTitle')}
        text={
          kind === undefined
            ? t('notOursText')
            : t('notOursOf', { kind: t(`kind-${kind.id}`), roles: owningRoles(kind).join(', ') })
        }
        actions={
          <Button component={Link} to="/settings">
            {t('toSettings')}
          </Button>
        }
      />
    </View>
  );
}
