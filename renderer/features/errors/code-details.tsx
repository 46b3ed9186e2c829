import { Link } from '@tanstack/react-router';
import { failureOf } from '../../bridge/failure.ts';
import { CaseList } from '../../explanation/case-list.tsx';
import { NextSteps } from '../../explanation/problem-view.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { printToken } from '../../ui/filter-text.ts';
import styles from './group-details.module.css';
import { useCode } from './use-troubles.ts';

/** What a code means, wherever it was met or not. */
export function CodeDetails({ code }: { readonly code: string }) {
  const t = useTexts('errors');
  const about = useCode(code);
  const { data } = about;
  return (
    <div className={styles['details']}>
      <header className={styles['head']}>
        <h2 className={styles['title']}>{t('aboutCode', { code })}</h2>
      </header>
      {data === undefined &&
        (about.error === null ? (
          <p className={styles['waiting']} aria-busy>
            {t('explaining')}
          </p>
        ) : (
          <div className={styles['failure']}>
            <FailureNote failure={failureOf(about.error)} onRetry={() => void about.refetch()} />
          </div>
        ))}
      {data !== undefined && (
        <dl className={styles['facts']}>
          <dt>{t('layer')}</dt>
          <dd>{t(data.layer)}</dd>
          <dt>{t('whatItMeans')}</dt>
          <dd className={styles['meanings']} lang="en">
            {data.meanings.map(({ versions, meaning }) => (
              <p key={meaning}>
                {meaning}
                {versions.length > 0 && (
                  <span className={styles['dim']}> {t('inVersions', { versions: versions.join(', ') })}</span>
                )}
              </p>
            ))}
          </dd>
          {data.section !== null && (
            <>
              <dt>{t('rests')}</dt>
              <dd>{t('section', { section: data.section })}</dd>
            </>
          )}
          {data.next.length > 0 && (
            <>
              <dt>{t('next')}</dt>
              <dd>
                <NextSteps steps={data.next} />
              </dd>
            </>
          )}
          {data.cases.length > 0 && (
            <>
              <dt>{t('cases')}</dt>
              <dd>
                <CaseList cases={data.cases} />
              </dd>
            </>
          )}
        </dl>
      )}
      {data !== undefined && !data.code.includes(' ') && (
        <p className={styles['end']}>
          <Link to="/errors" search={{ q: printToken({ name: 'code', value: data.code }) }}>
            {t('showGroups')}
          </Link>
        </p>
      )}
    </div>
  );
}
