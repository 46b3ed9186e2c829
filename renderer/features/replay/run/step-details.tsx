import { Link } from '@tanstack/react-router';
import type { ReplayStepView } from '../../../../core/contract/replay.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { SealedText } from '../../../exchange/sealed-text.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { TextDiff } from '../../../ui/diff/text-diff.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { Arrow } from '../arrow.tsx';
import { useStepWords } from '../step-words.ts';
import { useStepView } from '../use-replays.ts';
import { VerdictChip } from '../verdict-chip.tsx';
import { DifferenceList } from './difference-list.tsx';
import styles from './step-details.module.css';

/** One step: what differs in sentences, then what was expected beside what came. */
export function StepDetails({ runId, no }: { readonly runId: number; readonly no: number }) {
  const t = useTexts('replay');
  const view = useStepView(runId, no);
  if (view.data !== undefined) return <Shown step={view.data} />;
  return (
    <div className={styles['details']} aria-busy={view.error === null}>
      {view.error === null ? (
        t('loading')
      ) : (
        <FailureNote failure={failureOf(view.error)} onRetry={() => void view.refetch()} />
      )}
    </div>
  );
}

/** Ids that show beside a step that stands for many exchanges. */
const MOST_LINKS = 12;

function Shown({ step }: { readonly step: ReplayStepView }) {
  const t = useTexts('replay');
  const wordsOf = useStepWords();
  const { no, kind, operation, verdict, reason, recordedId, exchangeIds, differences, sides } = step;
  return (
    <div className={styles['details']}>
      <header>
        <h3 className={styles['title']}>
          {no}. {wordsOf(step)}
          <VerdictChip verdict={verdict} t={t} />
        </h3>
        <p className={styles['facts']}>
          <Arrow kind={kind} t={t} />
          <Mono>{operation}</Mono>
        </p>
        {reason !== '' && <p lang="en">{reason}</p>}
        {(recordedId !== null || exchangeIds.length > 0) && (
          <p className={styles['links']}>
            {recordedId !== null && (
              <Link to="/traffic" search={{ exchange: recordedId }}>
                {t('recordedExchange', { id: recordedId })}
              </Link>
            )}
            {exchangeIds.slice(0, MOST_LINKS).map(id => (
              <Link key={id} to="/traffic" search={{ exchange: id }}>
                {t('newExchange', { id })}
              </Link>
            ))}
            {exchangeIds.length > MOST_LINKS && <span>+{exchangeIds.length - MOST_LINKS}</span>}
          </p>
        )}
      </header>
      {differences.length > 0 && (
        <section aria-label={t('differences')}>
          <h4 className={styles['part']}>{t('differenceCount', { count: differences.length })}</h4>
          <DifferenceList differences={differences} />
        </section>
      )}
      {sides.map(({ what, expected, met }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step that awaits many has several of a kind, in an order that stays.
        <section key={at} aria-label={t(`side-${what}`)}>
          <h4 className={styles['part']}>{t(`side-${what}`)}</h4>
          <Side expected={expected} met={met} />
        </section>
      ))}
    </div>
  );
}

/** Where only one of the two is known there is nothing to lay beside it: a scenario does not write whole answers. */
function Side({ expected, met }: { readonly expected: string; readonly met: string }) {
  const t = useTexts('replay');
  if (expected !== '' && met !== '') {
    return <TextDiff left={expected} right={met} labels={[t('expected'), t('now')]} same={t('sideSame')} />;
  }
  return (
    <>
      <p className={styles['alone']}>{t(met === '' ? 'onlyExpected' : 'onlyNow')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard. */}
      <pre className={styles['text']} tabIndex={0}>
        <SealedText text={met === '' ? expected : met} />
      </pre>
    </>
  );
}
