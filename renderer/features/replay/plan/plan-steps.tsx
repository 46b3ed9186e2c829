import { useMemo, useState } from 'react';
import type { ReplayPlan, ReplayStepPlan } from '../../../../core/contract/replay.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { VirtualTable } from '../../../ui/table/virtual-table.tsx';
import { stepWords } from '../step-words.ts';
import styles from './plan.module.css';
import { planColumns } from './plan-columns.tsx';
import { PlannedStep } from './planned-step.tsx';

/** The steps in their order; one of them below, as it would go out. */
export function PlanSteps({ plan }: { readonly plan: ReplayPlan }) {
  const t = useTexts('replay');
  const traffic = useTexts('traffic');
  const numbers = new Intl.NumberFormat(useLanguage());
  const [chosen, setChosen] = useState<number>();
  const columns = useMemo(() => planColumns(t, stepWords(t, traffic)), [t, traffic]);
  const { steps, stepCount } = plan;
  const step = steps.find(({ no }) => no === chosen);
  const pageKey = useMemo(() => JSON.stringify(steps), [steps]);
  return (
    <div className={styles['steps']}>
      <div className={styles['table']}>
        <VirtualTable<ReplayStepPlan>
          label={t('tab-steps')}
          columns={columns}
          count={steps.length}
          page={async (offset, limit) => steps.slice(offset, offset + limit)}
          pageKey={pageKey}
          rowKey={({ no }) => no}
          {...(step !== undefined && { selected: step.no })}
          onSelect={({ no }) => setChosen(no)}
          emptyState={<p className={styles['none']}>{t('noSteps')}</p>}
        />
      </div>
      {stepCount > steps.length && (
        <p className={styles['rest']}>{t('moreSteps', { number: numbers.format(stepCount - steps.length) })}</p>
      )}
      {step !== undefined && <PlannedStep step={step} onClose={() => setChosen(undefined)} />}
    </div>
  );
}
