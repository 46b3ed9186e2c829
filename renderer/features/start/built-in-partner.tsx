import { Button } from '@mantine/core';
import { IconCheck, IconCircle, IconLoader2, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../../texts/use-texts.ts';
import { classNames } from '../../ui/class-names.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import styles from './built-in-partner.module.css';
import type { StepState } from './first-data.ts';
import { STEPS, useFirstData } from './use-first-data.ts';

const STEP_TEXTS = { pair: 'stepPair', locations: 'stepLocations', tariffs: 'stepTariffs' } as const;

/** One click to a registered partner with data, told step by step. */
export function BuiltInPartner() {
  const t = useTexts('start');
  const { states, objects, failure, running, link, begin, cancel } = useFirstData();
  return (
    <>
      <ol className={styles['steps']} aria-label={t('builtInSteps')} aria-live="polite">
        {STEPS.map(step => (
          <li key={step} className={styles['step']}>
            <StepIcon state={states[step]} />
            {t(STEP_TEXTS[step])}
            {(objects[step] ?? 0) > 0 && (
              <span className={styles['objects']}>{t('stepObjects', { count: objects[step] ?? 0 })}</span>
            )}
          </li>
        ))}
      </ol>
      {failure !== undefined && <FailureNote failure={failure} />}
      <div className={styles['actions']}>
        {!running && <Button onClick={begin}>{t(failure === undefined ? 'builtInAction' : 'builtInAgain')}</Button>}
        {running && (
          <Button variant="default" onClick={cancel}>
            {t('cancel')}
          </Button>
        )}
        {!running && link !== undefined && (
          <Button
            variant="default"
            renderRoot={props => <Link to="/partners/link/$name" params={{ name: link }} {...props} />}
          >
            {t('openPartner')}
          </Button>
        )}
      </div>
    </>
  );
}

const ICONS = { waiting: IconCircle, running: IconLoader2, done: IconCheck, failed: IconX } as const;
const STATE_TEXTS = { waiting: 'stepWaiting', running: 'stepRunning', done: 'stepDone', failed: 'stepFailed' } as const;

function StepIcon({ state }: { readonly state: StepState }) {
  const t = useTexts('start');
  const Icon = ICONS[state];
  return (
    <span className={classNames(styles['icon'], styles[state])} role="img" aria-label={t(STATE_TEXTS[state])}>
      <Icon size={15} stroke={2.2} aria-hidden="true" />
    </span>
  );
}
