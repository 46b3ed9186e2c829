import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { ReplayPlan } from '../../../../core/contract/replay.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { ProductionBar } from '../../../links/production.tsx';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { durationText } from '../../../ui/time-format.ts';
import styles from './plan.module.css';
import { PlanSteps } from './plan-steps.tsx';
import { RewriteTable } from './rewrite-table.tsx';

export interface PlanViewProps {
  readonly plan: UseQueryResult<ReplayPlan>;
  /** What shows is of options that have changed since. */
  readonly behind: boolean;
  readonly map: Readonly<Record<string, string>>;
  readonly onMap: (key: string, text: string, usual: string) => void;
}

type Part = 'steps' | 'rewrites';

/** Everything that would happen, before it does. */
export function PlanView({ plan, behind, map, onMap }: PlanViewProps) {
  const t = useTexts('replay');
  const [part, setPart] = useState<Part>('steps');
  const { data, error } = plan;
  if (error !== null && !plan.isFetching) {
    return (
      <Message>
        <h2 className={styles['title']}>{t('noPlan')}</h2>
        <FailureNote failure={failureOf(error)} onRetry={() => void plan.refetch()} />
      </Message>
    );
  }
  if (data === undefined) return <Loading text={t('planning')} />;
  const old = behind || plan.isPlaceholderData;
  return (
    <div className={styles['plan']} aria-busy={old}>
      {data.environment === 'production' && <ProductionBar>{t('productionBar')}</ProductionBar>}
      <Facts plan={data} old={old} />
      <Tabs<Part>
        label={t('planParts')}
        value={part}
        onChange={setPart}
        tabs={[
          { id: 'steps', label: t('tab-steps'), badge: data.stepCount },
          { id: 'rewrites', label: t('tab-rewrites'), badge: data.rewrites.length },
        ]}
        fill
      >
        {part === 'steps' ? (
          <PlanSteps plan={data} />
        ) : (
          <RewriteTable rewrites={data.rewrites} edit={{ map, onMap }} label={t('tab-rewrites')} />
        )}
      </Tabs>
    </div>
  );
}

function Facts({ plan, old }: { readonly plan: ReplayPlan; readonly old: boolean }) {
  const t = useTexts('replay');
  const numbers = new Intl.NumberFormat(useLanguage());
  const { sends, awaits, writes, lastsMs, notes } = plan;
  const said = [
    t('sends', { count: sends, number: numbers.format(sends) }),
    t('awaits', { count: awaits, number: numbers.format(awaits) }),
    t('writes', { count: writes, number: numbers.format(writes) }),
    t('lasts', { time: durationText(lastsMs) }),
  ];
  return (
    <header className={styles['facts']}>
      <h2 className={styles['title']}>
        {t('plan')}
        {old && <span className={styles['working']}>{t('planning')}</span>}
      </h2>
      <p className={styles['said']}>{said.join(' · ')}</p>
      {notes.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard.
        <ul className={styles['notes']} aria-label={t('notes')} tabIndex={0}>
          {notes.map(note => (
            <li key={note} lang="en">
              {note}
            </li>
          ))}
        </ul>
      )}
    </header>
  );
}

function Message({ children }: { readonly children: ReactNode }) {
  return <div className={styles['message']}>{children}</div>;
}
