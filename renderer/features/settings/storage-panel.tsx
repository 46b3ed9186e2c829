import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Pruned, StorageStats } from '../../../core/contract/storage.ts';
import { useClient } from '../../bridge/client.ts';
import { failureOf } from '../../bridge/failure.ts';
import { keys } from '../../bridge/keys.ts';
import { useDoing } from '../../bridge/use-doing.ts';
import { useSteps } from '../../bridge/use-steps.ts';
import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import { useConfirm } from '../../ui/confirm.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Mono } from '../../ui/mono.tsx';
import { Panel } from '../../ui/panel.tsx';
import { bytesText } from '../../ui/time-format.ts';
import { TimeText } from '../../ui/time-text.tsx';
import { BackupForm } from './backup-form.tsx';
import { Pruning } from './pruning.tsx';
import { draftOf, isSame, isTighter, type RetentionDraft, readRetention } from './retention-draft.ts';
import { RetentionFields } from './retention-fields.tsx';
import styles from './settings.module.css';

/** While it is looked at. */
const LOOKED_EVERY_MS = 30_000;
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
    staleTime: LOOKED_EVERY_MS,
    refetchInterval: LOOKED_EVERY_MS,
  });
  return (
    <Panel title={t('storage')}>
      {error !== null && <FailureNote failure={failureOf(error)} onRetry={() => void refetch()} />}
      {stats !== undefined && <Storage stats={stats} />}
    </Panel>
  );
}

function Storage({ stats }: { readonly stats: StorageStats }) {
  const t = useTexts('settings');
  const client = useClient();
  const queries = useQueryClient();
  const numbers = new Intl.NumberFormat(useLanguage());
  const confirm = useConfirm();
  const { busy, failure, run } = useDoing();
  // Nothing: what is set, wherever it was.
  const [typed, setTyped] = useState<RetentionDraft>();
  const draft = typed ?? draftOf(stats.retention);
  const pruning = useSteps<Pruned>();
  const isPruning = pruning.state.step === 'running';
  const { exchanges, due, lastPruned, prunesFrom } = stats;
  const wanted = readRetention(draft);
  const again = () => queries.invalidateQueries({ queryKey: STATS });

  const save = async () => {
    if (wanted === undefined) return;
    const tighter = isTighter(wanted, stats.retention);
    const asked = { title: t('tightenTitle'), text: t('tightenText'), action: t('tighten'), danger: true };
    if (tighter && !(await confirm(asked))) return;
    await run(async () => {
      await client.storage.setRetention(wanted);
      await again();
      // What was typed meanwhile stays.
      setTyped(now => (now === typed ? undefined : now));
    });
  };
  const prune = async () => {
    const text = t('pruneText', { due: numbers.format(due), total: numbers.format(exchanges.count) });
    if (!(await confirm({ title: t('pruneTitle'), text, action: t('prune'), danger: true }))) return;
    await pruning.begin(signal => client.storage.prune({ confirmed: true }, { signal }));
    // Also what went until it was stopped, or failed.
    await again();
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
          <Mono>{numbers.format(exchanges.count)}</Mono>
        </dd>
        <dt>{t('storagePinned')}</dt>
        <dd>
          <Mono>{numbers.format(exchanges.pinned)}</Mono>
        </dd>
        <dt>{t('storageDue')}</dt>
        <dd>
          <Mono>{numbers.format(due)}</Mono>
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
      <RetentionFields draft={draft} onDraft={setTyped} />
      <div className={styles['buttons']}>
        <Button
          variant="default"
          disabled={busy || isPruning || wanted === undefined || isSame(wanted, stats.retention)}
          onClick={() => void save()}
        >
          {t('save')}
        </Button>
        {!isPruning && (
          <Button variant="default" color="red" disabled={busy || due === 0} onClick={() => void prune()}>
            {t('prune')}
          </Button>
        )}
      </div>
      <Pruning state={pruning.state} onStop={pruning.stop} />
      <BackupForm database={stats.file} diskFree={stats.diskFree} />
    </>
  );
}
