import { Button } from '@mantine/core';
import { IconPlayerStop } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Reproduction } from '../../../../core/contract/reproduction.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Fact } from '../../../ui/fact.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { View } from '../../../ui/view.tsx';
import { AreaHead } from '../area-head.tsx';
import styles from '../logs.module.css';
import { useReproductions } from '../use-logs.ts';
import reproducing from './reproduction.module.css';
import { ReproductionChip } from './reproduction-chip.tsx';
import { RequestTable } from './request-table.tsx';

export interface ReproductionPageProps {
  readonly id: string;
  /** The number of the request whose details are open. */
  readonly request: number | undefined;
}

/** A server that answers as a recorded side did: where it is, how it is called, and what was asked of it. */
export function ReproductionPage({ id, request }: ReproductionPageProps) {
  const t = useTexts('logs');
  const { data, error, refetch, dataUpdatedAt } = useReproductions();
  const found = data?.find(one => one.id === id);
  if (found !== undefined) return <Shown reproduction={found} at={dataUpdatedAt} request={request} />;
  return (
    <View title={t('title')}>
      {data === undefined ? (
        error === null ? (
          <Loading text={t('loading')} />
        ) : (
          <div className={styles['message']}>
            <FailureNote failure={failureOf(error)} onRetry={() => void refetch()} />
          </div>
        )
      ) : (
        <EmptyState
          title={t('noReproduction')}
          text={t('noReproductionText')}
          actions={<Button renderRoot={props => <Link to="/logs" {...props} />}>{t('back')}</Button>}
        />
      )}
    </View>
  );
}

interface ShownProps {
  readonly reproduction: Reproduction;
  readonly at: number;
  readonly request: number | undefined;
}

function Shown({ reproduction, at, request }: ShownProps) {
  const t = useTexts('logs');
  const client = useClient();
  const queries = useQueryClient();
  const doing = useDoing();
  const numbers = new Intl.NumberFormat(useLanguage());
  const { id, name, link, as, state, versionsUrl, token, startedAt, notes } = reproduction;
  const serving = state === 'serving';
  const stop = async () => {
    await doing.run(() => client.logs.reproductions.stop({ id }));
    await queries.invalidateQueries({ queryKey: keys.logs });
  };
  const counts = [
    {
      id: 'asked',
      said: t('doneOf', { done: numbers.format(reproduction.asked), total: numbers.format(reproduction.known) }),
    },
    { id: 'unknown', said: numbers.format(reproduction.unknown), bad: reproduction.unknown > 0 },
    { id: 'different', said: numbers.format(reproduction.different), bad: reproduction.different > 0 },
    { id: 'callbacks', said: numbers.format(reproduction.callbacks) },
  ] as const;
  return (
    <View>
      <AreaHead
        title={link}
        beside={
          <>
            <ReproductionChip state={state} t={t} />
            <span className={styles['dim']}>{t(`asOf-${as}`, { name })}</span>
          </>
        }
        actions={
          serving && (
            <Button
              variant="default"
              color="red"
              loading={doing.busy}
              leftSection={<IconPlayerStop size={13} aria-hidden />}
              onClick={() => void stop()}
            >
              {t('stop')}
            </Button>
          )
        }
      />
      <section className={reproducing['where']} aria-label={t('howToCall')}>
        <p className={reproducing['lead']}>{t(serving ? 'howToCallText' : 'stoppedText')}</p>
        <dl className={styles['facts']}>
          <Fact label={t('versionsUrl')}>
            <Mono wrap>{versionsUrl}</Mono>
            <CopyButton text={versionsUrl} label={t('copyVersionsUrl')} />
          </Fact>
          <Fact label={t('token')}>
            <Mono wrap>{token}</Mono>
            <CopyButton text={token} label={t('copyToken')} />
            <span className={styles['dim']}>{t('tokenHint')}</span>
          </Fact>
          <Fact label={t('columnStarted')}>
            <TimeText at={startedAt} />
          </Fact>
        </dl>
        <div role="status">
          <dl className={reproducing['counts']}>
            {counts.map(({ id, said, ...more }) => (
              <div key={id}>
                <dt>{t(`count-${id}`)}</dt>
                <dd className={'bad' in more && more.bad ? reproducing['bad'] : undefined}>{said}</dd>
              </div>
            ))}
          </dl>
        </div>
        {notes.length > 0 && (
          <ul className={reproducing['notes']} lang="en">
            {notes.map(note => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
        {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
      </section>
      <RequestTable id={id} at={at} serving={serving} stored={reproduction.logId !== undefined} chosen={request} />
    </View>
  );
}
