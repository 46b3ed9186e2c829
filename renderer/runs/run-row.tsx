import { Button, CloseButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { Run, RunProgress } from '../../core/contract/run.ts';
import { useClient } from '../bridge/client.ts';
import { failureOf } from '../bridge/failure.ts';
import { useRun } from '../bridge/queries.ts';
import { ProductionChip } from '../links/production.tsx';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { Chip } from '../ui/chip.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { durationText } from '../ui/time-format.ts';
import styles from './runs.module.css';

/** Runs of one kind above what they change: those that go on, and what came of those begun here. */
export function RunList({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ul className={styles['list']} aria-label={label}>
      {children}
    </ul>
  );
}

type Ended = Exclude<Run['state'], 'running'>;

export interface RunRowProps {
  readonly runId: number;
  /** What is done, and with whom. */
  readonly title: string;
  /** The partner's platform is a live one. */
  readonly production: boolean;
  readonly stateWord: (state: Ended) => string;
  /** How much of what is done; its speed and the time that is left are said behind it. */
  readonly far: (progress: Partial<RunProgress>) => readonly string[];
  /** What it came to, beside its state, and below. */
  readonly counts: (run: Run | undefined) => ReactNode;
  readonly outcome: (run: Run) => ReactNode;
  readonly onAway: () => void;
}

const TONES = { done: 'ok', failed: 'bad', cancelled: 'plain', interrupted: 'warn' } as const satisfies Record<
  Ended,
  string
>;

/** One run as it goes, with a button that ends it; then what came of it, until it is put away. */
export function RunRow({ runId, title, production, stateWord, far, counts, outcome, onAway }: RunRowProps) {
  const t = useTexts('runs');
  const common = useTexts('common');
  const client = useClient();
  const run = useRun(runId);
  const [failure, setFailure] = useState<unknown>();
  const [cancelling, setCancelling] = useState(false);
  const cancel = async () => {
    setCancelling(true);
    setFailure(undefined);
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
        <strong className={styles['what']}>{title}</strong>
        {production && <ProductionChip />}
        {state === 'running' ? (
          <>
            <Progress progress={run.data?.progress ?? {}} far={far} />
            <Button variant="default" onClick={() => void cancel()} disabled={cancelling}>
              {cancelling ? t('cancelling') : common('cancel')}
            </Button>
          </>
        ) : (
          <>
            <Chip tone={TONES[state]}>{stateWord(state)}</Chip>
            {counts(run.data)}
            {run.data !== undefined && outcome(run.data)}
            <Link to="/logs/export" search={{ run: runId }}>
              {t('export')}
            </Link>
            <CloseButton className={styles['away'] ?? ''} aria-label={t('putAway')} onClick={onAway} />
          </>
        )}
      </div>
      {failure !== undefined && <FailureNote failure={failureOf(failure)} />}
      {run.error !== null && run.data === undefined && <FailureNote failure={failureOf(run.error)} />}
    </li>
  );
}

export interface RunCount {
  readonly count: number;
  /** `added`. */
  readonly word: string;
}

export interface RunCountsProps {
  readonly counts: readonly RunCount[];
  /** Said instead of counts where there are none. */
  readonly children?: ReactNode;
}

export function RunCounts({ counts, children }: RunCountsProps) {
  const numbers = new Intl.NumberFormat(useLanguage());
  return (
    <span className={styles['counts']}>
      {counts.map(({ count, word }) => (
        <span key={word}>
          <b>{numbers.format(count)}</b> {word}
        </span>
      ))}
      {children}
    </span>
  );
}

function Progress({ progress, far }: { readonly progress: Partial<RunProgress> } & Pick<RunRowProps, 'far'>) {
  const t = useTexts('runs');
  const numbers = new Intl.NumberFormat(useLanguage());
  const { objects = 0, total, rate = 0, secondsLeft, waiting } = progress;
  const said = [
    ...far(progress),
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
