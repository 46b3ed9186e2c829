import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { ReproducedRequest } from '../../../../core/contract/reproduction.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf, type ShownFailure } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { SplitPane } from '../../../ui/split-pane.tsx';
import { TableWaiting } from '../../../ui/table/table-waiting.tsx';
import { VirtualTable } from '../../../ui/table/virtual-table.tsx';
import styles from '../logs.module.css';
import reproducing from './reproduction.module.css';
import { requestColumns } from './request-columns.tsx';
import { RequestDetails } from './request-details.tsx';

export interface RequestTableProps {
  /** Of the reproduction. */
  readonly id: string;
  /** When it was asked for last: the requests are as old. */
  readonly at: number;
  readonly serving: boolean;
  /** Recorded exchanges stand in this database. */
  readonly stored: boolean;
}

/** Everything it was asked, newest first, and what it told unasked; one of them beside the table. */
export function RequestTable({ id, at, serving, stored }: RequestTableProps) {
  const t = useTexts('logs');
  const traffic = useTexts('traffic');
  const client = useClient();
  const [chosen, setChosen] = useState<ReproducedRequest>();
  const [failure, setFailure] = useState<ShownFailure>();
  const columns = useMemo(() => requestColumns(t, traffic), [t, traffic]);
  const counted = useQuery({
    queryKey: [...keys.logs, 'requests', id],
    queryFn: ({ signal }) => client.logs.reproductions.requests({ id, limit: 1 }, { signal }),
  });
  const failed = failure ?? (counted.error === null ? undefined : failureOf(counted.error));
  const table = (
    <div className={reproducing['side']}>
      {failed !== undefined && (
        <div className={styles['message']}>
          <FailureNote
            failure={failed}
            onRetry={() => {
              setFailure(undefined);
              void counted.refetch();
            }}
          />
        </div>
      )}
      <div className={reproducing['table']}>
        {counted.data === undefined && counted.error === null && <TableWaiting text={t('loading')} />}
        <VirtualTable<ReproducedRequest>
          label={t('requests')}
          columns={columns}
          count={counted.data?.count}
          page={async (offset, limit, signal) =>
            (await client.logs.reproductions.requests({ id, offset, limit }, { signal })).requests
          }
          pageKey={`${at} ${counted.dataUpdatedAt} ${failure === undefined}`}
          rowKey={({ no }) => no}
          {...(chosen !== undefined && { selected: chosen.no })}
          onSelect={setChosen}
          rowTone={({ differences, recordedId }) =>
            recordedId === null ? 'bad' : differences.length > 0 ? 'warn' : undefined
          }
          emptyState={<EmptyState title={t('noRequests')} text={t(serving ? 'noRequestsText' : 'noRequestsStopped')} />}
          onFailure={error => setFailure(failureOf(error))}
        />
      </div>
    </div>
  );
  return (
    <SplitPane
      left={table}
      right={chosen === undefined ? null : <RequestDetails request={chosen} stored={stored} />}
      storageKey="reproduced-request"
      initial={400}
      onClose={() => setChosen(undefined)}
      label={t('requestDetails')}
    />
  );
}
