import type { ExchangeView } from '../../core/contract/exchange.ts';
import { isSuccess, statusCode } from '../../core/ocpi/status-codes.ts';
import { VERSIONS } from '../../core/ocpi/versions.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Mono } from '../ui/mono.tsx';
import { endedWords, httpWords } from './ended-words.ts';
import styles from './exchange.module.css';
import { HttpChip, isWhole, OcpiChip } from './statuses.tsx';

/** How it ended, and what the two statuses mean. */
export function Outcome({ exchange }: { readonly exchange: ExchangeView }) {
  const t = useTexts('traffic');
  const { httpStatus, ocpiStatus, ended, version } = exchange;
  const words = endedWords(exchange, t);
  const spoken = VERSIONS.find(known => known === version) ?? '2.2.1';
  const meant = ocpiStatus === null ? undefined : statusCode(ocpiStatus, spoken);
  const bad = ended !== 'open' && ended !== 'unknown' && !isWhole(ended);
  return (
    <dl className={styles['outcome']}>
      <dt>{t('endedHow')}</dt>
      <dd className={bad ? styles['bad'] : undefined}>
        <strong>{words.sentence}</strong>
        {words.details !== undefined && (
          <p>
            <Mono wrap>{words.details}</Mono>
          </p>
        )}
        {words.advice !== undefined && <p className={styles['advice']}>{words.advice}</p>}
      </dd>
      {httpStatus !== null && (
        <>
          <dt>HTTP</dt>
          <dd>
            <HttpChip of={exchange} t={t} /> {exchange.response?.statusText}
            <p className={styles['advice']}>{httpWords(httpStatus, t)}</p>
          </dd>
        </>
      )}
      {meant !== undefined && ocpiStatus !== null && (
        <>
          <dt>OCPI</dt>
          <dd lang="en">
            <OcpiChip status={ocpiStatus} /> {meant.meaning}
            {!isSuccess(ocpiStatus) && <p className={styles['advice']}>{meant.advice}</p>}
          </dd>
        </>
      )}
    </dl>
  );
}
