import type { ExchangeView } from '../../core/contract/exchange.ts';
import type { Explanation } from '../../core/contract/explanation.ts';
import { failureOf } from '../bridge/failure.ts';
import type { Place } from '../exchange/message-findings.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Chip } from '../ui/chip.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import styles from './explanation.module.css';
import { LayerPicture } from './layer-picture.tsx';
import { OnPurpose } from './on-purpose.tsx';
import { ProblemView } from './problem-view.tsx';
import { isFinding, weightOf } from './problem-weight.ts';
import { ReportButton } from './report-button.tsx';
import { useExplanation } from './use-explanation.ts';

export interface ExplanationViewProps {
  readonly exchange: ExchangeView;
  /** Shows a place of a finding. */
  readonly onPlace?: (place: Place) => void;
}

/** What happened to one exchange, at which layer, whose fault it probably is, and what to try. */
export function ExplanationView({ exchange, onPlace }: ExplanationViewProps) {
  const t = useTexts('explanation');
  const explanation = useExplanation(exchange.id);
  if (explanation.data === undefined) {
    return explanation.error === null ? (
      <p className={styles['quiet']} aria-busy>
        {t('loading')}
      </p>
    ) : (
      <div className={styles['failed']}>
        <FailureNote failure={failureOf(explanation.error)} onRetry={() => void explanation.refetch()} />
      </div>
    );
  }
  return <Explained exchange={exchange} explanation={explanation.data} onPlace={onPlace} />;
}

interface ExplainedProps {
  readonly exchange: ExchangeView;
  readonly explanation: Explanation;
  readonly onPlace: ((place: Place) => void) | undefined;
}

function Explained({ exchange, explanation, onPlace }: ExplainedProps) {
  const t = useTexts('explanation');
  const { problems, onPurpose, detector } = explanation;
  const [worst, ...others] = problems;
  return (
    <div className={styles['explanation']}>
      <OnPurpose sentences={onPurpose} />
      {worst === undefined ? (
        <p className={styles['quiet']}>{t(exchange.ended === 'open' ? 'open' : 'well')}</p>
      ) : (
        <>
          <LayerPicture exchange={exchange} problems={problems} />
          <article className={styles['worst']}>
            <div className={classNamesOf(weightOf(worst, exchange))}>
              <p className={styles['sentence']} lang="en">
                {worst.sentence}
              </p>
            </div>
            <ProblemView problem={worst} exchange={exchange} link={exchange.link} onPlace={onPlace} />
          </article>
          {others.length > 0 && (
            <section className={styles['others']} aria-label={t('others', { count: others.length })}>
              <h3 className={styles['heading']}>{t('others', { count: others.length })}</h3>
              {others.map((problem, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same problem may be there twice.
                <details key={at} className={styles['other']}>
                  <summary>
                    <Chip tone={isFinding(problem) ? TONES[weightOf(problem, exchange)] : 'bad'}>
                      {t(`layer-${problem.layer}`)}
                    </Chip>{' '}
                    <span lang="en">{problem.sentence}</span>
                  </summary>
                  <ProblemView problem={problem} exchange={exchange} link={exchange.link} onPlace={onPlace} />
                </details>
              ))}
            </section>
          )}
          <p className={styles['actions']}>
            <ReportButton id={exchange.id} />
          </p>
        </>
      )}
      {detector === null && exchange.ended !== 'open' && <p className={styles['quiet']}>{t('notLookedAt')}</p>}
    </div>
  );
}

const TONES = { error: 'bad', warning: 'warn', note: 'plain' } as const;

function classNamesOf(weight: keyof typeof TONES): string {
  return [styles['said'], styles[weight]].join(' ');
}
