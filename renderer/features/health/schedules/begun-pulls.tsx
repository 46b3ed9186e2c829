import { Link } from '@tanstack/react-router';
import type { Run } from '../../../../core/contract/run.ts';
import { RunCounts, RunList, RunRow } from '../../../runs/run-row.tsx';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import styles from './schedules.module.css';
import type { ScheduleDesk } from './use-schedule-desk.ts';

export interface BegunPullsProps extends Pick<ScheduleDesk, 'begun' | 'putAway'> {
  /** Names of links to production partners. */
  readonly production: ReadonlySet<string>;
}

/** Pulls that were begun here as they go, and what came of them. */
export function BegunPulls({ begun, putAway, production }: BegunPullsProps) {
  const t = useTexts('health');
  const numbers = new Intl.NumberFormat(useLanguage());
  if (begun.length === 0) return null;
  return (
    <RunList label={t('pulls')}>
      {begun.map(({ runId, link, module }) => (
        <RunRow
          key={runId}
          runId={runId}
          title={`${module} · ${link}`}
          production={production.has(link)}
          stateWord={state => t(`pull-${state}`)}
          far={({ objects = 0, total }) => [
            total === undefined
              ? t('pulledObjects', { count: objects, number: numbers.format(objects) })
              : t('pulledOf', { number: numbers.format(objects), total: numbers.format(total) }),
          ]}
          counts={run => <Counts run={run} />}
          outcome={run => <Outcome run={run} />}
          onAway={() => putAway(runId)}
        />
      ))}
    </RunList>
  );
}

function Counts({ run }: { readonly run: Run | undefined }) {
  const t = useTexts('health');
  const tally = run?.result?.pull;
  const counts = (['added', 'changed', 'unchanged'] as const).flatMap(what =>
    tally === undefined ? [] : [{ count: tally[what], word: t(`pulled-${what}`) }],
  );
  return <RunCounts counts={counts} />;
}

function Outcome({ run }: { readonly run: Run }) {
  const t = useTexts('health');
  const broken = run.steps.find(({ ok }) => !ok);
  const reason = run.state === 'failed' ? (broken?.reason ?? run.result?.summary) : undefined;
  return (
    <>
      <Link to="/traffic" search={{ q: `run:${run.id}` }}>
        {t('exchangesOfPull')}
      </Link>
      {reason !== undefined && (
        <span className={styles['reason']} role="alert" lang="en">
          {reason}
        </span>
      )}
    </>
  );
}
