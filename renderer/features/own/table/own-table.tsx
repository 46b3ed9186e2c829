import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { OwnObject } from '../../../../core/contract/own.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { TableWaiting } from '../../../ui/table/table-waiting.tsx';
import { useRoom } from '../../../ui/table/use-room.ts';
import { VirtualTable } from '../../../ui/table/virtual-table.tsx';
import { nameOf, printName } from '../kinds.ts';
import { listOf, type Narrowing, useListed } from '../use-counts.ts';
import { ownColumns } from './columns.tsx';
import styles from './own-table.module.css';

export interface OwnTableProps {
  readonly narrowing: Narrowing;
  readonly several: boolean;
  /** Names, as kinds.ts prints them. */
  readonly selected: readonly string[];
  readonly onSelected: (names: readonly string[]) => void;
  /** A row was clicked or reached by key. */
  readonly onReach: (name: string) => void;
  readonly onOpen: (name: string) => void;
  readonly emptyState: ReactNode;
}

export function OwnTable(props: OwnTableProps) {
  const { narrowing, several, selected, onSelected, onReach, onOpen, emptyState } = props;
  const { kind } = narrowing;
  const t = useTexts('own');
  const client = useClient();
  const listed = useListed(narrowing);
  const [failure, setFailure] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const frame = useRef<HTMLDivElement>(null);
  const room = useRoom(frame);
  const columns = useMemo(() => ownColumns({ t, kind, several, room }), [t, kind, several, room]);
  const input = listOf(narrowing);
  const key = JSON.stringify(input);
  const keyOf = (row: OwnObject) => printName(nameOf(kind, row));
  const failed = failure ?? listed.error ?? undefined;
  return (
    <div ref={frame} className={styles['frame']}>
      {failed !== undefined && (
        <div className={styles['failure']}>
          <FailureNote
            failure={failureOf(failed)}
            onRetry={() => {
              setFailure(undefined);
              setAttempt(attempt + 1);
              void listed.refetch();
            }}
          />
        </div>
      )}
      {listed.isPending && failed === undefined && <TableWaiting text={t('loading')} />}
      <VirtualTable<OwnObject>
        label={t(`kind-${kind.id}`)}
        columns={columns}
        count={listed.data}
        page={async (offset, limit, signal) => (await client.own.list({ ...input, offset, limit }, { signal })).objects}
        pageKey={`${key} ${listed.dataUpdatedAt} ${attempt}`}
        resetKey={key}
        rowKey={keyOf}
        multiSelect
        selected={selected}
        onSelection={names => onSelected(names.map(String))}
        onSelect={row => onReach(keyOf(row))}
        onOpen={row => onOpen(keyOf(row))}
        onFailure={setFailure}
        emptyState={failed === undefined ? emptyState : null}
      />
    </div>
  );
}
