import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { operationWords } from '../../../exchange/operation-words.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import type { PartProps } from '../faults-page.tsx';
import { occasionWords, scopeWords } from '../rule-words.ts';
import styles from './suggest.module.css';

/** What the core makes of an exchange: the same for as long as it is looked at. */
export function useSuggestions(exchangeId: number | undefined) {
  const client = useClient();
  return useQuery({
    queryKey: ['fault suggestions', exchangeId],
    queryFn: ({ signal }) => client.faults.suggest({ exchangeId: exchangeId ?? 0 }, { signal }),
    enabled: exchangeId !== undefined,
  });
}

/** "Make a fault like this": rules that would make an exchange like that one, best first. */
export function Suggestions({ kinds, to, exchangeId }: PartProps & { readonly exchangeId: number }) {
  const t = useTexts('faults');
  const operation = operationWords(useTexts('traffic'));
  const suggested = useSuggestions(exchangeId);
  if (suggested.error !== null) {
    return (
      <div className={styles['message']}>
        <FailureNote failure={failureOf(suggested.error)} onRetry={() => void suggested.refetch()} />
      </div>
    );
  }
  if (suggested.data === undefined) return <Loading text={t('loading')} />;
  if (suggested.data.length === 0) {
    return (
      <EmptyState
        title={t('nothingLikeTitle', { id: exchangeId })}
        text={t('nothingLikeText')}
        actions={
          <>
            <Button onClick={() => to({ tab: 'catalogue' })}>{t('toCatalogue')}</Button>
            <Link to="/traffic" search={{ exchange: exchangeId }}>
              {t('showExchange', { id: exchangeId })}
            </Link>
          </>
        }
      />
    );
  }
  return (
    <section className={styles['suggestions']} aria-label={t('likeTitle', { id: exchangeId })}>
      <h2 className={styles['title']}>{t('likeTitle', { id: exchangeId })}</h2>
      <p className={styles['hint']}>
        {t('likeText')}{' '}
        <Link to="/traffic" search={{ exchange: exchangeId }}>
          {t('showExchange', { id: exchangeId })}
        </Link>
      </p>
      <ol className={styles['list']}>
        {suggested.data.map((rule, at) => {
          const kind = kinds.find(one => one.kind === rule.kind);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list stays as it came.
            <li key={at} className={styles['card']}>
              <div className={styles['text']}>
                <strong lang="en">{kind?.title ?? rule.kind}</strong>
                <p lang="en">{kind?.explain}</p>
                <p className={styles['hint']}>
                  {scopeWords(rule.scope, { t, operation })} · {occasionWords(rule.when, t)}
                </p>
              </div>
              <Button
                variant={at === 0 ? 'filled' : 'default'}
                onClick={() => to({ exchange: exchangeId, take: at + 1 })}
                aria-label={t('takeNamed', { kind: kind?.title ?? rule.kind })}
              >
                {t('take')}
              </Button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
