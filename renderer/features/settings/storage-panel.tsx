import { Button, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Pruned, StorageStats } from '../../../core/contract/storage.ts';
import { useClient } from '../../bridge/client.ts';
import { failureOf } from '../../bridge/failure.ts';
import { keys } from '../../bridge/keys.ts';
import { useDoing } from '../../bridge/use-doing.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useConfirm } from '../../ui/confirm.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Mono } from '../../ui/mono.tsx';
import { Panel } from '../../ui/panel.tsx';
import { bytesText } from '../../ui/time-format.ts';
import { TimeText } from '../../ui/time-text.tsx';
import styles from './settings.module.css';

/** A hundred years. */
const MOST_DAYS = 36_500;
const STATS = [...keys.platform, 'storage'];

/** How much is kept, for how long, and what may go. */
export function StoragePanel() {
  const t = useTexts('settings');
  const client = useClient();
  // Every page of the database is read for it: not with every exchange that is recorded.
  const {
    data: stats,
    error,
    refetch,
  } = useQuery({
    queryKey: STATS,
    queryFn: ({ signal }) => client.storage.stats(undefined, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Panel title={t('storage')}>
      {error !== null && <FailureNote failure={failureOf(error)} onRetry={() => void refetch()} />}
      {stats !== undefined && <Storage key={stats.retention.age ?? 0} stats={stats} />}
    </Panel>
  );
}

function Storage({ stats }: { readonly stats: StorageStats }) {
  const t = useTexts('settings');
  const client = useClient();
  const queries = useQueryClient();
  const confirm = useConfirm();
  const { busy, failure, run } = useDoing();
  const [age, setAge] = useState(String(stats.retention.age ?? ''));
  const { exchanges, due, lastPruned, prunesFrom } = stats;
  const wanted = age.trim() === '' ? null : Number(age);
  const isUsable = wanted === null || (wanted > 0 && wanted <= MOST_DAYS);
  const again = () => queries.invalidateQueries({ queryKey: STATS });

  const save = () =>
    run(async () => {
      await client.storage.setRetention({ age: wanted });
      await again();
    });
  const prune = async () => {
    const text = t('pruneText', { due, total: exchanges.count });
    if (!(await confirm({ title: t('pruneTitle'), text, action: t('prune'), danger: true }))) return;
    await run(async () => {
      let pruned: Pruned | undefined;
      for await (const step of await client.storage.prune({ confirmed: true })) {
        if (step.kind === 'pruned') pruned = step;
      }
      await again();
      return pruned;
    });
  };

  return (
    <>
      <dl className={styles['facts']}>
        <dt>{t('storageFiles')}</dt>
        <dd>
          <Mono>{bytesText(stats.bytes)}</Mono>
        </dd>
        <dt>{t('storageExchanges')}</dt>
        <dd>
          <Mono>{exchanges.count}</Mono>
        </dd>
        <dt>{t('storagePinned')}</dt>
        <dd>
          <Mono>{exchanges.pinned}</Mono>
        </dd>
        <dt>{t('storageDue')}</dt>
        <dd>
          <Mono>{due}</Mono>
        </dd>
        <dt>{t('lastPruned')}</dt>
        <dd>{lastPruned === null ? t('never') : <TimeText at={lastPruned.at} />}</dd>
        {prunesFrom !== null && (
          <>
            <dt>{t('prunesFrom')}</dt>
            <dd>
              <TimeText at={prunesFrom} />
            </dd>
          </>
        )}
      </dl>
      <p className={styles['hint']}>{t('storageHint')}</p>
      {failure !== undefined && <FailureNote failure={failure} />}
      <div className={styles['row']}>
        <TextInput
          label={t('keptDays')}
          description={t('keptDaysHint')}
          value={age}
          onChange={event => setAge(event.currentTarget.value)}
          inputMode="decimal"
          error={isUsable ? undefined : t('keptDaysRange')}
        />
        <Button
          variant="default"
          disabled={busy || !isUsable || wanted === stats.retention.age}
          onClick={() => void save()}
        >
          {t('save')}
        </Button>
        <Button variant="default" color="red" disabled={busy || due === 0} loading={busy} onClick={() => void prune()}>
          {t('prune')}
        </Button>
      </div>
    </>
  );
}
