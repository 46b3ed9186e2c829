import { Button, Progress } from '@mantine/core';
import {
  IconFileExport,
  IconFlask,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipForward,
  IconPlayerStop,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReplayRun } from '../../../../core/contract/replay.ts';
import { ProductionBar, ProductionChip } from '../../../links/production.tsx';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { durationText } from '../../../ui/time-format.ts';
import { TimeText } from '../../../ui/time-text.tsx';
import { speedWord } from '../start/speed.ts';
import { StateChip } from '../state-chip.tsx';
import { ExportMenu } from './export-menu.tsx';
import { RepeatButtons } from './repeat-buttons.tsx';
import styles from './run.module.css';
import type { Controls } from './use-controls.ts';
import { WaitingNote } from './waiting-note.tsx';

export interface RunHeadProps {
  readonly replay: ReplayRun;
  readonly production: boolean;
  readonly controls: Controls;
}

/** What it is, how far it has come, and what can be done with it. */
export function RunHead({ replay, production, controls }: RunHeadProps) {
  const t = useTexts('replay');
  const { title, to, state, notes, summary } = replay;
  const running = state === 'running';
  return (
    <header className={styles['head']}>
      <div className={styles['line']}>
        <h2 className={styles['title']}>
          <span lang="en">{title}</span>
          <StateChip replay={replay} />
        </h2>
        <div className={styles['tools']} role="toolbar" aria-label={t('controls')}>
          {running ? (
            <RunningTools replay={replay} controls={controls} />
          ) : (
            <>
              <RepeatButtons replay={replay} production={production} />
              <ExportMenu replay={replay} />
              <Button
                variant="default"
                leftSection={<IconFileExport size={13} aria-hidden />}
                title={t('exportHint')}
                renderRoot={props => <Link to="/logs/export" search={{ run: replay.runId }} {...props} />}
              >
                {t('export')}
              </Button>
            </>
          )}
        </div>
      </div>
      <p className={styles['facts']}>
        <span>
          {t('replayNo', { id: replay.runId })} {t('against')}{' '}
          <Link to="/partners/link/$name" params={{ name: to }}>
            {to}
          </Link>
        </span>
        {production && <ProductionChip />}
        <Begun replay={replay} />
      </p>
      {production && running && <ProductionBar>{t('productionRunning')}</ProductionBar>}
      <Counts replay={replay} />
      {running && <WaitingNote replay={replay} />}
      {!running && summary !== '' && (
        <p className={styles['summary']} role="status" lang="en">
          {summary}
        </p>
      )}
      {controls.doing.failure !== undefined && <FailureNote failure={controls.doing.failure} />}
      {notes.length > 0 && (
        <details className={styles['notes']}>
          <summary>{t('notesCount', { count: notes.length })}</summary>
          <ul>
            {notes.map(note => (
              <li key={note} lang="en">
                {note}
              </li>
            ))}
          </ul>
        </details>
      )}
    </header>
  );
}

function RunningTools({ replay, controls }: Pick<RunHeadProps, 'replay' | 'controls'>) {
  const t = useTexts('replay');
  const { busy } = controls.doing;
  return (
    <>
      <Button
        variant="default"
        renderRoot={props => <Link to="/faults" {...props} />}
        leftSection={<IconFlask size={13} aria-hidden />}
        title={t('faultsHint')}
      >
        {t('faults')}
      </Button>
      {replay.paused ? (
        <Button
          disabled={busy}
          leftSection={<IconPlayerPlay size={13} aria-hidden />}
          title={t('byKey', { key: t('spaceKey') })}
          onClick={() => void controls.goOn()}
        >
          {t('continue')}
        </Button>
      ) : (
        <Button
          variant="default"
          disabled={busy}
          leftSection={<IconPlayerPause size={13} aria-hidden />}
          title={t('byKey', { key: t('spaceKey') })}
          onClick={() => void controls.pause()}
        >
          {t('pause')}
        </Button>
      )}
      <Button
        variant="default"
        disabled={busy}
        leftSection={<IconPlayerSkipForward size={13} aria-hidden />}
        title={t('byKey', { key: 'N' })}
        onClick={() => void controls.step()}
      >
        {t('nextStep')}
      </Button>
      <Button
        variant="default"
        color="red"
        disabled={busy}
        leftSection={<IconPlayerStop size={13} aria-hidden />}
        title={t('byKey', { key: 'Esc' })}
        onClick={() => void controls.stop()}
      >
        {t('stop')}
      </Button>
    </>
  );
}

function Begun({ replay: { startedAt, endedAt, options } }: { readonly replay: ReplayRun }) {
  const t = useTexts('replay');
  const speed = options.speed ?? 1;
  return (
    <>
      <span>
        {t('begun')} <TimeText at={startedAt} />
      </span>
      {endedAt !== null && <span>{t('took', { time: durationText(endedAt - startedAt) })}</span>}
      <span>{speedWord(speed) ?? t('speed-fast')}</span>
    </>
  );
}

/** A number for each verdict, and a bar as long as the whole. */
function Counts({ replay }: { readonly replay: ReplayRun }) {
  const t = useTexts('replay');
  const numbers = new Intl.NumberFormat(useLanguage());
  const { steps, done, same, different, state } = replay;
  const share = steps === 0 ? 0 : (100 * done) / steps;
  const said = t('doneOf', { done: numbers.format(done), count: steps, all: numbers.format(steps) });
  const whole = Math.max(1, steps);
  return (
    <div className={styles['counts']}>
      <Progress.Root className={styles['bar'] ?? ''} size={6}>
        <Progress.Section
          value={(100 * same) / whole}
          color="var(--wb-ok)"
          aria-label={t('progress')}
          aria-valuetext={said}
          aria-valuenow={Math.round(share)}
        />
        <Progress.Section value={(100 * different) / whole} color="var(--wb-bad)" withAria={false} />
        <Progress.Section
          value={(100 * Math.max(0, done - same - different)) / whole}
          color="var(--wb-faint)"
          withAria={false}
        />
      </Progress.Root>
      <span className={styles['said']} role={state === 'running' ? undefined : 'status'}>
        <span>{said}</span>
        <span className={styles['same']}>{t('sameCount', { count: same, number: numbers.format(same) })}</span>
        <span className={different > 0 ? styles['different'] : undefined}>
          {t('differentCount', { count: different, number: numbers.format(different) })}
        </span>
      </span>
    </div>
  );
}
