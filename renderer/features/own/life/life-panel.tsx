import { SegmentedControl } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { LifeView } from '../../../../core/contract/life.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useSandbox } from '../../../bridge/queries.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import styles from './life.module.css';
import { LifeControls } from './life-controls.tsx';
import { Charges, Failures, Trips } from './life-lists.tsx';
import { useSimulation, type Whose } from './simulation.ts';
import { StartCharge } from './start-charge.tsx';

const LOOKED_AT_MS = 1000;

export interface LifePanelProps {
  readonly whose: Whose;
  readonly onWhose: (whose: Whose) => void;
}

/** The simulation of our own data, and beside it that of the built-in partner where that runs. */
export function LifePanel({ whose, onWhose }: LifePanelProps) {
  const t = useTexts('life');
  const sandbox = useSandbox().data;
  const runs = sandbox?.running === true;
  return (
    <section className={styles['panel']} aria-label={t('title')}>
      {(runs || whose === 'partner') && (
        <SegmentedControl<Whose>
          aria-label={t('whose')}
          className={styles['whose'] ?? ''}
          value={whose}
          onChange={onWhose}
          data={[
            { value: 'own', label: t('ours') },
            { value: 'partner', label: t('theirs'), disabled: !runs },
          ]}
        />
      )}
      {whose === 'partner' && sandbox?.running === false ? (
        <p className={styles['hint']}>
          {t('notRunning')} <Link to="/start">{t('toStart')}</Link>
        </p>
      ) : (
        <Simulated key={whose} whose={whose} />
      )}
    </section>
  );
}

/** How fast, who charges now, and a charge to be started. */
function Simulated({ whose }: Pick<LifePanelProps, 'whose'>) {
  const t = useTexts('life');
  const simulation = useSimulation(whose);
  const { calls, queryKey } = simulation;
  const queries = useQueryClient();
  const numbers = new Intl.NumberFormat(useLanguage());
  const doing = useDoing();
  const view = useQuery({
    queryKey,
    queryFn: ({ signal }) => calls.get(undefined, { signal }),
    // Time goes on where nothing else happens; the partner does not tell what does.
    refetchInterval: ({ state }) => (state.data?.running === true ? LOOKED_AT_MS : false),
  });
  const change = async (call: () => Promise<LifeView>) => {
    const after = await doing.run(call);
    if (after !== undefined) queries.setQueryData(queryKey, after);
  };
  const life = view.data;
  return (
    <>
      {life === undefined ? (
        view.error === null ? (
          <p className={styles['hint']} aria-busy>
            {t('loading')}
          </p>
        ) : (
          <FailureNote failure={failureOf(view.error)} onRetry={() => void view.refetch()} />
        )
      ) : (
        <>
          <p className={styles['hint']}>{t(whose === 'own' ? 'what' : 'whatOfPartner')}</p>
          <LifeControls life={life} calls={calls} busy={doing.busy} onChange={change} />
          <p className={styles['counts']}>
            <span>{t('going', { count: life.open, number: numbers.format(life.open) })}</span>
            <span>{t('finished', { count: life.finished, number: numbers.format(life.finished) })}</span>
            <span>
              {t('pushes', {
                sent: numbers.format(life.pushes.sent),
                failed: numbers.format(life.pushes.failed),
                waiting: numbers.format(life.pushes.waiting),
              })}
            </span>
          </p>
          {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
          <StartCharge {...simulation} />
          <Charges life={life} whose={whose} onStop={id => void change(() => calls.stop({ id }))} />
          <Trips life={life} whose={whose} onStop={id => void change(() => calls.stop({ id }))} />
          <Failures life={life} whose={whose} />
        </>
      )}
    </>
  );
}
