import { type ReactNode, useMemo, useRef } from 'react';
import type { OwnObject } from '../../../../core/contract/own.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { TableWaiting } from '../../../ui/table/table-waiting.tsx';
import { useRoom } from '../../../ui/table/use-room.ts';
import { VirtualTable } from '../../../ui/table/virtual-table.tsx';
import { nameOf, type OwnKind, printName } from '../kinds.ts';
import type { Listed } from '../use-counts.ts';
import { ownColumns } from './columns.tsx';
import styles from './own-table.module.css';

export interface OwnTableProps {
  readonly kind: OwnKind;
  readonly listing: Listed;
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
  const { kind, listing, several, selected, onSelected, onReach, onOpen, emptyState } = props;
  const { counted, page, pageKey, resetKey, failed, onFailure, retry } = listing;
  const t = useTexts('own');
  const frame = useRef<HTMLDivElement>(null);
  const room = useRoom(frame);
  const columns = useMemo(() => ownColumns({ t, kind, several, room }), [t, kind, several, room]);
  const keyOf = (row: OwnObject) => printName(nameOf(kind, row));
  return (
    <div ref={frame} className={styles['frame']}>
      {failed !== undefined && (
        <div className={styles['failure']}>
          <FailureNote failure={failed} onRetry={retry} />
        </div>
      )}
      {counted.isPending && failed === undefined && <TableWaiting text={t('loading')} />}
      <VirtualTable<OwnObject>
        label={t(`kind-${kind.id}`)}
        columns={columns}
        count={counted.data?.count}
        page={page}
        pageKey={pageKey}
        resetKey={resetKey}
        rowKey={keyOf}
        multiSelect
        selected={selected}
        onSelection={names => onSelected(names.map(String))}
        onSelect={row => onReach(keyOf(row))}
        onOpen={row => onOpen(keyOf(row))}
        onFailure={onFailure}
        emptyState={failed === undefined ? emptyState : null}
      />
    </div>
  );
}
