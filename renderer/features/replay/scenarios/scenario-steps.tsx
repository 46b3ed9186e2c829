import type { Scenario } from '../../../../core/contract/scenario.ts';
import { operationWords } from '../../../exchange/operation-words.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { classNames } from '../../../ui/class-names.ts';
import { Mono } from '../../../ui/mono.tsx';
import { durationText } from '../../../ui/time-format.ts';
import { timesWord } from '../plan/plan-columns.tsx';
import { expectationWords } from './expectation-words.ts';
import { type FoldedStep, foldSteps } from './fold-steps.ts';
import styles from './scenario.module.css';

/** Lines drawn; the JSON has them all. */
const MOST = 500;

/** What a scenario does, as two lanes: the charger's side to the right, whoever it talks to at the left. */
export function ScenarioSteps({ scenario }: { readonly scenario: Scenario }) {
  const t = useTexts('replay');
  const folded = foldSteps(scenario);
  const left = scenario.steps.some(step => 'from' in step && step.from === 'ptp') ? 'ptp' : 'emsp';
  return (
    <div className={styles['lanes']}>
      <p className={styles['roles']} aria-hidden>
        <span>{t(`part-${left}`)}</span>
        <span>{t('part-cpo')}</span>
      </p>
      <ol className={styles['steps']} aria-label={t('tab-steps')}>
        {folded.slice(0, MOST).map(one => (
          <Line key={one.no} folded={one} />
        ))}
      </ol>
      {folded.length > MOST && <p className={styles['dim']}>{t('moreSteps', { number: folded.length - MOST })}</p>}
    </div>
  );
}

function Line({ folded }: { readonly folded: FoldedStep }) {
  const t = useTexts('replay');
  const words = operationWords(useTexts('traffic'));
  const { no, count, step, from, until } = folded;
  const seconds = (at: number) => (at === 0 ? '0 s' : durationText(at * 1000));
  const when = from === until ? seconds(from) : `${seconds(from)} – ${seconds(until)}`;
  if ('flow' in step) {
    return (
      <li className={styles['step']}>
        <Begin no={no} when={when} />
        <div className={classNames(styles['arrow'], styles['both'])}>
          <strong>{t(`flow-${step.flow}`)}</strong>
          <OnlyIn versions={step.versions} />
        </div>
      </li>
    );
  }
  const { from: role, do: operation, expect, prompt, repeats, versions } = step;
  const expected = expectationWords(expect, {
    present: pointer => t('isPresent', { pointer }),
    absent: pointer => t('isAbsent', { pointer }),
  });
  const times = repeats ?? (count > 1 ? { least: count, most: count } : undefined);
  return (
    <li className={styles['step']}>
      <Begin no={no} when={when} />
      <div className={classNames(styles['arrow'], role === 'cpo' ? styles['toLeft'] : styles['toRight'])}>
        <span className={styles['role']}>{t(`part-${role}`)}</span>
        <strong>{words(operation)}</strong>
        {times !== undefined && <span className={styles['dim']}>{timesWord(times)}</span>}
        <OnlyIn versions={versions} />
      </div>
      {(expected.length > 0 || prompt !== undefined) && (
        <div className={styles['below']}>
          {expected.length > 0 && (
            <p>
              {t('column-expected')}: <Mono wrap>{expected.join(', ')}</Mono>
            </p>
          )}
          {prompt !== undefined && <p lang="en">{prompt}</p>}
        </div>
      )}
    </li>
  );
}

function Begin({ no, when }: { readonly no: number; readonly when: string }) {
  return (
    <span className={styles['begin']}>
      <span className={styles['no']}>{no}</span>
      <span className={styles['when']}>{when}</span>
    </span>
  );
}

function OnlyIn({ versions }: { readonly versions: readonly string[] | undefined }) {
  return versions === undefined ? null : <Mono>{versions.join(' ')}</Mono>;
}
