import { Link } from '@tanstack/react-router';
import type { FaultHit } from '../../../../core/contract/fault.ts';
import { operationWords } from '../../../exchange/operation-words.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import type { Whose } from '../search.ts';
import styles from './hits.module.css';

export interface HitListProps {
  readonly hits: readonly FaultHit[];
  readonly whose: Whose;
  /** Of one rule: its name says nothing. */
  readonly ofOne?: boolean;
}

/** Firings, newest first, each leading to its exchange. Those of the built-in partner stand in a database of its own. */
export function HitList({ hits, whose, ofOne = false }: HitListProps) {
  const t = useTexts('faults');
  const words = operationWords(useTexts('traffic'));
  return (
    <ol className={styles['list']} aria-label={t('hits')}>
      {hits.map(hit => {
        const parts = (
          <>
            <span className={styles['time']}>
              <TimeText at={hit.at} />
            </span>
            <span className={styles['who']} title={hit.link ?? undefined}>
              <span aria-hidden>{hit.direction === 'in' ? '←' : '→'}</span> {hit.link ?? t('noLink')}
            </span>
            <span className={styles['operation']}>{words(hit.operation)}</span>
            {!ofOne && <span className={styles['rule']}>{hit.rule}</span>}
            <span className={styles['did']} lang="en" title={hit.did}>
              {hit.did}
            </span>
            {!hit.applied && <Chip tone="plain">{t('nothingDone')}</Chip>}
          </>
        );
        return (
          <li key={`${hit.exchangeId} ${hit.ruleId} ${hit.rule}`}>
            {whose === 'own' ? (
              <Link to="/traffic" search={{ exchange: hit.exchangeId, tab: 'fault' }} className={styles['hit']}>
                {parts}
              </Link>
            ) : (
              <div className={styles['hit']}>{parts}</div>
            )}
          </li>
        );
      })}
    </ol>
  );
}
