import { Button } from '@mantine/core';
import { failureOf } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import type { PartProps } from '../faults-page.tsx';
import { HitList } from './hit-list.tsx';
import styles from './hits.module.css';
import { useAllHits } from './use-hits.ts';

/** Everything that was wrong on purpose, newest first. */
export function HitsTab({ desk, rules, to }: PartProps) {
  const t = useTexts('faults');
  const pieces = useAllHits(desk);
  const hits = pieces.data?.pages.flat();
  if (hits === undefined) {
    return pieces.error === null ? (
      <Loading text={t('loading')} />
    ) : (
      <div className={styles['message']}>
        <FailureNote failure={failureOf(pieces.error)} onRetry={() => void pieces.refetch()} />
      </div>
    );
  }
  if (hits.length === 0) {
    return (
      <EmptyState
        title={t('noHitsTitle')}
        text={t(rules.some(({ armed }) => armed) ? 'noHitsYet' : 'noHitsText')}
        actions={<Button onClick={() => to({})}>{t('toRules')}</Button>}
      />
    );
  }
  return (
    <div className={styles['tab']}>
      {desk.whose === 'partner' && <p className={styles['hint']}>{t('hitsOfPartner')}</p>}
      <HitList hits={hits} whose={desk.whose} />
      {pieces.hasNextPage && (
        <div className={styles['more']}>
          <Button variant="default" loading={pieces.isFetchingNextPage} onClick={() => void pieces.fetchNextPage()}>
            {t('olderHits')}
          </Button>
        </div>
      )}
    </div>
  );
}
