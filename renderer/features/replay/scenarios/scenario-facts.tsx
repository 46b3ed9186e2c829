import type { Scenario } from '../../../../core/contract/scenario.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Mono } from '../../../ui/mono.tsx';
import styles from './scenario.module.css';

/** What it is about, for whom it is, and what it names. */
export function ScenarioFacts({ scenario }: { readonly scenario: Scenario }) {
  const t = useTexts('replay');
  const { about, versions, parts, ids, values } = scenario;
  const named = Object.entries(ids);
  const given = Object.entries(values);
  return (
    <div className={styles['about']}>
      {about !== '' && (
        <p className={styles['text']} lang="en">
          {about}
        </p>
      )}
      <dl className={styles['facts']}>
        <dt>{t('versions')}</dt>
        <dd>
          <Mono>{versions.join(' ')}</Mono>
        </dd>
        <dt>{t('parts')}</dt>
        <dd>{parts.map(part => t(`part-${part}`)).join(', ')}</dd>
        {named.length > 0 && (
          <>
            <dt>{t('ids')}</dt>
            <dd>
              {named.map(([name, kind]) => (
                <span key={name} className={styles['pair']}>
                  <Mono>{name}</Mono> {t(`rewrite-${kind}`)}
                </span>
              ))}
            </dd>
          </>
        )}
        {given.length > 0 && (
          <>
            <dt>{t('values')}</dt>
            <dd>
              {given.map(([name, value]) => (
                <span key={name} className={styles['pair']}>
                  <Mono>
                    {name} = {String(value)}
                  </Mono>
                </span>
              ))}
            </dd>
          </>
        )}
      </dl>
    </div>
  );
}
