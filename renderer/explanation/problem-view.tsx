import type { ExchangeView } from '../../core/contract/exchange.ts';
import type { Problem } from '../../core/contract/explanation.ts';
import type { Place } from '../exchange/message-findings.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Chip } from '../ui/chip.tsx';
import { CaseList } from './case-list.tsx';
import styles from './explanation.module.css';
import { PlaceList } from './place-list.tsx';
import { shownBy } from './problem-weight.ts';

export interface ProblemViewProps {
  readonly problem: Problem;
  /** Whose findings show it; absent where only the kind of problem is spoken of. */
  readonly exchange?: Pick<ExchangeView, 'direction' | 'link' | 'findings'>;
  readonly link: string | null;
  readonly onPlace?: ((place: Place) => void) | undefined;
}

/** What it means, who is probably at fault and why, what it rests on, and what to try. The core's words are English. */
export function ProblemView({ problem, exchange, link, onPlace }: ProblemViewProps) {
  const t = useTexts('explanation');
  const { meaning, blamed, sure, because, section, next, cases } = problem;
  const found = exchange === undefined ? [] : shownBy(problem, exchange.findings);
  return (
    <dl className={styles['facts']}>
      {meaning !== null && (
        <>
          <dt>{t('meaning')}</dt>
          <dd lang="en">{meaning}</dd>
        </>
      )}
      <dt>{t('blame')}</dt>
      <dd>
        <span className={styles['blamed']}>
          <strong>{t(`blame-${blamed}`, { link: link ?? t('someone') })}</strong>
          <Chip tone="plain">{t(`sure-${sure}`)}</Chip>
        </span>
        <p lang="en" className={styles['because']}>
          {because}
        </p>
      </dd>
      {section !== null && (
        <>
          <dt>{t('clause')}</dt>
          <dd>{t('section', { section })}</dd>
        </>
      )}
      {next.length > 0 && (
        <>
          <dt>{t('next')}</dt>
          <dd>
            <NextSteps steps={next} />
          </dd>
        </>
      )}
      {cases.length > 0 && (
        <>
          <dt>{t('cases')}</dt>
          <dd>
            <CaseList cases={cases} />
          </dd>
        </>
      )}
      {exchange !== undefined && found.length > 0 && (
        <>
          <dt>{t('places')}</dt>
          <dd>
            <PlaceList exchange={exchange} findings={found} onPlace={onPlace} />
          </dd>
        </>
      )}
    </dl>
  );
}

/** The most promising first. */
export function NextSteps({ steps }: { readonly steps: readonly string[] }) {
  return (
    <ol className={styles['next']} lang="en">
      {steps.map(step => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}
