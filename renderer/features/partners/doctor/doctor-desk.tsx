import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';
import { useRun } from '../../../bridge/queries.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { useExaminations } from '../runs/use-runs.ts';
import styles from './doctor-desk.module.css';
import { DoctorReport } from './doctor-report.tsx';

/** Examines one link, or everything; shows the last time it was done. */
export function DoctorDesk({ name }: { readonly name?: string }) {
  const t = useTexts('partners');
  const client = useClient();
  const queries = useQueryClient();
  const doing = useDoing();
  const runs = useExaminations(name).data;
  const [begun, setBegun] = useState<number>();
  const last = runs?.find(({ linkId }) => name !== undefined || linkId === undefined)?.id;
  const shown = begun ?? last;
  const examine = () =>
    void doing.run(async () => {
      const { runId } = await client.runs.doctor(name === undefined ? {} : { name });
      setBegun(runId);
      await queries.invalidateQueries({ queryKey: keys.runs });
    });
  if (runs === undefined) return null;
  return (
    <div className={styles['desk']}>
      <p className={styles['lead']}>{t(name === undefined ? 'doctors-lead' : 'doctors-leadLink')}</p>
      {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
      {shown === undefined ? (
        <EmptyState
          title={t('doctors-none')}
          text=""
          actions={
            <Button loading={doing.busy} onClick={examine}>
              {t(name === undefined ? 'doctors-examineAll' : 'doctors-examine')}
            </Button>
          }
        />
      ) : (
        <Report key={shown} runId={shown} busy={doing.busy} onExamine={examine} />
      )}
    </div>
  );
}

interface ReportProps {
  readonly runId: number;
  readonly busy: boolean;
  readonly onExamine: () => void;
}

function Report({ runId, busy, onExamine }: ReportProps) {
  const t = useTexts('partners');
  const client = useClient();
  const run = useRun(runId).data;
  if (run === undefined) return null;
  return (
    <DoctorReport
      run={run}
      actions={
        run.state === 'running' ? (
          <Button variant="default" onClick={() => void client.runs.cancel({ runId })}>
            {t('action-cancel')}
          </Button>
        ) : (
          <Button variant="default" loading={busy} onClick={onExamine}>
            {t('doctors-again')}
          </Button>
        )
      }
    />
  );
}
