import { Button } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReplayRun } from '../../../../core/contract/replay.ts';
import { useClient } from '../../../bridge/client.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { stillHere } from '../../../ui/still-here.ts';
import { useConfirmed } from '../use-confirmed.ts';
import styles from './run.module.css';

/** Once more as it was, or with something changed. */
export function RepeatButtons({ replay, production }: { readonly replay: ReplayRun; readonly production: boolean }) {
  const t = useTexts('replay');
  const client = useClient();
  const navigate = useNavigate();
  const confirmed = useConfirmed();
  const doing = useDoing();
  const { runId, to, options, steps } = replay;
  const repeat = async () => {
    // With other ids than before: the partner knows those of this one.
    const { seed: _, confirmed: __, ...rest } = options;
    const here = stillHere();
    const begun = await doing.run(() =>
      confirmed({ name: to, environment: production ? 'production' : 'test' }, steps, sure =>
        client.replays.start({ ...rest, ...(sure && { confirmed: true }) }),
      ),
    );
    if (begun !== undefined && here()) await navigate({ to: '/replay/$run', params: { run: String(begun.runId) } });
  };
  return (
    <>
      {doing.failure !== undefined && (
        <div className={styles['told']}>
          <FailureNote failure={doing.failure} />
        </div>
      )}
      <Button leftSection={<IconRepeat size={14} aria-hidden />} loading={doing.busy} onClick={() => void repeat()}>
        {t('repeat')}
      </Button>
      <Button
        variant="default"
        renderRoot={props => <Link to="/replay" search={{ source: `run:${runId}` }} {...props} />}
      >
        {t('repeatEdited')}
      </Button>
    </>
  );
}
