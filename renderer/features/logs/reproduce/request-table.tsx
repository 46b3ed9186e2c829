import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ReproducedRequest } from '../../../../core/contract/reproduction.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';
import { usePages } from '../../../bridge/use-pages.ts';
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
import { useRequest } from './use-request.ts';

export interface RequestTableProps {
  /** Of the reproduction. */
  readonly id: string;
  /** When it was asked for last: the requests are as old. */
  readonly at: number;
  readonly serving: boolean;
  /** Recorded exchanges stand in this database. */
  readonly stored: boolean;
  /** The number of the request whose details are open, as the address has it. */
  readonly chosen: number | undefined;
}

/** Every request there is. */
const NONE = {};

/** Everything it was asked, newest first, and what it told unasked; one of them beside the table. */
export function RequestTable({ id, at, serving, stored, chosen }: RequestTableProps) {
  const t = useTexts('logs');
  const traffic = useTexts('traffic');
  const client = useClient();
  const go = useNavigate();
  const one = useRequest(id, chosen);
  const open = (request: number | undefined) =>
    void go({
      to: '/logs/reproductions/$reproduction',
      params: { reproduction: id },
      search: { request },
      // Rows that are gone through one after the other are one step back.
      replace: chosen !== undefined,
    });
  const columns = useMemo(() => requestColumns(t, traffic), [t, traffic]);
  const { counted, page, pageKey, failed, onFailure, retry } = usePages({
    key: [...keys.logs, 'requests', id],
    conditions: NONE,
    ask: async (place, signal) => {
      const { count, requests } = await client.logs.reproductions.requests({ id, ...place }, { signal });
      return { count, rows: requests };
    },
  });
  const missed = one.error === null ? failed : failureOf(one.error);
  const table = (
    <div className={reproducing['side']}>
      {missed !== undefined && (
        <div className={styles['message']}>
          <FailureNote
            failure={missed}
            onRetry={() => {
              retry();
              if (chosen !== undefined) void one.refetch();
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
          page={page}
          pageKey={`${at} ${pageKey}`}
          rowKey={({ no }) => no}
          {...(chosen !== undefined && { selected: chosen })}
          onSelect={row => {
            one.know(row);
            if (row.no !== chosen) open(row.no);
          }}
          rowTone={({ differences, recordedId }) =>
            recordedId === null ? 'bad' : differences.length > 0 ? 'warn' : undefined
          }
          emptyState={<EmptyState title={t('noRequests')} text={t(serving ? 'noRequestsText' : 'noRequestsStopped')} />}
          onFailure={onFailure}
        />
      </div>
    </div>
  );
  return (
    <SplitPane
      left={table}
      right={one.request === undefined ? null : <RequestDetails request={one.request} stored={stored} />}
      storageKey="reproduced-request"
      initial={400}
      onClose={() => open(undefined)}
      label={t('requestDetails')}
    />
  );
}
