import { NativeSelect } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReplayComparison, ReplayRun, ReplayStep } from '../../../../core/contract/replay.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { localDate, localTime } from '../../../ui/time-format.ts';
import type { RunSearch } from '../search.ts';
import { StateChip } from '../state-chip.tsx';
import { useStepWords } from '../step-words.ts';
import { useComparison, useRecentReplays } from '../use-replays.ts';
import { VerdictChip } from '../verdict-chip.tsx';
import { comparable } from './comparable.ts';
import styles from './run.module.css';

export interface ComparisonProps {
  readonly replay: ReplayRun;
  /** The one it is compared with, as the address says it. */
  readonly earlier: number | undefined;
  readonly to: (change: Partial<RunSearch>, replace?: boolean) => void;
}

/** What is otherwise than in an earlier replay of the same. */
export function Comparison({ replay, earlier, to }: ComparisonProps) {
  const t = useTexts('replay');
  const recent = useRecentReplays();
  const others = comparable(recent.data ?? [], replay);
  const chosen = earlier ?? others[0]?.runId;
  const compared = useComparison(replay.runId, chosen);
  if (chosen === undefined) {
    return recent.data === undefined ? (
      <p className={styles['message']} aria-busy>
        {t('loading')}
      </p>
    ) : (
      <EmptyState title={t('noEarlierTitle')} text={t('noEarlierText')} />
    );
  }
  const listed = others.some(({ runId }) => runId === chosen);
  return (
    <div className={styles['compare']}>
      <div className={styles['with']}>
        <NativeSelect
          label={t('compareWith')}
          value={String(chosen)}
          onChange={event => to({ earlier: Number(event.currentTarget.value) }, true)}
          data={[
            ...(listed ? [] : [{ value: String(chosen), label: t('replayNo', { id: chosen }) }]),
            ...others.map(({ runId, to, startedAt, summary }) => {
              const at = new Date(startedAt);
              const label = `#${runId} · ${to} · ${localDate(at)} ${localTime(at).slice(0, 8)} · ${summary}`;
              return { value: String(runId), label };
            }),
          ]}
        />
        <Link to="/replay/$run" params={{ run: String(chosen) }}>
          {t('showReplay', { id: chosen })}
        </Link>
      </div>
      {compared.error !== null && compared.data === undefined ? (
        <FailureNote failure={failureOf(compared.error)} onRetry={() => void compared.refetch()} />
      ) : compared.data === undefined ? (
        <p aria-busy>{t('loading')}</p>
      ) : (
        <Changed comparison={compared.data} onStep={step => to({ tab: undefined, step, different: undefined })} />
      )}
    </div>
  );
}

interface ChangedProps {
  readonly comparison: ReplayComparison;
  readonly onStep: (no: number) => void;
}

function Changed({ comparison, onStep }: ChangedProps) {
  const t = useTexts('replay');
  const { earlier, later, changed } = comparison;
  const wordsOf = useStepWords();
  const named = (one: (typeof changed)[number]) => {
    const step = one.later ?? one.earlier;
    return step === null ? one.words : wordsOf(step);
  };
  if (changed.length === 0) return <p className={styles['summary']}>{t('nothingChanged')}</p>;
  return (
    <table className={styles['changed']} aria-label={t('changedSteps')}>
      <caption>{t('changedCount', { count: changed.length })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('column-what')}</th>
          <th scope="col">
            {t('replayNo', { id: earlier.runId })} <StateChip replay={earlier} />
          </th>
          <th scope="col">
            {t('replayNo', { id: later.runId })} <StateChip replay={later} />
          </th>
        </tr>
      </thead>
      <tbody>
        {changed.map(one => (
          <tr key={one.no}>
            <th scope="row">
              <button type="button" className={styles['go']} onClick={() => onStep(one.no)}>
                {one.no}. {named(one)}
              </button>
            </th>
            <td>
              <Side step={one.earlier} />
            </td>
            <td>
              <Side step={one.later} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Side({ step }: { readonly step: ReplayStep | null }) {
  const t = useTexts('replay');
  if (step === null) return <span className={styles['absent']}>{t('noSuchStep')}</span>;
  const said = step.differences.length > 0 ? step.differences.map(({ meaning }) => meaning) : [step.reason];
  return (
    <>
      <VerdictChip verdict={step.verdict} t={t} />
      {said
        .filter(line => line !== '')
        .map(line => (
          <p key={line} lang="en">
            {line}
          </p>
        ))}
    </>
  );
}
