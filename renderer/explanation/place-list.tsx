import type { ExchangeView } from '../../core/contract/exchange.ts';
import type { FindingView } from '../../core/contract/run.ts';
import { SEVERITY_TONES } from '../exchange/findings-chip.tsx';
import { type Place, placeOf } from '../exchange/message-findings.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Chip } from '../ui/chip.tsx';
import { Mono } from '../ui/mono.tsx';
import styles from './explanation.module.css';

export interface PlaceListProps {
  readonly exchange: Pick<ExchangeView, 'direction'>;
  readonly findings: readonly FindingView[];
  /** Shows the place itself; absent where there is no way to it. */
  readonly onPlace?: ((place: Place) => void) | undefined;
}

const MOST = 12;

/** What was found, each at its place, with a way there. */
export function PlaceList({ exchange, findings, onPlace }: PlaceListProps) {
  const t = useTexts('explanation');
  const traffic = useTexts('traffic');
  return (
    <ul className={styles['places']} aria-label={t('places')}>
      {findings.slice(0, MOST).map((finding, at) => {
        const place = placeOf(exchange, finding);
        const where = place.pointer === '' ? t(`whole-${place.side}`) : place.pointer;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same may be found twice.
          <li key={at}>
            <Chip tone={SEVERITY_TONES[finding.severity]} title={finding.code}>
              {traffic(`severity-${finding.severity}`)}
            </Chip>
            <span className={styles['place']}>
              {onPlace === undefined ? (
                <Mono wrap>{where}</Mono>
              ) : (
                <button
                  type="button"
                  className={styles['jump']}
                  title={t(`show-${place.side}`)}
                  onClick={() => onPlace(place)}
                >
                  {where}
                </button>
              )}{' '}
              <span className={styles['met']}>
                {t('metExpected', { met: finding.met, expected: finding.expected })}
              </span>
            </span>
          </li>
        );
      })}
      {findings.length > MOST && <li>{t('morePlaces', { count: findings.length - MOST })}</li>}
    </ul>
  );
}
