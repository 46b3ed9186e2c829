import { useMemo } from 'react';
import type { PriceDeparture } from '../../core/contract/price.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { Mono } from '../ui/mono.tsx';
import { byText, moneyText, volumeText } from './amount-text.ts';
import styles from './bill.module.css';
import { departureGroups } from './departure-groups.ts';

export interface DepartureListProps {
  readonly departures: readonly PriceDeparture[];
  readonly currency: string;
}

/** Where it departs, by how much, and what was computed to give just that. */
export function DepartureList({ departures, currency }: DepartureListProps) {
  const t = useTexts('bill');
  const language = useLanguage();
  const groups = useMemo(() => departureGroups(departures), [departures]);
  return (
    <section className={styles['part']} aria-label={t('departures')}>
      <h2 className={styles['heading']}>{t('departures')}</h2>
      <ul className={styles['list']}>
        {groups.map(({ field, departures: ofField, reasons, asAbove }) => (
          <li key={field}>
            <Mono>{field}</Mono>
            {ofField.map(({ pointer, taxes, stated, due, by }) => {
              const isMoney = taxes !== 'none';
              const text = (value: string) => (isMoney ? moneyText(value, language) : volumeText(value, language));
              return (
                <p key={pointer} className={styles['departure']} title={pointer}>
                  {isMoney && <span className={styles['dim']}>{t(`taxes-${taxes}`)} </span>}
                  {t('departs', { stated: text(stated), due: text(due) })}{' '}
                  <strong className={styles['off']}>
                    {byText(by, language)}
                    {isMoney && ` ${currency}`}
                  </strong>
                </p>
              );
            })}
            {asAbove ? (
              <p className={styles['reason']}>{t('asAbove')}</p>
            ) : (
              reasons.map(({ code, sentence }) => (
                <p key={code} className={styles['reason']} lang="en">
                  {sentence} <Mono>{code}</Mono>
                </p>
              ))
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
