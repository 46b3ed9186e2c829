import { failureOf } from '../../bridge/failure.ts';
import { useExchange } from '../../bridge/queries.ts';
import { OnPurpose } from '../../explanation/on-purpose.tsx';
import { ProblemView } from '../../explanation/problem-view.tsx';
import { useExplanation } from '../../explanation/use-explanation.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import type { Chosen } from './chosen.ts';
import styles from './group-details.module.css';
import { meaningsFor } from './meanings.ts';
import { useCode } from './use-troubles.ts';

/** What the code means in the versions spoken, and what is said of the newest exchange that has it. */
export function GroupMeaning({ chosen }: { readonly chosen: Chosen }) {
  const t = useTexts('errors');
  const explanation = useExplanation(chosen.newestId);
  const exchange = useExchange(chosen.newestId).data;
  if (explanation.data === undefined) {
    return explanation.error === null ? (
      <p className={styles['waiting']} aria-busy>
        {t('explaining')}
      </p>
    ) : (
      <div className={styles['failure']}>
        <FailureNote failure={failureOf(explanation.error)} onRetry={() => void explanation.refetch()} />
      </div>
    );
  }
  const { problems, onPurpose } = explanation.data;
  const problem = problems.find(({ code }) => code === chosen.code) ?? problems[0];
  return (
    <>
      <OnPurpose sentences={onPurpose} />
      {problem !== undefined && (
        <>
          <div className={styles['newest']}>
            <span className={styles['dim']}>{t('newest')}</span>
            <p lang="en">{problem.sentence}</p>
          </div>
          <Meanings chosen={chosen} instead={problem.meaning} />
          <ProblemView
            problem={{ ...problem, meaning: null }}
            link={chosen.link ?? null}
            {...(exchange !== undefined && { exchange })}
          />
        </>
      )}
      {problem === undefined && <Meanings chosen={chosen} instead={null} />}
    </>
  );
}

interface MeaningsProps {
  readonly chosen: Chosen;
  /** Where the code has none of its own. */
  readonly instead: string | null;
}

/** In the versions that were spoken; which one is said where it is not the same in all of them. */
function Meanings({ chosen, instead }: MeaningsProps) {
  const t = useTexts('errors');
  const code = useCode(chosen.code).data;
  const shown = code === undefined ? [] : meaningsFor(code, chosen);
  if (shown.length === 0 && instead === null) return null;
  return (
    <dl className={styles['facts']}>
      <dt>{t('whatItMeans')}</dt>
      <dd className={styles['meanings']} lang="en">
        {shown.length === 0 && <p>{instead}</p>}
        {shown.map(({ text, versions }) => (
          <p key={text}>
            {text}
            {versions.length > 0 && (
              <span className={styles['dim']}> {t('inVersions', { versions: versions.join(', ') })}</span>
            )}
          </p>
        ))}
      </dd>
    </dl>
  );
}
