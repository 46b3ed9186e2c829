import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Run, RunState, RunStep } from '../../../../core/contract/run.ts';
import { useClient } from '../../../bridge/client.ts';
import { FindingList } from '../../../exchange/finding-list.tsx';
import { FindingsChip } from '../../../exchange/findings-chip.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { Chip, type Tone } from '../../../ui/chip.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { Countdown } from '../../../ui/countdown.tsx';
import { JsonView } from '../../../ui/editor/json-view.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { durationText } from '../../../ui/time-format.ts';
import { TimeText } from '../../../ui/time-text.tsx';
import styles from './asked.module.css';
import { useDueAt } from './use-due-at.ts';

const TONES: Readonly<Record<RunState, Tone>> = {
  running: 'accent',
  done: 'ok',
  failed: 'bad',
  cancelled: 'plain',
  interrupted: 'warn',
};

/** In the words of the page; one it has no words for is called as the core calls it. */
const STEPS = ['request', 'answer', 'result', 'our server'] as const;

export function RunChip({ state }: { readonly state: RunState }) {
  const t = useTexts('send');
  return <Chip tone={TONES[state]}>{t(`run-${state}`)}</Chip>;
}

export interface RunViewProps {
  readonly run: Run;
  /** Fills the form in as it was. */
  readonly onAgain?: () => void;
}

/** What was asked, what was answered, what is waited for and how long, what came, and what is wrong with all of it. */
export function RunView({ run, onAgain }: RunViewProps) {
  const t = useTexts('send');
  const client = useClient();
  const { state, steps, result, startedAt, endedAt, id } = run;
  const running = state === 'running';
  const asked = result?.asked;
  // Those that came while it was waited for are steps.
  const told = new Set(steps.flatMap(({ exchangeIds }) => exchangeIds));
  const late = asked?.results.filter(({ exchangeId }) => !told.has(exchangeId)) ?? [];
  return (
    <Panel
      title={t('course')}
      actions={
        <>
          {running && (
            <Button variant="default" onClick={() => void client.runs.cancel({ runId: id })}>
              {t('stopWaiting')}
            </Button>
          )}
          {onAgain !== undefined && (
            <Button variant="default" onClick={onAgain}>
              {t('fillIn')}
            </Button>
          )}
        </>
      }
    >
      <div className={styles['runHead']}>
        <span role="status">
          <RunChip state={state} />
        </span>
        <TimeText at={startedAt} />
        {endedAt !== undefined && <span>{durationText(endedAt - startedAt)}</span>}
        <Link to="/traffic" search={{ q: `run:${id}` }}>
          {t('itsExchanges')}
        </Link>
      </div>
      {result !== undefined && <p className={styles['summary']}>{result.summary}</p>}
      <ol className={styles['steps']} aria-label={t('course')}>
        {steps.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added at the end.
          <Step key={at} step={step} />
        ))}
        {running && <Waiting run={run} />}
        {late.map(({ result: said, exchangeId, afterMs }) => (
          <li
            key={exchangeId}
            className={classNames(styles['step'], said === 'ACCEPTED' ? styles['good'] : styles['bad'])}
          >
            <div className={styles['stepHead']}>
              <strong>{t('lateResult')}</strong>
              <Chip tone={said === 'ACCEPTED' ? 'ok' : 'warn'}>{said}</Chip>
              <span className={styles['dim']}>{t('after', { time: durationText(afterMs) })}</span>
              <Exchange id={exchangeId} />
            </div>
          </li>
        ))}
      </ol>
      {asked?.detail !== undefined && asked.detail !== null && (
        <div className={styles['json']}>
          <JsonView text={JSON.stringify(asked.detail)} label={t('lastSaid')} />
        </div>
      )}
    </Panel>
  );
}

function Step({ step: { step, ok, exchangeIds, reason, findings } }: { readonly step: RunStep }) {
  const t = useTexts('send');
  const traffic = useTexts('traffic');
  const known = STEPS.find(name => name === step);
  return (
    <li className={classNames(styles['step'], ok ? styles['good'] : styles['bad'])}>
      <div className={styles['stepHead']}>
        <strong>{known === undefined ? step : t(`step-${known}`)}</strong>
        <FindingsChip findings={findings} t={traffic} />
        {exchangeIds.map(id => (
          <Exchange key={id} id={id} />
        ))}
      </div>
      <p className={styles['reason']}>{reason}</p>
      {findings.length > 0 && (
        <div className={styles['found']}>
          <FindingList findings={findings} />
        </div>
      )}
    </li>
  );
}

function Exchange({ id }: { readonly id: number }) {
  const t = useTexts('send');
  return (
    <Link to="/traffic" search={{ exchange: id }}>
      {t('exchange', { id })}
    </Link>
  );
}

function Waiting({ run }: { readonly run: Run }) {
  const t = useTexts('send');
  const due = useDueAt(run);
  return (
    <li className={classNames(styles['step'], styles['waiting'])}>
      <div className={styles['stepHead']}>
        <strong>{run.progress?.waiting ?? t('waiting')}</strong>
      </div>
      {due !== undefined && (
        <div className={styles['countdown']}>
          <Countdown from={due.from} until={due.until} label={t('timeForResult')} />
        </div>
      )}
    </li>
  );
}
