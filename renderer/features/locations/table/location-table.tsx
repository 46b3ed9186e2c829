import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { ObjectConditions, ObjectLine } from '../../../../core/contract/objects.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { useRoom } from '../../../ui/table/use-room.ts';
import { VirtualTable } from '../../../ui/table/virtual-table.tsx';
import { type LocationName, nameKey } from '../search.ts';
import { locationColumns } from './columns.tsx';
import styles from './location-table.module.css';

export interface LocationTableProps {
  readonly conditions: ObjectConditions;
  readonly count: number | undefined;
  /** Grows when what is stored changed. */
  readonly version: number;
  readonly production: ReadonlySet<string>;
  /** Whether there are several links. */
  readonly several: boolean;
  readonly selected: LocationName | undefined;
  /** To be brought into view. */
  readonly reveal: { readonly index: number } | undefined;
  readonly onSelect: (line: ObjectLine) => void;
  readonly onOpen: (line: ObjectLine) => void;
  readonly emptyState: ReactNode;
}

export function LocationTable(props: LocationTableProps) {
  const { conditions, count, version, production, several, selected, reveal, onSelect, onOpen, emptyState } = props;
  const t = useTexts('locations');
  const client = useClient();
  const [failure, setFailure] = useState<unknown>();
  const key = JSON.stringify(conditions);
  const frame = useRef<HTMLDivElement>(null);
  const room = useRoom(frame);
  const [attempt, setAttempt] = useState(0);
  const columns = useMemo(
    () =>
      locationColumns({
        texts: {
          headers: {
            status: t('columnStatus'),
            id: t('columnId'),
            name: t('columnName'),
            address: t('columnAddress'),
            city: t('columnCity'),
            country: t('columnCountry'),
            party: t('columnParty'),
            link: t('columnLink'),
            findings: t('columnFindings'),
            updated: t('columnUpdated'),
            revision: t('columnRevision'),
          },
          vanished: t('vanished'),
          production: t('productionShort'),
          noEvses: t('noEvses'),
          noPosition: t('noPosition'),
        },
        production,
        several,
        room,
      }),
    [t, production, several, room],
  );
  return (
    <div ref={frame} className={styles['frame']}>
      {failure !== undefined && (
        <FailureNote
          failure={failureOf(failure)}
          onRetry={() => {
            setFailure(undefined);
            setAttempt(attempt + 1);
          }}
        />
      )}
      <VirtualTable<ObjectLine>
        label={t('title')}
        columns={columns}
        count={count}
        page={async (offset, limit, signal) => {
          const { lines } = await client.objects.lines({ ...conditions, offset, limit }, { signal });
          return lines;
        }}
        pageKey={`${key} ${version} ${attempt}`}
        resetKey={key}
        rowKey={nameKey}
        {...(selected !== undefined && { selected: nameKey(selected) })}
        reveal={reveal}
        onSelect={onSelect}
        onOpen={onOpen}
        rowTone={({ findings, vanished }) => (vanished ? 'plain' : findings.error > 0 ? 'bad' : undefined)}
        onFailure={setFailure}
        emptyState={emptyState}
      />
    </div>
  );
}
