import { Button, CloseButton } from '@mantine/core';
import { useState } from 'react';
import type { Run, RunProgress } from '../../../../core/contract/run.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useRun } from '../../../bridge/queries.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { durationText } from '../../../ui/time-format.ts';
import { ProductionChip } from '../production-chip.tsx';
import { putAway } from './noted-pulls.ts';
import styles from './pull.module.css';
import { PullCounts, PullOutcome } from './pull-outcome.tsx';
import type { Pulled } from './pullable.ts';

export interface PullRowProps {
  readonly runId: number;
  readonly link: string;
  /** Not known of pulls that others began. */
  readonly module: Pulled | undefined;
  readonly production: boolean;
}

export function PullRow({ runId, link, module, production }: PullRowProps) {
  const t = useTexts('locations');
  const client = useClient();
  const run = useRun(runId);
  const [failure, setFailure] = useState<unknown>();
  const [cancelling, setCancelling] = useState(false);
  const cancel = async () => {
    setCancelling(true);
    try {
      await client.runs.cancel({ runId });
    } catch (error) {
      setCancelling(false);
      setFailure(error);
    }
  };
  const state = run.data?.state ?? 'running';
  return (
    <li className={styles['row']}>
      <div className={styles['line']}>
        <strong className={styles['what']}>
          {module === undefined ? t('pulling') : t(`module-${module}`)} · {link}
        </strong>
        {production && <ProductionChip />}
        {state === 'running' ? (
          <Progress progress={run.data?.progress} />
        ) : (
          <>
            <Chip tone={TONES[state]}>{t(`pull-${state}`)}</Chip>
            <PullCounts run={run.data} />
            {run.data !== undefined && (
              <PullOutcome run={run.data} link={link} {...(module !== undefined && { module })} />
            )}
          </>
        )}
        {state === 'running' ? (
          <Button variant="default" onClick={() => void cancel()} disabled={cancelling}>
            {cancelling ? t('cancelling') : t('cancel')}
          </Button>
        ) : (
          <CloseButton className={styles['away'] ?? ''} aria-label={t('putAway')} onClick={() => putAway(runId)} />
        )}
      </div>
      {failure !== undefined && <FailureNote failure={failureOf(failure)} />}
      {run.error !== null && run.data === undefined && <FailureNote failure={failureOf(run.error)} />}
    </li>
  );
}

const TONES = { done: 'ok', failed: 'bad', cancelled: 'plain', interrupted: 'warn' } as const satisfies Partial<
  Record<Run['state'], string>
>;

function Progress({ progress }: { readonly progress: RunProgress | undefined }) {
  const t = useTexts('locations');
  const numbers = new Intl.NumberFormat(useLanguage());
  const { objects = 0, total, rate = 0, secondsLeft, waiting, pages = 0 } = progress ?? {};
  const said = [
    total === undefined
      ? t('progressObjects', { number: numbers.format(objects) })
      : t('progressOf', { number: numbers.format(objects), total: numbers.format(total) }),
    t('progressPages', { count: pages, number: numbers.format(pages) }),
    ...(rate > 0 ? [t('progressRate', { rate: numbers.format(Math.round(rate)) })] : []),
    ...(secondsLeft === undefined ? [] : [t('progressLeft', { time: durationText(secondsLeft * 1000) })]),
    ...(waiting === undefined ? [] : [t('progressWaiting', { waiting })]),
  ];
  return (
    <>
      <progress
        className={styles['bar']}
        aria-label={t('progress')}
        {...(total !== undefined && total > 0 && { value: Math.min(objects, total), max: total })}
      />
      <span className={styles['said']}>{said.join(' · ')}</span>
    </>
  );
}
